"""The scores that clips are held to have, and what they are for."""

import pytest

from annotator.errors import BadPreparation, ClipIsRated
from annotator.models import Reference, Rendition
from annotator.preparing import Calibration
from annotator.selectors.preparation import references_of, showable_references
from annotator.selectors.renditions import wanted_clips
from annotator.services.preparation import change_preparation, set_reference
from config.errors import NotFound
from datasets.models import Event
from datasets.vocabulary import Modality
from tests.factories import ClipFactory, RenditionFactory, SourceFactory

pytestmark = pytest.mark.django_db
Use = Reference.Use


@pytest.fixture
def clip(campaign):
    """A clip of the project that nobody rates."""
    return ClipFactory(source=SourceFactory(project=campaign.project), supervised=False)


def say(campaign, clip, use=Use.STANDARD, score=2, modality=Modality.AUDIO, **options):
    return set_reference(
        campaign=campaign, clip=clip.pk, modality=modality, use=use, score=score, reason="a raised voice", **options
    )


def test_a_later_reference_replaces_an_earlier_one_which_stays_on_record(campaign, clip):
    say(campaign, clip, score=2)
    latest = say(campaign, clip, score=1, use=Use.CALIBRATION)
    text = say(campaign, clip, modality=Modality.TEXT)
    assert set(campaign.references.standing()) == {latest, text}
    assert campaign.references.count() == 3


def test_a_reference_is_taken_back_by_another_fact(campaign, clip):
    say(campaign, clip)
    say(campaign, clip, use=Use.NONE)
    assert not campaign.references.standing().exists()
    assert [event.verb for event in Event.objects.filter(verb="set reference")] == ["set reference"] * 2


def test_a_clip_that_is_rated_here_is_told_only_when_the_admin_says_so(campaign):
    rated = campaign.campaign_clips.first().clip
    for use in (Use.STANDARD, Use.CALIBRATION):
        with pytest.raises(ClipIsRated):
            say(campaign, rated, use=use)
    say(campaign, rated, although_rated=True)
    (row,) = references_of(campaign)
    assert row.is_rated


def test_a_gold_clip_is_one_that_is_rated(campaign, clip):
    with pytest.raises(BadPreparation, match="not part"):
        say(campaign, clip, use=Use.GOLD)
    assert say(campaign, campaign.campaign_clips.first().clip, use=Use.GOLD).use == Use.GOLD


def test_nobody_is_tested_by_a_clip_whose_score_was_told_in_that_modality(campaign):
    rated = campaign.campaign_clips.first().clip
    say(campaign, rated, although_rated=True)
    say(campaign, rated, use=Use.NONE)
    with pytest.raises(BadPreparation, match="told"):
        say(campaign, rated, use=Use.GOLD)
    assert say(campaign, rated, use=Use.GOLD, modality=Modality.VISION)


@pytest.mark.parametrize("wrong", [{"score": 4}, {"score": -4}])
def test_a_reference_is_on_the_scale(campaign, clip, wrong):
    with pytest.raises(BadPreparation, match="scale"):
        say(campaign, clip, **wrong)


def test_a_reference_needs_a_reason_and_a_clip_of_the_project_with_a_file(campaign, clip):
    with pytest.raises(BadPreparation, match="why"):
        set_reference(campaign=campaign, clip=clip.pk, modality=Modality.TEXT, use=Use.STANDARD, score=0, reason=" ")
    for elsewhere in (ClipFactory(), ClipFactory(source=clip.source, file="")):
        with pytest.raises(NotFound):
            say(campaign, elsewhere)


def test_only_what_passed_its_audit_is_shown_and_words_need_no_file(campaign, clip):
    say(campaign, clip)
    say(campaign, clip, modality=Modality.TEXT)
    assert showable_references(campaign, Modality.TEXT, Use.STANDARD).count() == 1
    assert not showable_references(campaign, Modality.AUDIO, Use.STANDARD).exists()
    RenditionFactory(clip=clip, modality=Modality.VISION)
    rendition = RenditionFactory(clip=clip, modality=Modality.AUDIO, passed=False)
    assert not showable_references(campaign, Modality.AUDIO, Use.STANDARD).exists()
    Rendition.objects.filter(pk=rendition.pk).update(passed=True)
    assert showable_references(campaign, Modality.AUDIO, Use.STANDARD).count() == 1


def test_a_clip_that_is_a_reference_gets_renditions_though_nobody_rates_it(campaign, clip):
    assert clip not in wanted_clips(campaign.project)
    say(campaign, clip)
    assert clip in wanted_clips(campaign.project)


def test_a_calibration_never_asks_for_more_clips_than_there_are(campaign, clip):
    asked = {Modality.AUDIO: Calibration(1, 1.0)}
    with pytest.raises(BadPreparation, match="has 0"):
        change_preparation(campaign=campaign, calibration=asked)
    say(campaign, clip, use=Use.CALIBRATION)
    change_preparation(campaign=campaign, calibration=asked)
    with pytest.raises(BadPreparation, match="has 0"):
        say(campaign, clip, use=Use.STANDARD)
    assert campaign.references.standing().get().use == Use.CALIBRATION
