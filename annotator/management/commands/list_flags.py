"""Tell what annotators could not judge, and their comments."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from annotator.selectors.flags import calibration_flags_of, flags_of
from annotator.selectors.progress import find_campaign
from annotator.serializers.flags import CalibrationFlagSerializer, FlagSerializer
from config.commands import CuesetCommand
from config.spreadsheet import harmless

COLUMNS = ("during", "video_id", "clip_id", "modality", "annotator", "reason", "comment", "created_at")


class Command(CuesetCommand):
    """`manage.py list_flags --campaign NAME [--csv FILE]`."""

    help = "List the clips that annotators could not judge, in labeling and calibration, with reasons and comments."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign, and where to."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--csv", type=Path, help="write them to this file for a spreadsheet")

    def run(self, *, campaign: str, csv: Path | None, **_: Any) -> dict[str, Any]:
        """The flags, or how many went to the file."""
        found = find_campaign(campaign)
        told = {
            "labeling": FlagSerializer(flags_of(found), many=True).data,
            "calibration": CalibrationFlagSerializer(calibration_flags_of(found), many=True).data,
        }
        flags = [
            {name: during if name == "during" else flag[name] for name in COLUMNS}
            for during, rows in told.items()
            for flag in rows
        ]
        if csv is None:
            return {"campaign": found.pk, "count": len(flags), "flags": flags}
        write_table(csv, flags)
        return {"campaign": found.pk, "count": len(flags), "file": str(csv)}


def write_table(path: Path, flags: list[dict[str, Any]]) -> None:
    """UTF-8 with a mark, as spreadsheets expect it, and no cell that they would run."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([harmless(flag[name]) for name in COLUMNS] for flag in flags)
