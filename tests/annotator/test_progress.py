"""Counts kept beside the answers are what counting would give, whatever happens to a campaign."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Count

from annotator.errors import NotPerceived
from annotator.models import Assignment, Campaign, Membership, Progress
from annotator.selectors.progress import campaign_counts, progress_of
from annotator.selectors.work import stages_of
from annotator.services.annotators import add_annotators, change_annotator, replace_annotator
from annotator.services.progress import recount
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, finish_stage, next_assignment, submit
from tests.factories import make_campaign
from tests.score_tables import import_text

pytestmark = pytest.mark.django_db


def kept() -> set[tuple]:
    return set(Progress.objects.values_list("membership", "batch", "modality", "done", "total"))


def counted() -> set[tuple]:
    stages = Assignment.objects.values_list("membership", "batch", "modality")
    return set(stages.annotate(done=Count("current"), total=Count("pk")).order_by())


def import_scores(campaign: Campaign, member: Membership, score: int, count: int) -> None:
    asked = member.assignments.filter(modality=Modality.TEXT).select_related("clip__source").order_by("position")
    rows = [f"{one.clip.source.video_id},{one.clip.clip_id},text,{member.annotator.username},{score}" for one in asked]
    table = "\n".join(["video_id,clip_id,modality,annotator,score", *rows[:count]])
    import_text(campaign, table)


def test_a_new_campaign_has_done_nothing_of_all_it_asks(project):
    campaign = make_campaign(project, clips=3, batch_size=2)
    assert kept() == counted()
    assert {(stage.batch, stage.done, stage.total) for stage in stages_of(campaign.memberships.first())} == {
        (1, 0, 2), (2, 0, 1),
    }  # fmt: skip


def test_an_answer_counts_once_however_often_it_is_sent_or_corrected(member):
    assignment = next_assignment(member)
    same = {"score": 1, "seconds": 9.0, "plays": 1, "idempotency_key": "one"}
    for _ in range(2):
        submit(assignment, **same)
        assert kept() == counted()
    answer(assignment, -3)
    answer(assignment, None, reason="technical")
    assert kept() == counted()
    assert sum(done for *_, done, _ in kept()) == 1


def test_a_refused_answer_counts_nothing(member):
    with pytest.raises(NotPerceived):
        answer(next_assignment(member), seconds=0.0)
    assert kept() == counted()


def test_a_whole_way_through_two_batches_is_counted(project):
    member = make_campaign(project, clips=3, batch_size=2).memberships.first()
    for _ in range(2):
        for modality in Modality:
            finish_stage(member, modality)
            assert kept() == counted()
    assert all(stage.is_finished for stage in stages_of(member))


def test_imported_scores_count_as_those_of_the_browser_do(project):
    campaign = make_campaign(project, clips=3)
    member = campaign.memberships.first()
    answer(next_assignment(member))
    for score, count in ((2, 2), (2, 3), (-1, 3)):
        import_scores(campaign, member, score, count)
        assert kept() == counted()


def test_people_who_come_and_go_are_counted_each_for_themselves(campaign, member):
    finish_stage(member, Modality.TEXT)
    contested = campaign.campaign_clips.first().clip_id
    add_annotators(campaign=campaign, usernames=["eighth"], clips=[contested])
    replace_annotator(campaign=campaign, pseudonym="A1", username="new.one", reason="left")
    change_annotator(campaign=campaign, pseudonym="A2", state=Membership.State.EXCLUDED, reason="left")
    assert kept() == counted()
    assert {total for *_, total in kept()} == {1, 2}


def test_what_pages_show_is_read_from_there_and_is_what_counting_gives(campaign, member):
    finish_stage(member, Modality.TEXT)
    answer(next_assignment(member, Modality.AUDIO))
    asked = Assignment.objects.filter(membership__campaign=campaign)
    counts = campaign_counts(campaign)
    assert (
        (counts["assignments"], counts["answered"]) == (asked.count(), asked.exclude(current=None).count()) == (24, 3)
    )
    for row in progress_of(campaign):
        for modality in Modality:
            mine = asked.filter(membership__pseudonym=row["pseudonym"], modality=modality)
            counted_now = {"done": mine.exclude(current=None).count(), "total": mine.count()}
            assert row["stages"][modality] == counted_now


def test_counting_anew_mends_what_was_changed_by_hand(campaign, member):
    answer(next_assignment(member))
    Progress.objects.filter(modality=Modality.AUDIO).update(done=1)
    Progress.objects.filter(modality=Modality.VISION).delete()
    recount(campaign.memberships.all())
    assert kept() == counted()


def test_the_migration_counts_what_was_answered_before_it(campaign, member):
    finish_stage(member, Modality.TEXT)
    answer(next_assignment(member, Modality.AUDIO))
    Progress.objects.all().delete()
    import_module("annotator.migrations.0008_count_the_progress_so_far").count_progress(apps, None)
    assert kept() == counted()
