"""Make the renditions of every recording in a folder, and print every figure and how many pass their audit.

Run from the repository root: `python -m benchmarks.isolation FOLDER [--mode MODE] [--json]`. No file is kept. A sound
without a picture has noised audio alone.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from annotator.isolation.parameters import MODES
from annotator.isolation.rendition import Order, make_renditions, seed_from_hash
from annotator.isolation.summary import FIGURES, value_at
from datasets.media.command import MediaError
from datasets.media.probe import probe
from datasets.media.storage import sha256_of
from datasets.vocabulary import Modality

PLAYED = (Modality.AUDIO, Modality.VISION, Modality.MULTIMODAL)
SUFFIXES = {".mp4", ".mov", ".mkv", ".webm", ".wav", ".flac", ".mp3", ".m4a"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", default="default", choices=tuple(MODES))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    files = sorted(path for path in options.folder.iterdir() if path.suffix.lower() in SUFFIXES)
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure(path, Path(folder), options.mode) for path in files]
    print(json.dumps(rows, ensure_ascii=False) if options.json else as_table(rows))


def measure(path: Path, folder: Path, mode: str) -> dict[str, Any]:
    """One file's figures, and the findings of each of its renditions."""
    try:
        wanted = PLAYED if probe(path).video else (Modality.AUDIO,)
    except MediaError as error:
        return {"file": path.name, "passed": {}, "findings": [error.message]}
    order = Order(path, MODES[mode], "", seed_from_hash(sha256_of(path)))
    audits = make_renditions(order, {modality: folder / modality.value for modality in wanted})
    row: dict[str, Any] = {"file": path.name, "passed": {}, "findings": []}
    for modality, audit in audits.items():
        failed = isinstance(audit, MediaError)
        row["passed"][modality.value] = not failed and audit.passed
        row["findings"] += [audit.message] if failed else [str(each) for each in (*audit.findings, *audit.notes)]
        if modality is Modality.AUDIO and not failed:
            row |= {figure.name: value_at(audit.as_record(), figure.place) for figure in FIGURES}
    return row


def as_table(rows: list[dict[str, Any]]) -> str:
    """One line a figure, one column a file, and the count of those that pass."""
    lines = [f"{'':22}" + "".join(f"{row['file'][:14]:>16}" for row in rows)]
    for figure in FIGURES:
        values = [row.get(figure.name) for row in rows]
        lines.append(f"{figure.name:22}" + "".join(f"{'-' if each is None else f'{each:.2f}':>16}" for each in values))
    lines += [f"{row['file']}: {' '.join(row['findings'])}" for row in rows if row["findings"]]
    for modality in PLAYED:
        verdicts = [row["passed"][modality.value] for row in rows if modality.value in row["passed"]]
        lines.append(f"{modality}: {sum(verdicts)} of {len(verdicts)} pass")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
