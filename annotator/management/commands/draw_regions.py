"""Say where a source shows text, so that these places are masked in all of its clips."""

import json
from argparse import ArgumentParser
from typing import Any

from annotator.errors import BadIsolation
from annotator.isolation.boxes import Box
from annotator.selectors.isolation import masked_boxes_of
from annotator.services.isolation import draw_regions
from config.commands import CuesetCommand
from config.errors import NotFound
from datasets.models import Source
from datasets.people import find_project


class Command(CuesetCommand):
    """`manage.py draw_regions --project NAME --source VIDEO_ID [--boxes JSON]`."""

    help = "Show the masked places of a source; with --boxes, put these in their place and queue its silent videos."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which source, and the boxes."""
        parser.add_argument("--project", required=True, help="name of the project")
        parser.add_argument("--source", required=True, help="video_id of the source")
        parser.add_argument("--boxes", help="JSON list of [left, top, right, bottom], as shares of the picture")

    def run(self, *, project: str, source: str, boxes: str | None, **_: Any) -> dict[str, Any]:
        """The boxes that count now, and the job that makes the silent videos anew."""
        found = Source.objects.filter(project=find_project(project), video_id=source).first()
        if found is None:
            raise NotFound(f"“{project}” has no source “{source}”: look at the video_id column of its clips.")
        job = draw_regions(source=found, boxes=boxes_from(boxes)) if boxes is not None else None
        boxes_now = [vars(box) for box in masked_boxes_of(found)]
        return {"source": found.pk, "boxes": boxes_now, "job": job.pk if job else None}


def boxes_from(text: str) -> list[Box]:
    """Boxes from JSON; BadIsolation where one is none."""
    try:
        boxes = [Box(*map(float, corners)) for corners in json.loads(text)]
    except (TypeError, ValueError) as error:
        raise BadIsolation("--boxes must be a JSON list of [left, top, right, bottom].") from error
    if any(not (0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1) for box in boxes):
        raise BadIsolation("Each box needs 0 <= left < right <= 1 and 0 <= top < bottom <= 1.")
    return boxes
