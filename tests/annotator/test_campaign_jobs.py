"""Campaigns are made by jobs: told how far they are, cancelled, taken over, and never offered before they are whole."""

import pytest
from django.db import connection

from annotator.errors import CampaignNotOpen
from annotator.models import Assignment, Campaign, CampaignClip, Membership, Progress
from annotator.selectors.queue import my_campaigns
from annotator.selectors.rights import assignments_of
from annotator.services import taking_in
from annotator.services.annotators import add_annotators, change_annotator, replace_annotator
from annotator.services.campaigns import request_campaign
from config.errors import Conflict
from datasets import jobs
from datasets.models import Job
from datasets.runner import run_job, work_once
from datasets.services import beginning
from tests.factories import ClipFactory, UserFactory, make_campaign
from tests.score_tables import import_text

pytestmark = pytest.mark.django_db
PEOPLE = ("li.na", "wang", "zhao")


@pytest.fixture(autouse=True)
def nothing_is_small(monkeypatch):
    """Everything waits for a worker, and transactions are tiny."""
    monkeypatch.setattr(beginning, "AT_ONCE", 0)
    monkeypatch.setattr(taking_in, "ROWS_AT_ONCE", 3)


@pytest.fixture
def requested(project):
    ClipFactory.create_batch(2, source__project=project)
    return request_campaign(project=project, annotators=PEOPLE, name="large", repeats=0)


@pytest.fixture
def heard_at_once(monkeypatch):
    """Every word of progress is written, and with it a cancel is heard, not two a second."""
    monkeypatch.setattr(
        "datasets.runner.Work.progress", lambda work, done, total, doing="": (work.check(), work.renew())
    )


def at_insertion(number: int, act):
    """Do something when assignments are inserted for the n-th time."""
    seen = []

    def look(execute, sql, *rest):
        if sql.startswith('INSERT INTO "annotator_assignment"'):
            seen.append(sql)
            if len(seen) == number:
                act()
        return execute(sql, *rest)

    return connection.execute_wrapper(look)


class Killed(BaseException):
    """What no handler catches: the worker is gone."""


def die() -> None:
    raise Killed


def nothing_is_left() -> bool:
    return not any(table.objects.exists() for table in (Campaign, CampaignClip, Membership, Assignment, Progress))


def whole(campaign: Campaign) -> bool:
    given_out = set(
        campaign.memberships.values_list("pseudonym", "state", "assignments__clip", "assignments__modality")
    )
    return campaign.state == "open" and len(given_out) == Assignment.objects.count() == 3 * 2 * 4


def test_a_campaign_is_made_by_a_worker_under_the_id_that_was_told(requested):
    assert (requested.job.state, Campaign.objects.count()) == (Job.State.QUEUED, 0)
    assert set(requested.new_accounts) == set(PEOPLE)
    assert work_once("media")
    assert whole(Campaign.objects.get(pk=requested.campaign))
    requested.job.refresh_from_db()
    assert requested.job.result == {"campaign": str(requested.campaign), "name": "large"}


def test_little_is_given_out_at_once_and_still_stands_in_the_ledger(project, monkeypatch):
    monkeypatch.setattr(beginning, "AT_ONCE", 24)
    ClipFactory.create_batch(2, source__project=project)
    made = request_campaign(project=project, annotators=PEOPLE, repeats=0)
    assert (made.job.state, made.job.kind) == (Job.State.SUCCEEDED, "make_campaign")
    assert whole(Campaign.objects.get(pk=made.campaign))


def test_nobody_is_offered_a_campaign_that_is_half_made(requested):
    seen = []

    def look():
        for member in Membership.objects.select_related("annotator"):
            seen.append((my_campaigns(member.annotator), assignments_of(member.annotator).count()))

    with at_insertion(5, look):
        work_once("media")
    assert seen == [([], 0)] * 3
    assert len(my_campaigns(Membership.objects.first().annotator)) == 1


