"""Aggregate, publish and export 4,402 clips × 4 modalities × 7 scores, beside a pandas script that does part of it.

Run from the repository root: `python -m benchmarks.publish [--clips N] [--json]`. Everything happens in a database of
its own that is gone afterwards; both sides run in one process, one after the other.
"""

import argparse
import json
import os
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

ANNOTATORS = [f"A{number}" for number in range(1, 8)]
MODALITIES = ["text", "audio", "vision", "multimodal"]
CLIPS_A_SOURCE = 30

Scores = list[tuple[int, str, str, int]]  # clip, modality, annotator, score


def made_up_scores(clips: int) -> Scores:
    """Scores around a mean per clip, by a fixed seed."""
    chance = random.Random(1111)
    rows = []
    for clip in range(clips):
        mood = chance.uniform(-2.5, 2.5)
        for modality in MODALITIES:
            for annotator in ANNOTATORS:
                rows.append((clip, modality, annotator, max(-3, min(3, round(chance.gauss(mood, 1))))))
    return rows


def timed(seconds: dict[str, dict[str, float]], name: str, work: Callable[[], Any]) -> Any:
    """Do it and write down how long it took: on the wall, and of this process's CPU (for a busy machine)."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    seconds[name] = {"wall": round(time.perf_counter() - wall, 3), "cpu": round(time.process_time() - cpu, 3)}
    return result


def by_pandas(scores: Scores, folder: Path, seconds: dict[str, dict[str, float]]) -> dict[tuple[int, str], int]:
    """The usual script: sort, drop the ends, mean, round to the grid, write label.csv. No split, manifest or scores."""
    import pandas as pd

    def aggregate() -> "pd.Series[float]":
        frame = pd.DataFrame(scores, columns=["clip", "modality", "annotator", "score"])
        frame = frame.sort_values(["clip", "modality", "score"])
        place = frame.groupby(["clip", "modality"]).cumcount()
        kept = frame[(place > 0) & (place < len(ANNOTATORS) - 1)]
        return (kept.groupby(["clip", "modality"])["score"].mean() / 3 * 5).round() / 5

    labels = timed(seconds, "pandas: aggregate", aggregate)
    timed(seconds, "pandas: label.csv", lambda: labels.unstack().to_csv(folder / "label.csv"))
    return {key: round(value * 5) for key, value in labels.items()}


def fill(clips: int) -> Any:
    """A project with clips, no labels yet."""
    from datasets.models import Clip, Project, Source

    project = Project.objects.create(name="benchmark")
    count = -(-clips // CLIPS_A_SOURCE)
    sources = [Source(project=project, video_id=f"video_{number:04d}") for number in range(count)]
    Source.objects.bulk_create(sources)
    Clip.objects.bulk_create(
        Clip(
            project=project, source=sources[number % count], clip_id=f"{number:04d}", order=number,
            transcript=f"第{number}句话，说的是今天的天气", sha256=f"{number:064x}", file=f"clips/{number}.mp4",
            seconds=3.5, width=640, height=360, frame_rate=25.0,
        )
        for number in range(clips)
    )  # fmt: skip
    return project


def by_cueset(
    scores: Scores, clips: int, seconds: dict[str, dict[str, float]]
) -> tuple[dict[tuple[int, str], int], dict[str, Any]]:
    """Aggregate by the integer rule, record every label with its scores, publish, publish again, export."""
    from annotator.aggregation.trimmed_mean import label_in_fifths
    from datasets.models import Clip
    from datasets.runner import finish_here
    from datasets.services.exports import request_export
    from datasets.services.labels import SettledLabel, record_labels
    from datasets.services.versions import publish_version
    from datasets.vocabulary import Modality

    project = fill(clips)

    def aggregate() -> dict[tuple[int, str], tuple[int, list[tuple[str, int]]]]:
        given = defaultdict(list)
        for clip, modality, annotator, score in scores:
            given[clip, modality].append((annotator, score))
        return {key: (label_in_fifths([score for _, score in group]), group) for key, group in given.items()}

    labels = timed(seconds, "cueset: aggregate", aggregate)
    keys = dict(Clip.objects.filter(project=project).values_list("order", "pk"))
    rows = [
        SettledLabel(
            keys[clip], Modality(modality), fifths,
            [{"annotator": annotator, "score": score, "seconds": 3.2, "plays": 1} for annotator, score in group],
        )
        for (clip, modality), (fifths, group) in labels.items()
    ]  # fmt: skip
    timed(seconds, "cueset: record labels", lambda: record_labels(project=project, rows=rows, origin="benchmark"))
    published = timed(seconds, "cueset: publish", lambda: publish_version(project=project, seed=1111))
    again = timed(seconds, "cueset: publish the same again", lambda: publish_version(project=project, seed=1111))
    assert again.version == published.version

    def export() -> Any:
        made, job = request_export(version=published.version, include_media=False)
        assert finish_here(job).state == "succeeded", job.error
        made.refresh_from_db()
        return made

    made = timed(seconds, "cueset: export", export)
    facts = {
        "splits": published.version.statistics["splits"],
        "class_distance": published.version.statistics["class_distance"],
        "export_bytes": made.bytes,
    }
    return {key: fifths for key, (fifths, _) in labels.items()}, facts


def main() -> None:
    """Run both sides and print their seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=4402)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    scores = made_up_scores(options.clips)
    seconds: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "CUESET_HOME": home,
            "CELERY_BROKER_URL": "memory://",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django

        django.setup()
        from config.commands import prepare_home

        prepare_home()
        theirs = by_pandas(scores, Path(home), seconds)
        ours, facts = by_cueset(scores, options.clips, seconds)
    result = {
        "clips": options.clips,
        "scores": len(scores),
        "seconds": seconds,
        "labels_that_differ": sum(ours[key] != theirs[key] for key in ours),
        **facts,
    }
    if options.json:
        print(json.dumps(result))
    else:
        print("\n".join(f"{key}: {value}" for key, value in result.items()))


if __name__ == "__main__":
    main()
