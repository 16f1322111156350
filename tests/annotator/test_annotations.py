"""Answering: once per key, in the open stage, never edited."""

import pytest

from annotator.errors import (
    CampaignNotOpen,
    KeyReused,
    NoSuchReason,
    NothingToUndo,
    NotPerceived,
    OffTheScale,
    StageLocked,
)
from annotator.models import Annotation, Assignment
from annotator.selectors.work import not_to_be_answered
from annotator.services.annotations import undo_annotation
from annotator.services.states import pause_campaign
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, finish_stage, next_assignment, submit, try_out
from tests.factories import make_campaign
from tests.score_tables import import_text

pytestmark = pytest.mark.django_db
ONE = {"score": 2, "seconds": 9.0, "plays": 1, "idempotency_key": "one"}


def test_an_answer_is_kept_with_its_time_and_plays(member):
    kept = answer(next_assignment(member), score=-3, seconds=2.5, plays=2)
    kept.refresh_from_db()
    assert (kept.score, kept.seconds, kept.plays, kept.origin) == (-3, 2.5, 2, "browser")
    assert kept.assignment.current == kept


@pytest.mark.parametrize("score", [-4, 4])
def test_a_score_off_the_scale_is_refused(member, score):
    with pytest.raises(OffTheScale):
        answer(next_assignment(member), score=score)
    assert not Annotation.objects.exists()


def test_a_stage_stays_locked_until_every_clip_before_it_is_rated(member):
    ahead = member.assignments.filter(modality=Modality.AUDIO).first()
    answer(next_assignment(member))
    with pytest.raises(StageLocked):
        answer(ahead)
    answer(next_assignment(member))
    try_out(member, Modality.AUDIO)
    answer(ahead)


def test_the_next_batch_stays_locked_until_the_multimodal_stage_is_done(project):
    member = make_campaign(project, clips=2, batch_size=1).memberships.first()
    ahead = member.assignments.get(modality=Modality.TEXT, batch=2)
    for modality in Modality:
        assert not_to_be_answered(ahead)
        finish_stage(member, modality)
    assert not not_to_be_answered(ahead)


def test_one_annotators_stages_do_not_wait_for_the_others(campaign):
    quick, slow = campaign.memberships.order_by("pk")[:2]
    finish_stage(quick, Modality.TEXT)
    assert next_assignment(quick, Modality.AUDIO)
    with pytest.raises(StageLocked):
        next_assignment(slow, Modality.AUDIO)


def test_a_paused_campaign_takes_no_answers(member):
    assignment = next_assignment(member)
    pause_campaign(campaign=member.campaign)
    with pytest.raises(CampaignNotOpen):
        answer(assignment)


def test_the_same_key_and_answer_are_one_annotation(member):
    assignment = next_assignment(member)
    same = {"assignment": assignment, "score": 2, "seconds": 1.25, "plays": 1, "idempotency_key": "one"}
    first, is_new = submit(**same)
    again, is_new_again = submit(**same)
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
    assert Annotation.objects.count() == 1


def test_a_repeated_request_is_answered_even_when_the_stage_has_moved_on(member):
    first, second = member.assignments.filter(modality=Modality.TEXT)
    kept, _ = submit(first, **ONE)
    answer(second)
    finish_stage(member, Modality.AUDIO)
    pause_campaign(campaign=member.campaign)
    assert submit(first, **ONE) == (kept, False)


@pytest.mark.parametrize("other", [{"score": 1}, {"seconds": 9.0}, {"plays": 9}, {"comment": "odd"}])
def test_the_same_key_with_another_answer_changes_nothing(member, other):
    first = {"assignment": next_assignment(member), "score": 2, "seconds": 1.0, "plays": 1, "idempotency_key": "one"}
    submit(**first)
    with pytest.raises(KeyReused):
        submit(**first | other)
    assert list(Annotation.objects.values_list("score", "seconds", "plays")) == [(2, 1.0, 1)]


def test_the_same_key_for_another_assignment_changes_nothing(member):
    first, second = member.assignments.filter(modality=Modality.TEXT)
    submit(first, **ONE)
    with pytest.raises(KeyReused):
        submit(second, **ONE)
    second.refresh_from_db()
    assert second.current is None


def test_a_second_answer_supersedes_the_first_which_stays(member):
    assignment = next_assignment(member)
    first, second = answer(assignment, 1), answer(assignment, -1)
    assignment.refresh_from_db()
    assert (assignment.current, second.supersedes) == (second, first)
    assert sorted(Annotation.objects.values_list("score", flat=True)) == [-1, 1]


def test_undo_gives_back_the_last_answer_of_the_stage(member):
    answer(next_assignment(member), 3)
    last = next_assignment(member)
    answer(last, -2)
    taken = undo_annotation(membership=member, modality=Modality.TEXT)
    assert (taken, taken.current.score) == (last, -2)