def test_a_job_tells_how_far_it_is(requested, monkeypatch):
    told = []
    monkeypatch.setattr("datasets.runner.Work.progress", lambda work, done, total, doing="": told.append((done, total)))
    work_once("media")
    assert told[0] == (0, 24)
    assert told[-1] == (24, 24)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_cancelled_campaign_leaves_nothing_and_can_be_tried_again(requested, heard_at_once):
    with at_insertion(5, lambda: jobs.cancel_job(job=Job.objects.get())):
        work_once("media")
    assert Job.objects.get().state == Job.State.CANCELLED
    assert nothing_is_left()
    jobs.retry_job(job=Job.objects.get())
    work_once("media")
    assert whole(Campaign.objects.get())


@pytest.mark.parametrize("moment", [1, 4, 9])
def test_what_a_killed_worker_left_is_finished_by_another(requested, moment):
    job = jobs.claim_next(worker="killed", queue="media")
    with at_insertion(moment, die), pytest.raises(Killed):
        run_job(job)
    assert Campaign.objects.get().state == "making"
    Job.objects.update(state=Job.State.QUEUED)
    work_once("media")
    assert Job.objects.get().state == Job.State.SUCCEEDED
    assert whole(Campaign.objects.get())


def test_a_worker_that_lost_its_lease_writes_nothing_more(requested):
    with at_insertion(4, lambda: Job.objects.update(fence=99)):
        work_once("media")
    assert Assignment.objects.count() == 8 + 3  # the first person, and what was on its way
    assert Campaign.objects.get().state == "making"


def test_two_campaigns_of_one_name_are_refused_while_the_first_is_only_asked_for(requested, project):
    with pytest.raises(Conflict, match="already a campaign"):
        request_campaign(project=project, annotators=["a"], name="large")


def test_newcomers_start_together_when_all_is_given_out(project):
    campaign = make_campaign(project)
    asked = add_annotators(campaign=campaign, usernames=["eighth", "ninth"])
    assert asked.job.state == Job.State.QUEUED
    assert campaign.memberships.count() == 3
    with at_insertion(5, lambda: seen.append(set(campaign.memberships.values_list("pseudonym", "state")))):
        seen = []
        work_once("media")
    assert {("A4", "joining"), ("A5", "joining")} < seen[0]
    assert set(campaign.memberships.values_list("state", flat=True)) == {"active"}
    assert set(Progress.objects.filter(membership__pseudonym="A5").values_list("done", "total")) == {(0, 2)}


def test_cancelled_newcomers_are_forgotten_and_the_campaign_goes_on(project, heard_at_once):
    campaign = make_campaign(project)
    add_annotators(campaign=campaign, usernames=["eighth"])
    with at_insertion(2, lambda: jobs.cancel_job(job=Job.objects.get())):
        work_once("media")
    assert (campaign.memberships.count(), Assignment.objects.count()) == (3, 24)
    assert Campaign.objects.get().state == "open"


def test_who_is_replaced_rates_until_the_other_can_start(project):
    campaign = make_campaign(project)
    replace_annotator(campaign=campaign, pseudonym="A1", username="new.one", reason="left")
    assert campaign.memberships.get(pseudonym="A1").state == "active"
    work_once("media")
    assert dict(campaign.memberships.values_list("pseudonym", "state")) == {
        "A1": "excluded", "A2": "active", "A3": "active", "A4": "active",
    }  # fmt: skip


def test_what_is_being_given_out_is_left_alone(project):
    campaign = make_campaign(project)
    add_annotators(campaign=campaign, usernames=["eighth"])
    with pytest.raises(Conflict, match="at this moment"):
        add_annotators(campaign=campaign, usernames=["ninth"])
    Membership.objects.create(campaign=campaign, annotator=UserFactory(), pseudonym="A9", state="joining")
    with pytest.raises(Conflict, match="still being given clips"):
        change_annotator(campaign=campaign, pseudonym="A9", state=Membership.State.PAUSED, reason="sick")
    campaign.state = Campaign.State.MAKING
    with pytest.raises(CampaignNotOpen, match="still being made"):
        import_text(campaign, "")
