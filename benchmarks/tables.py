"""Import tables of a million rows: seconds, CPU and peak of memory, each in a process and a database of its own.

Run from the repository root: `python -m benchmarks.tables [--rows 1000000] [--json]`. `label.csv` comes in without
videos; the scores go into a campaign of seven annotators; each is the import that the command does.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.publish import Figures, made_up_scores, peak, timed

CLIPS_A_SOURCE = 30


def import_labels(home: Path, rows: int) -> Figures:
    """A label.csv with four labels in each row."""
    from django.core.management import call_command

    with (home / "label.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["video_id", "clip_id", "text", "label", "label_T", "label_A", "label_V", "annotation", "mode"])
        for row in range(rows):
            label = (row % 11 - 5) / 5
            name = f"video_{row // CLIPS_A_SOURCE:06d}"
            table.writerow([name, f"{row:07d}", f"第{row}句话，说的是今天的天气", *[label] * 4, "", "train"])
    figures: Figures = {"idle_mb": peak()}
    timed(figures, "import", lambda: call_command("import_chsims", str(home), "--project", "benchmark", "--json"))
    return figures | {"peak_mb": peak()}


def import_scores(home: Path, rows: int) -> Figures:
    """A table of scores, in the order of the clips."""
    from django.core.management import call_command

    from benchmarks.publish import CAMPAIGN, fill
    from datasets.models import Clip

    clips = -(-rows // 28)
    fill(home, clips, rated=False)
    names = dict(Clip.objects.values_list("order", "source__video_id"))
    with (home / "table.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["video_id", "clip_id", "modality", "annotator", "score"])
        for clip, modality, annotator, score in made_up_scores(clips):
            table.writerow([names[clip], f"{clip:06d}", modality, f"benchmark-{annotator}", score])
    del names
    figures: Figures = {"idle_mb": peak()}
    arguments = (str(home / "table.csv"), "--campaign", CAMPAIGN, "--json")
    timed(figures, "import", lambda: call_command("import_annotations", *arguments))
    return figures | {"peak_mb": peak()}


PARTS: dict[str, Callable[[Path, int], Figures]] = {"label.csv": import_labels, "scores": import_scores}


def run_part(name: str, rows: int) -> Figures:
    """An import in a process of its own; what it writes last are its figures."""
    with tempfile.TemporaryDirectory(prefix="cueset-benchmark-") as home:
        environment = os.environ | {"CUESET_HOME": home, "CELERY_BROKER_URL": "memory://"}
        command = [sys.executable, "-m", "benchmarks.tables", "--part", name, "--rows", str(rows)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
        figures: Figures = json.loads(done.stdout.splitlines()[-1])
        return figures


def main() -> None:
    """Import both tables and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        from config.commands import prepare_home

        prepare_home()
        print(json.dumps(PARTS[options.part](Path(os.environ["CUESET_HOME"]), options.rows)))
        return
    result = {name: run_part(name, options.rows) for name in PARTS}
    if options.json:
        print(json.dumps(result))
        return
    for name, figures in result.items():
        print(name, *(f"{key} {figure}" for key, figure in figures.items()), sep="\n    ")


if __name__ == "__main__":
    main()
