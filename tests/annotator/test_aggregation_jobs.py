"""Large campaigns are aggregated by jobs; all labels are of one moment, whoever answers or decides meanwhile."""

import json
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from annotator.aggregation.rules import RuleName
from annotator.aggregation.trimmed_mean import TooFewScores
from annotator.models import Annotation, Assignment, Campaign
from annotator.services.aggregation import aggregate_campaign, choose_rule, request_aggregation
from annotator.services.decisions import decide_label
from datasets import jobs
from datasets.models import Job, Label
from datasets.runner import run_job, work_once
from datasets.services import beginning
from datasets.vocabulary import Modality
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import ProjectFactory, make_campaign
from tests.overtaking import Killed, Meanwhile
from tests.threads import shared_database, together


@pytest.fixture
def rated(project) -> Campaign:
    campaign = make_campaign(project)
    rate_everything(campaign)
    return campaign


@pytest.fixture
def large(rated, monkeypatch) -> Campaign:
    """One whose labels nobody waits for."""
    monkeypatch.setattr(beginning, "AT_ONCE", 0)
    return rated


def answer_anew(campaign: Campaign, score: int, pseudonym: str = "A1") -> None:
    """An annotator gives every clip in every modality this score, all at one moment."""
    with transaction.atomic():
        for each in Assignment.objects.filter(membership__campaign=campaign, membership__pseudonym=pseudonym):
            later = Annotation.objects.create(
                assignment=each, score=score, supersedes_id=each.current_id, idempotency_key=uuid4().hex
            )
            Assignment.objects.filter(pk=each.pk).update(current=later)


def scores_of(pseudonym: str = "A1") -> set[int]:
    """What the labels have of this annotator."""
    given = [each for label in Label.objects.all() for each in label.scores]
    return {each["score"] for each in given if each["annotator"] == pseudonym}


def test_a_small_campaign_is_aggregated_at_once(rated):
    assert request_aggregation(campaign=rated).labels == 8
    assert not Job.objects.filter(kind="aggregate").exists()


def test_a_large_campaign_is_aggregated_by_a_job(large, admin):
    job = request_aggregation(campaign=large, actor=admin)
    assert (job.state, job.created_by, Label.objects.count()) == ("queued", admin, 0)
    assert request_aggregation(campaign=large) == job
    work_once("media")
    job.refresh_from_db()
    assert job.result == {
        "rule": "trimmed_mean", "labels": 8, "clips": 2, "incomplete": 0, "incomplete_clips": [],
    }  # fmt: skip
    assert Label.objects.count() == 8


def test_too_few_annotators_are_told_at_once(project, monkeypatch):
    monkeypatch.setattr(beginning, "AT_ONCE", 0)
    with pytest.raises(TooFewScores):
        request_aggregation(campaign=make_campaign(project, annotators=2))


def test_a_killed_workers_labels_are_none_or_all(large):
    def die(execute, sql, *rest):
        if sql.startswith('INSERT INTO "datasets_event"'):
            raise Killed
        return execute(sql, *rest)

    job = request_aggregation(campaign=large)
    with connection.execute_wrapper(die), pytest.raises(Killed):
        run_job(jobs.claim_next(worker="killed", queue="media"))
    assert not Label.objects.exists()
    Job.objects.update(state=Job.State.QUEUED)
    work_once("media")
    job.refresh_from_db()
    assert (job.state, Label.objects.count()) == ("succeeded", 8)


def test_a_cancelled_job_writes_no_label(large, monkeypatch):
    monkeypatch.setattr(
        "datasets.runner.Work.progress", lambda work, done, total, doing="": (work.renew(doing=doing), work.check())
    )
    job = request_aggregation(campaign=large)
    claimed = jobs.claim_next(worker="w", queue="media")
    Job.objects.update(cancel_requested=True)
    run_job(claimed)
    job.refresh_from_db()
    assert (job.state, Label.objects.count()) == ("cancelled", 0)


def test_labels_are_of_the_moment_in_which_all_was_read(rated):
    answer_anew(rated, -3)
    aggregate_campaign(campaign=rated, watch=Meanwhile(partial(answer_anew, rated, 3)))
    assert scores_of() == {-3}


def test_what_is_decided_meanwhile_stands(rated, admin):
    place = {"clip": rated.campaign_clips.first().clip_id, "modality": Modality.TEXT}
    decide = partial(decide_label, campaign=rated, **place, fifths=5, reason="clear", actor=admin)
    settled = aggregate_campaign(campaign=rated, watch=Meanwhile(decide))
    assert Label.objects.get(**place).fifths == 5
    assert (settled.labels, settled.incomplete) == (7, 0)


def test_older_labels_never_replace_those_of_a_later_moment(rated):
    answer_anew(rated, -3)

    def overtake() -> None:
        answer_anew(rated, 3)
        aggregate_campaign(campaign=rated)

    aggregate_campaign(campaign=rated, watch=Meanwhile(overtake))
    assert scores_of() == {3}


def test_a_rule_that_is_chosen_meanwhile_is_that_of_the_next_time(rated):
    aggregate_campaign(campaign=rated, watch=Meanwhile(partial(choose_rule, campaign=rated, rule=RuleName.MEAN)))
    assert set(Label.objects.values_list("rule", flat=True)) == {"trimmed_mean"}
    aggregate_campaign(campaign=rated)
    assert set(Label.objects.values_list("rule", flat=True)) == {"mean"}


def test_answers_that_arrive_all_the_while_are_in_all_labels_or_in_none(transactional_db, tmp_path: Path):
    campaign = make_campaign(ProjectFactory())
    rate_everything(campaign)
    answer_anew(campaign, 0)
    seen = []

    def answer_on() -> None:
        for turn in range(12):
            answer_anew(campaign, turn % 7 - 3)

    def aggregate_on() -> None:
        for _ in range(12):
            aggregate_campaign(campaign=campaign)
            seen.append(scores_of())

    with shared_database(tmp_path):
        together([answer_on, aggregate_on, aggregate_on])
    assert len(seen) == 24
    assert all(len(scores) == 1 for scores in seen)


def test_over_http_a_large_campaign_is_aggregated_by_a_job(api, admin, large):
    api.force_login(admin)
    asked = api.post(f"/api/campaigns/{large.pk}/aggregate/")
    assert (asked.status_code, asked.json()["job"]["state"]) == (202, "queued")
    assert api.get(f"/api/campaigns/{large.pk}/").json()["aggregation_job"]["id"] == asked.json()["job"]["id"]
    work_once("media")
    assert api.get(f"/api/jobs/{asked.json()['job']['id']}/").json()["result"]["labels"] == 8
    assert api.get(f"/api/campaigns/{large.pk}/").json()["aggregation_job"] is None


def test_the_command_works_through_the_job_itself(large, capsys):
    call_command("aggregate", campaign=large.name, as_json=True)
    result = json.loads(capsys.readouterr().out)
    assert (result["campaign"], result["labels"], result["incomplete"]) == (str(large.pk), 8, 0)
    assert Job.objects.get(kind="aggregate").state == "succeeded"
