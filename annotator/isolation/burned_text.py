"""Find text that is part of a video's picture, by optical character recognition on sampled frames."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from annotator.isolation.boxes import Box
from annotator.isolation.frames import Sampled
from annotator.isolation.text_reader import TextReader

# A subtitle may appear just after one sampled frame and be gone just before the next.
GAP_SECONDS = 1.5
CJK = r"\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"


@dataclass(frozen=True)
class Region:
    """A place with text, from `start` to `end` seconds of the video that it was found in, and what was read there."""

    box: Box
    start: float
    end: float
    texts: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:  # Any: JSON
        """The region as JSON, to be kept with a clip."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:  # Any: JSON as it was kept
        """A region from kept JSON."""
        return cls(Box(**record["box"]), record["start"], record["end"], tuple(record["texts"]))


def find_text_regions(pictures: Iterable[Sampled], *, rate: float = 2.0, thorough: bool = False) -> list[Region]:
    """Every place that shows text in pictures, `rate` a second and each with its time; merged over time.

    If `thorough`, every line is read again where anything changed.
    """
    reader = TextReader(thorough=thorough)
    seen = [
        Region(box, time, time + 1 / rate, (text,)) for time, picture in pictures for box, text in reader.read(picture)
    ]
    return merge_over_time(seen)


def merge_over_time(seen: Sequence[Region]) -> list[Region]:
    """Regions joined where their boxes overlap and one begins at most 1.5 s after the other ends."""
    merged: list[Region] = []
    for region in sorted(seen, key=lambda each: each.start):
        joined = region
        while touching := [other for other in merged if _belong_together(other, joined)]:
            for other in touching:
                merged.remove(other)
                joined = _joined(other, joined)
        merged.append(joined)
    return merged


def shared_text(texts: Iterable[str], transcript: str) -> list[str]:
    """What of the transcript occurs in read texts: each Chinese character, each word of two letters or more."""
    read: set[str] = set().union(*map(_units, texts)) if texts else set()
    return sorted(read & _units(transcript))


def _units(text: str) -> set[str]:
    characters = set(re.findall(f"[{CJK}]", text))
    return characters | set(re.findall(r"[^\W_]{2,}", re.sub(f"[{CJK}]", " ", text.lower())))


def _belong_together(earlier: Region, later: Region) -> bool:
    return later.start - earlier.end <= GAP_SECONDS and earlier.box.overlaps(later.box)


def _joined(first: Region, second: Region) -> Region:
    return Region(
        first.box.joined(second.box),
        min(first.start, second.start),
        max(first.end, second.end),
        tuple(dict.fromkeys(first.texts + second.texts)),
    )
