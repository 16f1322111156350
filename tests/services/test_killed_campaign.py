"""A worker in another process is killed while it makes a campaign; another one goes on, and nothing is doubled.

Runs on SQLite and the filesystem broker, and under `make test-services` on PostgreSQL and Redis.
"""

from tests.services.installation import ask, rows
from tests.services.killing import finish_with_another_worker, kill_in_the_middle

CLIPS, PEOPLE = 3000, 3
EACH = CLIPS * 4  # assignments of one annotator, written in more than one transaction

CAMPAIGN = f"""
from config.commands import prepare_home
prepare_home()
from annotator.services.campaigns import request_campaign
from datasets.models import Project
from tests.factories import many_clips
project = Project.objects.create(name="killed")
many_clips(project, {CLIPS})
request_campaign(project=project, annotators=[f"person{{n}}" for n in range({PEOPLE})], repeats=0)
"""
MADE = "SELECT membership_id, clip_id, modality FROM annotator_assignment"


def test_a_campaign_whose_maker_was_killed_is_made_once_with_nothing_doubled(machine):
    ask(machine, CAMPAIGN)
    kill_in_the_middle(machine, lambda: len(rows(machine, MADE)) > EACH)
    begun = len(rows(machine, MADE))
    assert EACH < begun < PEOPLE * EACH
    assert rows(machine, "SELECT state FROM annotator_campaign") == [("making",)]
    finish_with_another_worker(machine, "make_campaign")
    made = rows(machine, MADE)
    assert len(made) == len(set(made)) == PEOPLE * EACH
    assert rows(machine, "SELECT state FROM annotator_campaign") == [("open",)]
    assert rows(machine, "SELECT count(*), sum(total), sum(done) FROM annotator_progress") == [(12, PEOPLE * EACH, 0)]
