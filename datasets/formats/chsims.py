"""The CH-SIMS folder: `label.csv`, the list of unlabelled clips, and where the videos lie."""

import csv
import io
from collections.abc import Iterable, Sequence

from config.errors import DomainError
from datasets.manifest import FrozenClip
from datasets.vocabulary import Modality

LABEL_COLUMNS = ("video_id", "clip_id", "text", "label", "label_T", "label_A", "label_V", "annotation", "mode")
UNLABELLED_COLUMNS = ("video_id", "clip_id", "text")
# Order of the label columns, and the endings of the pickle's keys.
SUFFIXES = {Modality.MULTIMODAL: "", Modality.TEXT: "_T", Modality.AUDIO: "_A", Modality.VISION: "_V"}


class CannotExport(DomainError):
    """A version does not fit into the format."""

    code = "cannot_export"


def annotation_of(fifths: int) -> str:
    """The three-class name that MMSA's own files use: the sign of the multimodal label."""
    if fifths == 0:
        return "Neutral"
    return "Positive" if fifths > 0 else "Negative"


def in_words(fifths: int | None) -> str:
    """A label as the published files write it (`-0.8`, `0.0`); blank where there is none."""
    return "" if fifths is None else str(fifths / 5)


def label_csv(clips: Iterable[FrozenClip]) -> bytes:
    """`label.csv` of the supervised clips, in their order; ids stay strings, texts stay as they are."""
    rows = (
        (
            clip.video_id,
            clip.clip_id,
            clip.transcript,
            *(in_words(clip.labels.get(modality)) for modality in SUFFIXES),
            annotation_of(clip.labels[Modality.MULTIMODAL]),
            str(clip.split),
        )
        for clip in clips
        if clip.supervised
    )
    return csv_bytes(LABEL_COLUMNS, rows)


def unlabelled_csv(clips: Iterable[FrozenClip]) -> bytes:
    """Ids and transcripts of the unsupervised clips, for which `label.csv` has no row."""
    rows = ((clip.video_id, clip.clip_id, clip.transcript) for clip in clips if not clip.supervised)
    return csv_bytes(UNLABELLED_COLUMNS, rows)


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 without a mark, lines ended by a line feed, quoted only where needed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def raw_path(clip: FrozenClip) -> str:
    """Where the clip's video lies in the folder; CannotExport when its ids cannot be names of files."""
    for part in (clip.video_id, clip.clip_id):
        if part in {"", ".", ".."} or any(character in part for character in "/\\\0"):
            raise CannotExport(f"The id “{part}” cannot be the name of a file; import its clips under another id.")
    return f"Raw/{clip.video_id}/{clip.clip_id}.mp4"
