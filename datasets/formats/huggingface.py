"""The Hugging Face layout: README.md with a YAML card, and a folder with metadata.csv for each split."""

import json
from collections.abc import Iterable, Iterator, Sequence

from datasets.formats.card import Card
from datasets.formats.chsims import csv_bytes, raw_path
from datasets.formats.tables import clip_rows
from datasets.manifest import FrozenClip
from datasets.vocabulary import Split

# Their name of the split that the field calls valid.
FOLDERS = {Split.TRAIN: "train", Split.VALID: "validation", Split.TEST: "test", None: "unsupervised"}
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def folders(clips: Sequence[FrozenClip]) -> Iterator[tuple[str, list[FrozenClip]]]:
    """Each folder that has any clips, with them."""
    for split, folder in FOLDERS.items():
        found = [clip for clip in clips if clip.split is split]
        if found:
            yield folder, found


def metadata_csv(clips: Iterable[FrozenClip], *, include_media: bool) -> bytes:
    """`metadata.csv` of one folder; `file_name` is the video's path from there, absent without videos."""
    rows = [
        ({"file_name": media_name(clip)} if include_media else {}) | {key: as_text(value) for key, value in row.items()}
        for clip, row in zip(clips, clip_rows(clips), strict=True)
    ]
    return csv_bytes(list(rows[0]), (list(row.values()) for row in rows))


def media_name(clip: FrozenClip) -> str:
    """Where a clip's video lies in the folder of its split; empty for a clip without one."""
    return raw_path(clip).removeprefix("Raw/") if clip.media_sha256 else ""


def as_text(value: object) -> str:
    """A cell; lists as JSON, nothing where there is no value."""
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, list | bool) else str(value)


def readme(card: Card, data_card: str, names: Iterable[str]) -> bytes:
    """README.md: their YAML, then the data card. Values are JSON, which YAML contains, so nothing can break out."""
    clips = card.statistics["clips"]
    facts = {
        "pretty_name": f"{card.name} {card.number}",
        "license": "other",
        "license_name": card.provenance.licence or "not given",
        "task_categories": ["text-classification", "video-classification"],
        "tags": ["multimodal-sentiment", "croissant"] + (["simulated"] if card.simulated else []),
        "size_categories": [next((name for limit, name in SIZES if clips < limit), "n>1M")],
        "configs": [
            {
                "config_name": "default",
                "data_files": [
                    {"split": name, "path": f"{name}/{'**' if card.include_media else '*.csv'}"} for name in names
                ],
            }
        ],
    }
    lines = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    return f"---\n{lines}\n---\n\n{data_card}".encode()
