"""Files of scores for tests."""

import tempfile
from pathlib import Path
from typing import Any

from annotator.models import Campaign
from annotator.services.imports import import_annotations
from annotator.services.writing_scores import ScoreImport

HEADER = "video_id,clip_id,modality,annotator,score"


def import_text(campaign: Campaign, text: str, **how: Any) -> dict[str, Any]:
    """Import a file of this text in this process; returns the report."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return import_annotations(campaign=campaign, path=path, how=ScoreImport(**how))
