"""Import tables of a million rows: seconds, CPU and peak of memory, each in a database of its own.

Run from the repository root: `python -m benchmarks.tables [--rows 1000000] [--part NAME ...] [--json]`. `label.csv`
comes in without videos; scores go into a campaign of seven annotators: in the order of the clips, shuffled, or as JSON
of Label Studio. `refused` are tables none of whose rows is good. Each is made by one process and imported by another,
as the command does; `idle_mb` is what that one had before it began.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.publish import CAMPAIGN, Figures, made_up_scores, peak, timed

CLIPS_A_SOURCE = 30
LABELS = ["video_id", "clip_id", "text", "label", "label_T", "label_A", "label_V", "annotation", "mode"]
SCORES = ["video_id", "clip_id", "modality", "annotator", "score"]


def write_labels(home: Path, rows: int, *, fifth: float = 0.2) -> None:
    """A label.csv with four labels in each row, in steps of so much."""
    with (home / "label.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(LABELS)
        for row in range(rows):
            label = (row % 11 - 5) * fifth
            name = f"video_{row // CLIPS_A_SOURCE:06d}"
            table.writerow([name, f"{row:07d}", f"第{row}句话，说的是今天的天气", *[f"{label:.2f}"] * 4, "", "train"])


def write_refused_labels(home: Path, rows: int) -> None:
    """All of them off the grid."""
    write_labels(home, rows, fifth=0.13)


def scores_of(home: Path, rows: int) -> Iterator[list[str | int]]:
    """A campaign that is not rated yet, and scores for it."""
    from benchmarks.publish import fill
    from datasets.models import Clip

    clips = -(-rows // 28)
    fill(home, clips, rated=False)
    names = dict(Clip.objects.values_list("order", "source__video_id"))
    for clip, modality, annotator, score in made_up_scores(clips):
        yield [names[clip], f"{clip:06d}", modality, f"benchmark-{annotator}", score]


def write_table(home: Path, rows: Iterator[list[str | int]]) -> None:
    """A table of scores."""
    with (home / "scores.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(SCORES)
        table.writerows(rows)


def write_scores(home: Path, rows: int) -> None:
    """In the order of the clips."""
    write_table(home, scores_of(home, rows))


def write_shuffled_scores(home: Path, rows: int) -> None:
    """In no order."""
    shuffled = list(scores_of(home, rows))
    random.Random(1111).shuffle(shuffled)
    write_table(home, iter(shuffled))


def write_refused_scores(home: Path, rows: int) -> None:
    """Of nobody in the campaign."""
    write_table(home, ([*row[:3], "nobody", row[4]] for row in scores_of(home, rows)))


def write_label_studio(home: Path, rows: int) -> None:
    """A task for each answer."""
    with (home / "scores.csv").open("w", encoding="utf-8") as file:
        for place, (video_id, clip_id, modality, annotator, score) in enumerate(scores_of(home, rows)):
            result = {"from_name": modality, "to_name": "clip", "type": "number", "value": {"number": score}}
            task = {
                "data": {"video_id": video_id, "clip_id": clip_id},
                "annotations": [{"completed_by": {"username": annotator}, "result": [result]}],
            }
            file.write(f"{',' if place else '['}\n{json.dumps(task)}")
        file.write("\n]\n")


def import_labels(home: Path) -> None:
    """As the command does."""
    call("import_chsims", str(home), "--project", "benchmark", "--json")


def import_scores(home: Path) -> None:
    """As the command does."""
    call("import_annotations", str(home / "scores.csv"), "--campaign", CAMPAIGN, "--json")


def call(*arguments: str) -> None:
    """A command; that it refuses what has no good row is part of what is measured."""
    from django.core.management import CommandError, call_command

    try:
        call_command(*arguments)
    except CommandError as error:
        print(str(error))


PARTS: dict[str, tuple[Callable[[Path, int], None], Callable[[Path], None]]] = {
    "label.csv": (write_labels, import_labels),
    "label.csv, refused": (write_refused_labels, import_labels),
    "scores": (write_scores, import_scores),
    "scores, shuffled": (write_shuffled_scores, import_scores),
    "scores, refused": (write_refused_scores, import_scores),
    "scores, Label Studio": (write_label_studio, import_scores),
}


def run_part(name: str, rows: int) -> Figures:
    """A table made and imported, each in a process of its own; what the second writes last are its figures."""
    with tempfile.TemporaryDirectory(prefix="cueset-benchmark-") as home:
        environment = os.environ | {"CUESET_HOME": home, "CELERY_BROKER_URL": "memory://"}
        for step in ("make", "import"):
            command = [sys.executable, "-m", "benchmarks.tables", "--part", name, "--rows", str(rows), "--step", step]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
        figures: Figures = json.loads(done.stdout.splitlines()[-1])
        return figures


def run_step(name: str, step: str, rows: int) -> None:
    """What one process does."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from config.commands import prepare_home

    prepare_home()
    home, (make, import_it) = Path(os.environ["CUESET_HOME"]), PARTS[name]
    if step == "make":
        make(home, rows)
        return
    figures: Figures = {"idle_mb": peak()}
    timed(figures, "import", lambda: import_it(home))
    print(json.dumps(figures | {"peak_mb": peak()}))


def main() -> None:
    """Import the tables and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--step", choices=("make", "import"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        run_step(options.part[0], options.step, options.rows)
        return
    result = {name: run_part(name, options.rows) for name in options.part or PARTS}
    if options.json:
        print(json.dumps(result))
        return
    for name, figures in result.items():
        print(name, *(f"{key} {figure}" for key, figure in figures.items()), sep="\n    ")


if __name__ == "__main__":
    main()