def test_a_stage_that_is_just_finished_can_be_undone_until_the_next_one_has_an_answer(member):
    last = finish_stage(member, Modality.TEXT)[-1].assignment
    assert undo_annotation(membership=member, modality=Modality.TEXT) == last
    answer(last, 0)
    with pytest.raises(NothingToUndo):
        undo_annotation(membership=member, modality=Modality.AUDIO)
    answer(next_assignment(member, Modality.AUDIO))
    with pytest.raises(NothingToUndo):
        undo_annotation(membership=member, modality=Modality.TEXT)
    with pytest.raises(StageLocked):
        answer(last, 1)


def test_an_earlier_answer_of_a_finished_stage_is_settled(member):
    first, _ = finish_stage(member, Modality.TEXT)
    with pytest.raises(StageLocked):
        answer(first.assignment, 0)


def test_the_very_last_answer_of_a_campaign_can_be_undone(member):
    for modality in Modality:
        last = finish_stage(member, modality)[-1]
    assert undo_annotation(membership=member, modality=Modality.MULTIMODAL) == last.assignment
    answer(last.assignment, -3)


def test_nothing_is_undone_before_the_first_answer_nor_while_paused(member):
    with pytest.raises(NothingToUndo):
        undo_annotation(membership=member, modality=Modality.TEXT)
    answer(next_assignment(member))
    pause_campaign(campaign=member.campaign)
    with pytest.raises(CampaignNotOpen):
        undo_annotation(membership=member, modality=Modality.TEXT)


def test_an_imported_score_is_not_the_annotators_to_undo(member):
    clip = member.assignments.filter(modality=Modality.TEXT).first().clip
    header = "video_id,clip_id,modality,annotator,score"
    row = f"{clip.source.video_id},{clip.clip_id},text,{member.annotator.username},2"
    import_text(member.campaign, f"{header}\n{row}\n")
    assert Assignment.objects.filter(current__isnull=False).count() == 1
    with pytest.raises(NothingToUndo):
        undo_annotation(membership=member, modality=Modality.TEXT)


def test_clips_left_open_by_an_import_are_finished_stage_by_stage(project):
    campaign = make_campaign(project, clips=3)
    member = campaign.memberships.select_related("campaign", "annotator").earliest("pk")
    left = campaign.campaign_clips.latest("pk").clip_id
    rows = [
        f"{row.clip.source.video_id},{row.clip.clip_id},{row.modality},{member.annotator.username},1"
        for row in member.assignments.exclude(clip=left).select_related("clip__source")
    ]
    table = "\n".join(["video_id,clip_id,modality,annotator,score", *rows])
    import_text(campaign, table, simulated=True)
    for modality in Modality:
        assert next_assignment(member, modality).clip_id == left
        (kept,) = finish_stage(member, modality)
        assert undo_annotation(membership=member, modality=modality) == kept.assignment
    assert not member.assignments.filter(current=None).exists()


# Perceived to the end -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", [{"seconds": 2.0}, {"plays": 0}])
def test_a_clip_cannot_be_judged_before_it_was_played_to_its_end(member, told):
    finish_stage(member, Modality.TEXT)
    with pytest.raises(NotPerceived):
        answer(next_assignment(member, Modality.AUDIO), **told)


def test_words_cannot_be_judged_before_they_can_be_read(member):
    with pytest.raises(NotPerceived):
        answer(next_assignment(member), seconds=0.2)
    answer(next_assignment(member), seconds=0.7, plays=0)


def test_a_correction_needs_no_second_play(member):
    assignment = next_assignment(member)
    answer(assignment, 1)
    assert answer(assignment, 2, seconds=0.1, plays=0).score == 2


# Clips that cannot be judged ------------------------------------------------------------------------------------------


def test_a_reason_stands_for_a_score_and_finishes_the_clip(member):
    kept = answer(next_assignment(member), None, reason="wrong_transcript", comment="another sentence")
    assert (kept.score, kept.reason, kept.comment) == (None, "wrong_transcript", "another sentence")
    assert next_assignment(member) != kept.assignment


def test_a_clip_that_does_not_play_can_be_told_at_once(member):
    assert answer(next_assignment(member), None, reason="technical", seconds=0.0, plays=0).pk


@pytest.mark.parametrize("judgement", [{"score": 2, "reason": "technical"}, {"score": None, "reason": "no_face"}])
def test_no_reason_stands_beside_a_score_nor_tells_of_what_the_stage_does_not_show(member, judgement):
    with pytest.raises(NoSuchReason):
        answer(next_assignment(member), **judgement)


def test_neither_score_nor_reason_is_no_answer(member):
    with pytest.raises(OffTheScale):
        answer(next_assignment(member), None)
