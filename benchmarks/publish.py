"""Aggregate, publish and export a campaign's scores, beside a pandas script that does a part of it.

Run from the repository root: `python -m benchmarks.publish [--scores 123256] [--json]`; 123,256 scores are 4,402 clips
× 4 modalities × 7 annotators. Filling the database, the pandas script and Cueset are processes of their own, one after
the other, each with its peak of memory. Everything is gone afterwards, but in a database that DATABASE_URL names.
"""

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

ANNOTATORS = [f"A{number}" for number in range(1, 8)]
MODALITIES = ["text", "audio", "vision", "multimodal"]
CLIPS_A_SOURCE = 30
PROJECT = CAMPAIGN = "benchmark"

Figures = dict[str, Any]


def made_up_scores(clips: int) -> Iterator[tuple[int, str, str, int]]:
    """Clip, modality, annotator and score: scores around a mean per clip, by a fixed seed."""
    chance = random.Random(1111)
    for clip in range(clips):
        mood = chance.uniform(-2.5, 2.5)
        for modality in MODALITIES:
            for annotator in ANNOTATORS:
                yield clip, modality, annotator, max(-3, min(3, round(chance.gauss(mood, 1))))


def timed(figures: Figures, name: str, work: Callable[[], Any]) -> Any:
    """Do it and write down how long it took: on the wall, and of this process's CPU (for a busy machine)."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    figures[name] = {"wall": round(time.perf_counter() - wall, 3), "cpu": round(time.process_time() - cpu, 3)}
    return result


def peak() -> int:
    """The most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def by_pandas(home: Path, clips: int) -> Figures:
    """The usual script: sort, drop the ends, mean, round to the grid, write label.csv. No split, manifest or scores."""
    import pandas as pd

    figures: Figures = {}
    frame = timed(figures, "read", lambda: pd.read_csv(home / "scores.csv"))

    def aggregate() -> "pd.Series[float]":
        ordered = frame.sort_values(["clip", "modality", "score"])
        place = ordered.groupby(["clip", "modality"]).cumcount()
        kept = ordered[(place > 0) & (place < len(ANNOTATORS) - 1)]
        return (kept.groupby(["clip", "modality"])["score"].mean() / 3 * 5).round() / 5

    labels = timed(figures, "aggregate", aggregate)
    timed(figures, "label.csv", lambda: labels.to_csv(home / "label.csv"))
    return figures | {"peak_mb": peak()}


