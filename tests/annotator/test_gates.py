"""What keeps an open stage closed: gap, check and calibration; and that nothing is asked where nothing is set."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotator.errors import CalibrationNeeded, MediaRefused, StageRests
from annotator.models import Annotation, ReadinessCheck, Reference
from annotator.preparing import Calibration
from annotator.scheduling import open_stage
from annotator.selectors.gates import closed_by
from annotator.selectors.media import file_to_play
from annotator.selectors.queue import my_campaigns, stage_queue
from annotator.selectors.work import stages_of
from annotator.services.annotations import undo_annotation
from annotator.services.calibration import record_check
from annotator.services.preparation import change_preparation, let_in, set_reference
from annotator.tokens import address_for
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, finish_stage, next_assignment, try_out
from tests.factories import ClipFactory, SourceFactory

pytestmark = pytest.mark.django_db


def calibrate(campaign, modality=Modality.TEXT):
    clip = ClipFactory(source=SourceFactory(project=campaign.project))
    set_reference(
        campaign=campaign, clip=clip.pk, modality=modality, use=Reference.Use.CALIBRATION, score=0, reason="calm"
    )
    change_preparation(campaign=campaign, calibration={modality: Calibration(1, 1.0)})


def again(member):
    return type(member).objects.select_related("campaign", "annotator").get(pk=member.pk)


def test_who_tried_sound_or_had_begun_a_stage_before_it_was_noted_counts_as_checked(member, campaign):
    finish_stage(member, Modality.TEXT)
    answer(next_assignment(member, Modality.AUDIO))
    ReadinessCheck.objects.all().delete()
    tried, neither = campaign.memberships.exclude(pk=member.pk).order_by("pk")
    record_check(membership=tried, modality=Modality.VISION, passed=False, tries=1)
    campaign.memberships.update(checked=[])
    import_module("annotator.migrations.0014_mark_the_stages_checked_so_far").mark_checked(apps, None)
    assert [again(each).checked for each in (member, tried, neither)] == [["audio"], ["vision"], []]


def test_nothing_is_asked_of_the_database_where_nothing_is_set(member):
    finish_stage(member, Modality.TEXT)
    try_out(member, Modality.AUDIO)
    stage = open_stage(stages_of(member))
    with CaptureQueriesContext(connection) as queries:
        assert closed_by(member, stage) is None
    assert len(queries) == 0


def test_the_queue_and_the_save_are_closed_until_the_calibration_is_passed(member):
    ahead = next_assignment(member)
    calibrate(member.campaign)
    member = again(member)
    with pytest.raises(CalibrationNeeded):
        stage_queue(member, Modality.TEXT)
    with pytest.raises(CalibrationNeeded):
        answer(ahead)
    assert not Annotation.objects.exists()
    let_in(campaign=member.campaign, pseudonym=member.pseudonym, modality=Modality.TEXT, reason="pilot")
    answer(ahead)
    assert len(stage_queue(again(member), Modality.TEXT)["queue"]) == 1


def test_a_calibration_of_one_stage_closes_no_other_and_nobody_elses_admission_counts(member):
    calibrate(member.campaign, Modality.AUDIO)
    other = member.campaign.memberships.exclude(pk=member.pk).first()
    let_in(campaign=member.campaign, pseudonym=other.pseudonym, modality=Modality.AUDIO, reason="pilot")
    finish_stage(again(member), Modality.TEXT)
    try_out(again(member), Modality.AUDIO)
    with pytest.raises(CalibrationNeeded):
        stage_queue(again(member), Modality.AUDIO)


def test_media_of_a_closed_stage_is_not_played(member):
    finish_stage(member, Modality.TEXT)
    ahead = next_assignment(member, Modality.AUDIO)
    url = address_for(member.annotator_id, ahead.pk).url
    calibrate(member.campaign, Modality.AUDIO)
    with pytest.raises(MediaRefused, match="calibration"):
        file_to_play(member.annotator, url.removeprefix("/media/").rstrip("/"))


def test_a_stage_opens_when_the_gap_after_the_last_answer_of_the_stage_before_has_passed(member):
    change_preparation(campaign=member.campaign, gap_hours=24)
    member = again(member)
    ahead = member.assignments.filter(modality=Modality.AUDIO).earliest("position")
    finish_stage(member, Modality.TEXT)
    with pytest.raises(StageRests) as refused:
        stage_queue(member, Modality.AUDIO)
    assert refused.value.details["opens_at"] > (timezone.now() + timedelta(hours=23)).isoformat()
    with pytest.raises(StageRests):
        answer(ahead)
    Annotation.objects.update(created_at=timezone.now() - timedelta(hours=24))
    try_out(member, Modality.AUDIO)
    assert len(stage_queue(member, Modality.AUDIO)["queue"]) == 2


def test_the_first_stage_and_a_stage_that_was_begun_never_rest(member):
    answer(next_assignment(member))
    change_preparation(campaign=member.campaign, gap_hours=24)
    assert stage_queue(again(member), Modality.TEXT)["queue"]
    change_preparation(campaign=member.campaign, gap_hours=0)
    finish_stage(again(member), Modality.TEXT)
    answer(next_assignment(again(member), Modality.AUDIO))
    change_preparation(campaign=member.campaign, gap_hours=24)
    assert stage_queue(again(member), Modality.AUDIO)["queue"]


def test_the_last_answer_can_be_taken_back_during_the_gap_which_then_begins_anew(member):
    change_preparation(campaign=member.campaign, gap_hours=24)
    member = again(member)
    finish_stage(member, Modality.TEXT)
    Annotation.objects.update(created_at=timezone.now() - timedelta(hours=20))
    taken = undo_annotation(membership=member, modality=Modality.TEXT)
    answer(taken, -1)
    with pytest.raises(StageRests) as refused:
        stage_queue(member, Modality.AUDIO)
    assert refused.value.details["opens_at"] > (timezone.now() + timedelta(hours=23)).isoformat()


def test_imported_answers_start_no_gap(member):
    change_preparation(campaign=member.campaign, gap_hours=24)
    finish_stage(again(member), Modality.TEXT)
    Annotation.objects.update(origin=Annotation.Origin.IMPORT)
    try_out(again(member), Modality.AUDIO)
    assert stage_queue(again(member), Modality.AUDIO)["queue"]


def test_the_list_of_campaigns_tells_what_keeps_the_open_stage_closed(member):
    assert my_campaigns(member.annotator)[0]["gate"] is None
    calibrate(member.campaign)
    assert my_campaigns(member.annotator)[0]["gate"] == {"code": "calibration_needed", "opens_at": None}
    change_preparation(campaign=member.campaign, calibration={Modality.TEXT: None}, gap_hours=1)
    finish_stage(again(member), Modality.TEXT)
    gate = my_campaigns(member.annotator)[0]["gate"]
    assert (gate["code"], gate["opens_at"] > timezone.now().isoformat()) == ("stage_rests", True)
