"""The manifest of `import_clips`: which stretches of which videos are clips, and what is said in them."""

import re
from pathlib import Path, PurePosixPath

from datasets.ingest.rows import BadRow, ClipRow, ClipTable, checked_id, checked_name, checked_path, checked_transcript
from datasets.ingest.tables import Cells, check_table, read_table

REQUIRED = ("video", "start", "end", "transcript")
OPTIONAL = ("clip_id", "speaker", "scenario", "supervised")
# Hours and minutes before the seconds are optional: 3725.5, 62:05.5 and 1:02:05.5 are the same time.
TIME = re.compile(r"(?:(?:(?P<hours>\d{1,4}):)?(?P<minutes>\d{1,6}):)?(?P<seconds>\d{1,9}(?:\.\d*)?|\.\d+)", re.ASCII)
YES = frozenset({"1", "true", "yes"})
NO = frozenset({"0", "false", "no"})


def read_manifest(path: Path) -> ClipTable:
    """Rows of a manifest in order; a clip without id is numbered by its place among the rows of its video."""
    return read_table(
        path, required=REQUIRED, optional=OPTIONAL, video_of=_named_video, row_of=manifest_row, numbers_clips=True
    )


def check_manifest(path: Path) -> None:
    """Raise TableError for a manifest that cannot be read at all."""
    check_table(path, required=REQUIRED)


def manifest_row(line: int, number: int, cells: Cells) -> ClipRow:
    """One row, checked as far as that is possible without its video; raises BadRow."""
    video = checked_path(cells["video"], "video")
    start, end = seconds_of(cells["start"], "start"), seconds_of(cells["end"], "end")
    if end <= start:
        reason = f"the end ({cells['end']}) is not after the start ({cells['start']})"
        raise BadRow("end_before_start", reason, start=cells["start"], end=cells["end"])
    return ClipRow(
        line=line,
        video=video,
        video_id=video_id_of(video),
        clip_id=checked_id(cells.get("clip_id") or f"{number:04d}", "clip_id"),
        transcript=checked_transcript(cells["transcript"], "transcript"),
        start=start,
        end=end,
        speaker=checked_name(cells.get("speaker", ""), "speaker"),
        scenario=checked_name(cells.get("scenario", ""), "scenario"),
        supervised=_is_yes(cells.get("supervised") or "yes"),
    )


def seconds_of(text: str, column: str) -> float:
    """Seconds from "12.5", "1:02.5" or "1:02:03.5"; raises BadRow.

    >>> seconds_of("1:02:03.5", "start")
    3723.5
    """
    match = TIME.fullmatch(text)
    if match is None:
        reason = f"{column} “{text}” is not a time: write seconds (12.5) or h:mm:ss.mmm (0:00:12.500)"
        raise BadRow("bad_time", reason, column=column, found=text)
    seconds, minutes = float(match["seconds"]), int(match["minutes"] or 0)
    if (match["minutes"] and seconds >= 60) or (match["hours"] and minutes >= 60):
        reason = f"{column} “{text}” is not a time: minutes and seconds end at 59"
        raise BadRow("bad_time", reason, column=column, found=text)
    return int(match["hours"] or 0) * 3600 + minutes * 60 + seconds


def video_id_of(video: str) -> str:
    """The id of a video by its path in the folder; folders are kept, so that equal file names stay apart.

    >>> video_id_of("monday/talk.mp4")
    'monday_talk'
    """
    return checked_id("_".join(PurePosixPath(video).with_suffix("").parts), "video")


def _named_video(cells: Cells) -> str:
    return cells.get("video", "")


def _is_yes(text: str) -> bool:
    word = text.lower()
    if word not in YES | NO:
        raise BadRow("bad_supervised", f"supervised “{text}” is none of 1, 0, true, false, yes, no", found=text)
    return word in YES
