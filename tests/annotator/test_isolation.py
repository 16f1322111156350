"""Decisions about isolation are facts beside the audit, and change what annotators are shown at once."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from annotator.clip_text import text_regions_of
from annotator.errors import BadIsolation, IsolationInUse
from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region
from annotator.isolation.clip_file import ClipFile
from annotator.isolation.parameters import MODES, IsolationParameters
from annotator.models import Audit, Overruling, Rendition, TextReading
from annotator.selectors.isolation import isolation_of, masked_boxes_of
from annotator.selectors.queue import stage_queue
from annotator.selectors.renditions import clips_to_render
from annotator.selectors.transcripts import transcripts_of, transcripts_to_review
from annotator.services.campaigns import create_campaign
from annotator.services.isolation import change_isolation, draw_regions, overrule_audit, review_transcript
from config.errors import Conflict
from datasets.models import Clip, Event, Job
from datasets.vocabulary import Modality
from tests.annotator.conftest import finish_stage, try_out
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LINE = Box(0.1, 0.8, 0.9, 0.95)


@pytest.fixture
def failed(campaign):
    """The audio rendition of the first clip, whose audit failed."""
    rendition = Rendition.objects.filter(modality="audio").order_by("clip__order").first()
    Rendition.objects.filter(pk=rendition.pk).update(passed=False)
    rendition.refresh_from_db()
    Audit.objects.create(rendition=rendition, passed=False, findings=["ESTOI is 0.40."], record={"snr": -24.0})
    return rendition


# Overruling -----------------------------------------------------------------------------------------------------------


def test_an_overruled_rendition_is_shown_and_its_audit_stays_as_it_was(member, failed, admin):
    finish_stage(member, Modality.TEXT)
    try_out(member, Modality.AUDIO)
    assert len(stage_queue(member, Modality.AUDIO)["queue"]) == 1
    overrule_audit(rendition=failed, reason="Two of us heard no word.", actor=admin)
    assert len(stage_queue(member, Modality.AUDIO)["queue"]) == 2
    failed.refresh_from_db()
    assert (failed.passed, failed.audit.passed, failed.audit.findings) == (False, False, ["ESTOI is 0.40."])
    assert Event.objects.filter(verb="overruled audit", actor=admin).count() == 1


def test_an_overruling_is_about_one_file_and_does_not_outlive_it(member, failed):
    overrule_audit(rendition=failed, reason="fine")
    Rendition.objects.filter(pk=failed.pk).update(sha256="1" * 64)
    finish_stage(member, Modality.TEXT)
    try_out(member, Modality.AUDIO)
    assert len(stage_queue(member, Modality.AUDIO)["queue"]) == 1


def test_what_passed_or_was_overruled_before_cannot_be_overruled(failed):
    overrule_audit(rendition=failed, reason="fine")
    with pytest.raises(Conflict, match="fine"):
        overrule_audit(rendition=failed, reason="once more")
    with pytest.raises(Conflict, match="passed"):
        overrule_audit(rendition=Rendition.objects.filter(passed=True).first(), reason="why not")
    assert Overruling.objects.count() == 1


def test_an_overruled_rendition_is_not_made_again(project, failed):
    assert failed.clip in clips_to_render(project, IsolationParameters())
    overrule_audit(rendition=failed, reason="fine")
    assert failed.clip not in clips_to_render(project, IsolationParameters())


def test_verdicts_count_passed_overruled_withheld_and_missing(campaign, failed):
    Rendition.objects.filter(modality="vision").first().delete()
    by_stage = {row["modality"]: row for row in isolation_of(campaign)["verdicts"]}
    assert by_stage["audio"] == {"modality": "audio", "passed": 1, "overruled": 0, "withheld": 1, "missing": 0}
    assert by_stage["vision"]["missing"] == 1
    overrule_audit(rendition=failed, reason="fine")
    assert isolation_of(campaign)["verdicts"][0]["overruled"] == 1


# Parameters -----------------------------------------------------------------------------------------------------------


def test_other_parameters_show_none_of_the_renditions_made_before(member, campaign, project):
    job = change_isolation(campaign=campaign, mode="stricter", settings={})
    assert campaign.isolation_digest == MODES["stricter"].digest
    assert (job.kind, job.total) == ("make_renditions", 2)
    assert clips_to_render(project, MODES["stricter"]).count() == 2
    member.refresh_from_db()
    finish_stage(member, Modality.TEXT)
    try_out(member, Modality.AUDIO)
    assert stage_queue(member, Modality.AUDIO)["queue"] == []


def test_a_campaign_whose_renditions_were_rated_keeps_its_parameters(member, campaign):
    finish_stage(member, Modality.TEXT)
    change_isolation(campaign=campaign, mode="default", settings={})
    finish_stage(member, Modality.AUDIO)
    with pytest.raises(IsolationInUse):
        change_isolation(campaign=campaign, mode="vocoder", settings={})
    assert change_isolation(campaign=campaign, mode="default", settings={}).kind == "make_renditions"


def test_a_campaign_is_made_with_a_mode_and_single_settings(project, campaign):
    made = create_campaign(
        project=project, annotators=[UserFactory().username], name="strict", isolation="stricter",
        isolation_settings={"most_estoi": 0.2},
    ).campaign  # fmt: skip
    parameters = IsolationParameters.from_record(made.isolation)
    assert (parameters.highest_snr, parameters.most_estoi) == (-18.0, 0.2)
    assert made.isolation_digest == parameters.digest
    assert isolation_of(made)["mode"] == "own"
    with pytest.raises(BadIsolation, match="volume"):
        create_campaign(project=project, annotators=["x"], name="loud", isolation_settings={"volume": 11})


# Drawn regions --------------------------------------------------------------------------------------------------------


def test_drawn_regions_replace_what_was_found_in_every_clip_of_the_source(campaign, admin):
    source = campaign.campaign_clips.first().clip.source
    file = ClipFile(Path("never-opened.mp4"), IsolationParameters())
    logo = Box(0.0, 0.0, 0.2, 0.1)
    for clip in source.clips.all():
        shown = [Region(logo, 0.0, 9.0).as_record()]
        TextReading.objects.create(clip=clip, sha256=clip.sha256, rate=2.0, regions=shown)
    assert masked_boxes_of(source) == [logo]
    draw_regions(source=source, boxes=[LINE], actor=admin)
    assert masked_boxes_of(source) == [LINE]
    for clip in source.clips.all():
        assert text_regions_of(clip, file) == [Region(LINE, 0.0, clip.seconds)]
    draw_regions(source=source, boxes=[], actor=admin)
    assert text_regions_of(source.clips.first(), file) == []
    assert source.region_drawings.count() == 2


def test_silent_videos_are_withdrawn_at_once_and_made_anew(campaign):
    rendition = Rendition.objects.filter(modality="vision").first()
    rendition.file = default_storage.save("renditions/old.mp4", ContentFile(b"text to be read"))
    rendition.save()
    job = draw_regions(source=rendition.clip.source, boxes=[LINE])
    assert not Rendition.objects.filter(modality="vision").exists()
    assert not default_storage.exists(rendition.file)
    assert Rendition.objects.filter(modality="audio").count() == 2
    assert Job.objects.filter(parent=job, kind="make_clip_renditions").count() == 2


# Transcripts ----------------------------------------------------------------------------------------------------------


def test_a_review_names_its_reader_and_holds_for_that_text_alone(campaign, admin):
    clip = transcripts_of(campaign).first()
    review_transcript(clip=clip, transcript=clip.transcript, actor=admin)
    assert transcripts_of(campaign, reviewed=True).get().reviewer == admin.username
    Clip.objects.filter(pk=clip.pk).update(transcript="另一句话")
    assert not transcripts_of(campaign, reviewed=True).exists()


def test_a_correction_changes_the_transcript_and_keeps_the_old_one_on_record(campaign, admin):
    clip = transcripts_of(campaign).first()
    before = clip.transcript
    review_transcript(clip=clip, transcript="改过的话", actor=admin)
    assert Clip.objects.get(pk=clip.pk).transcript == "改过的话"
    assert Event.objects.get(verb="corrected transcript").details == {"before": before}


def test_transcripts_with_markers_are_flagged_until_reviewed(campaign, admin):
    clip = transcripts_of(campaign).first()
    Clip.objects.filter(pk=clip.pk).update(transcript="你来了（笑）")
    (flagged,) = transcripts_to_review(campaign, flagged=True)
    assert flagged["markers"] == ["（笑）"]
    review_transcript(clip=Clip.objects.get(pk=clip.pk), transcript="你来了", actor=admin)
    assert transcripts_to_review(campaign, flagged=True) == []
    assert len(transcripts_to_review(campaign, flagged=False)) == 1