def fill(home: Path, clips: int, *, rated: bool = True) -> Figures:
    """A project whose campaign is rated to the end or not at all, its rows written past the services, without media."""
    from django.contrib.auth.models import User
    from django.db import transaction

    from annotator.isolation.parameters import IsolationParameters
    from annotator.models import Campaign, CampaignClip, Membership
    from config.commands import prepare_home
    from datasets.models import Clip, Project, Source

    prepare_home()
    with transaction.atomic():
        project = Project.objects.create(name=PROJECT)
        count = -(-clips // CLIPS_A_SOURCE)
        sources = [Source(project=project, video_id=f"video_{number:05d}") for number in range(count)]
        Source.objects.bulk_create(sources)
        rows = [
            Clip(
                project=project, source=sources[number % count], clip_id=f"{number:06d}", order=number,
                # No two alike: a version is searched for copies.
                transcript=f"{random.Random(number).getrandbits(80):020x}",
                fingerprint=f"{random.Random(number).getrandbits(192):048x}",
                sha256=f"{number:064x}", file=f"clips/{number}.mp4",
                seconds=3.5, width=640, height=360, frame_rate=25.0,
            )
            for number in range(clips)
        ]  # fmt: skip
        Clip.objects.bulk_create(rows, batch_size=1000)
        isolation = IsolationParameters()
        campaign = Campaign.objects.create(
            project=project, name=CAMPAIGN, batch_size=clips, seed=1, isolation=isolation.as_record(),
            isolation_digest=isolation.digest,
        )  # fmt: skip
        CampaignClip.objects.bulk_create(CampaignClip(campaign=campaign, clip=clip, batch=0) for clip in rows)
        members = {
            name: Membership.objects.create(
                campaign=campaign, annotator=User.objects.create(username=f"benchmark-{name}"), pseudonym=name
            ).pk
            for name in ANNOTATORS
        }
        rate(home, [clip.pk for clip in rows], members, rated=rated)
    return {"clips": clips, "peak_mb": peak()}


def rate(home: Path, clips: list[UUID], members: dict[str, int], *, rated: bool) -> None:
    """An assignment for every score, with its answer if it is rated, and all of them as scores.csv."""
    from django.db.models import OuterRef
    from django.utils import timezone

    from annotator.models import Annotation, Assignment
    from datasets.rows import write_rows

    keys = (UUID(int=number + (1 << 64)) for number in range(len(clips) * len(MODALITIES) * len(ANNOTATORS)))
    assignments, answers = [], []
    with (home / "scores.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["clip", "modality", "annotator", "score"])
        for number, (clip, modality, annotator, score) in enumerate(made_up_scores(len(clips)), start=1):
            key = next(keys)
            table.writerow([clip, modality, annotator, score])
            assignments.append((key, members[annotator], clips[clip], modality, clip))
            answers.append((number, key, score, str(key)))
    write_rows(Assignment, ["id", "membership", "clip", "modality", "position"], assignments, constant={"batch": 0})
    if not rated:
        return
    same = {
        "seconds": 3.2, "plays": 1, "origin": "browser", "reason": "", "comment": "", "created_at": timezone.now(),
    }  # fmt: skip
    write_rows(Annotation, ["id", "assignment", "score", "idempotency_key"], answers, constant=same)
    Assignment.objects.update(current=Annotation.objects.filter(assignment=OuterRef("pk")).values("pk"))


def by_cueset(home: Path, clips: int) -> Figures:
    """Aggregate and publish as the commands do, publish the same again, search for copies, export.

    Aggregating, and publishing by another seed, are done once more while somebody else commits: the longest wait is
    told in seconds. The videos, which are not there, count as looked at.
    """
    from annotator.models import Campaign
    from annotator.services.aggregation import aggregate_campaign
    from benchmarks.waiting import somebody_commits
    from datasets.models import Project
    from datasets.runner import finish_here
    from datasets.services.exports import request_export
    from datasets.services.leaks import found_leaks
    from datasets.services.versions import publish_version

    project, campaign = Project.objects.get(name=PROJECT), Campaign.objects.get(name=CAMPAIGN)
    figures: Figures = {"idle_mb": peak()}
    settled = timed(figures, "aggregate", lambda: aggregate_campaign(campaign=campaign))
    assert settled.labels == clips * len(MODALITIES)
    with somebody_commits() as waits:
        aggregate_campaign(campaign=campaign)
    figures["others wait meanwhile"] = waits.longest
    published = timed(figures, "publish", lambda: publish_version(project=project, seed=1111))
    figures["peak_mb"] = peak()
    again = timed(figures, "publish the same again", lambda: publish_version(project=project, seed=1111))
    assert again.version == published.version
    with somebody_commits() as waits:
        publish_version(project=project, seed=1112)
    figures["others wait for another seed"] = waits.longest
    timed(figures, "search for copies", lambda: found_leaks(version=published.version))
    made, job = request_export(version=published.version, include_media=False)
    timed(figures, "export", lambda: finish_here(job))
    made.refresh_from_db()
    return figures | {
        "peak_with_export_mb": peak(),
        "labels_that_differ": differences(home),
        "splits": published.version.statistics["splits"],
        "class_distance": published.version.statistics["class_distance"],
        "export_bytes": made.bytes,
    }


def differences(home: Path) -> int:
    """How many labels are not those of the pandas script."""
    from datasets.models import Label

    rows = Label.objects.filter(clip__project__name=PROJECT).values_list("clip__order", "modality", "fifths")
    ours = {(str(clip), modality): fifths for clip, modality, fifths in rows.iterator(chunk_size=10_000)}
    with (home / "label.csv").open(encoding="utf-8", newline="") as file:
        theirs = {(row["clip"], row["modality"]): round(float(row["score"]) * 5) for row in csv.DictReader(file)}
    return sum(ours.get(place) != fifths for place, fifths in theirs.items()) + abs(len(ours) - len(theirs))


PARTS: dict[str, Callable[[Path, int], Figures]] = {"fill": fill, "pandas": by_pandas, "cueset": by_cueset}


def run_part(name: str, home: Path, clips: int) -> Figures:
    """A part in a process of its own; what it wrote last are its figures."""
    command = [sys.executable, "-m", "benchmarks.publish", "--part", name, "--scores", str(clips * 28)]
    environment = os.environ | {"CUESET_HOME": str(home), "CELERY_BROKER_URL": "memory://"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Run every part and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scores", type=int, default=123_256)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    clips = -(-options.scores // (len(MODALITIES) * len(ANNOTATORS)))
    if options.part:
        if options.part != "pandas":
            os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
            import django

            django.setup()
        print(json.dumps(PARTS[options.part](Path(os.environ["CUESET_HOME"]), clips)))
        return
    with tempfile.TemporaryDirectory() as home:
        result = {name: run_part(name, Path(home), clips) for name in PARTS}
    result["scores"] = {"number": clips * len(MODALITIES) * len(ANNOTATORS)}
    if options.json:
        print(json.dumps(result))
        return
    for part, figures in result.items():
        for name, figure in figures.items():
            print(f"{part:<7} {name:<24} {figure}")


if __name__ == "__main__":
    main()
