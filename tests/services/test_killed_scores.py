"""A worker in another process is killed while it imports scores; another one goes on, and no score counts twice.

Runs on SQLite and the filesystem broker, and under `make test-services` on PostgreSQL and Redis.
"""

import json

from tests.services.installation import ask, rows
from tests.services.killing import finish_with_another_worker, kill_in_the_middle

CLIPS, PEOPLE = 2000, 3
SCORES = CLIPS * PEOPLE * 4  # written in five transactions

IMPORT = f"""
from config.commands import prepare_home
prepare_home()
import csv
from pathlib import Path
from django.conf import settings
from annotator.services.campaigns import create_campaign
from annotator.services.imports import start_score_import
from datasets.models import Project
from tests.factories import many_clips
project = Project.objects.create(name="killed")
clips = many_clips(project, {CLIPS})
people = [f"person{{n}}" for n in range({PEOPLE})]
campaign = create_campaign(project=project, annotators=people, repeats=0).campaign
table = Path(settings.HOME) / "scores.csv"
with table.open("w", encoding="utf-8", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["video_id", "clip_id", "modality", "annotator", "score"])
    rows.writerows(
        [str(clip).split("$_$")[0], clip.clip_id, modality, person, number % 7 - 3]
        for number, clip in enumerate(clips)
        for modality in ("text", "audio", "vision", "multimodal")
        for person in people
    )
start_score_import(campaign=campaign, file=table)
"""
WRITTEN = "SELECT count(*), count(DISTINCT assignment_id), count(supersedes_id) FROM annotator_annotation"
CURRENT = "SELECT count(*) FROM annotator_assignment WHERE current_id IS NOT NULL"
DONE = "SELECT sum(done) FROM annotator_progress"


def written(machine: dict[str, str]) -> int:
    return int(rows(machine, WRITTEN)[0][0])


def test_scores_whose_importer_was_killed_are_in_once(machine):
    ask(machine, IMPORT)
    kill_in_the_middle(machine, lambda: written(machine) > 0)
    begun = written(machine)
    assert 0 < begun < SCORES
    # Whatever is in counts, and nothing else does.
    assert rows(machine, CURRENT) == rows(machine, DONE) == [(begun,)]
    finish_with_another_worker(machine, "import_annotations")
    assert rows(machine, WRITTEN) == [(SCORES, SCORES, 0)]
    assert rows(machine, CURRENT) == rows(machine, DONE) == [(SCORES,)]
    ((result,),) = rows(machine, "SELECT result FROM datasets_job WHERE kind = 'import_annotations'")
    report = json.loads(result) if isinstance(result, str) else result
    assert (report["added"], report["superseded"], report["unchanged"]) == (SCORES, 0, 0)
    assert rows(machine, "SELECT count(*) FROM datasets_event WHERE verb = 'imported annotations'") == [(1,)]
