"""Clips with a known score in the normal flow: who hits them, and whether they count."""

import pytest

from annotator.models import Annotation, Reference
from annotator.selectors.labels import compare_rules
from annotator.selectors.quality import quality_of
from annotator.services.aggregation import aggregate_campaign
from annotator.services.gold import change_gold
from annotator.services.preparation import set_reference
from datasets.models import Event, Label
from datasets.vocabulary import Modality
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(project):
    """Eight clips scored 1 by all but A1, who says -2; of six of them the sound is held to be a 2."""
    campaign = make_campaign(project, clips=8, annotators=4)
    rate_everything(campaign)
    Annotation.objects.update(score=1)
    Annotation.objects.filter(assignment__membership__pseudonym="A1").update(score=-2)
    for place in campaign.campaign_clips.order_by("pk")[:6]:
        say(campaign, place.clip_id)
    return campaign


def say(campaign, clip, use=Reference.Use.GOLD):
    set_reference(campaign=campaign, clip=clip, modality=Modality.AUDIO, use=use, score=2, reason="a raised voice")


def audio(campaign):
    rows = quality_of(campaign)["gold"]
    return {row["pseudonym"]: row for row in rows if row["modality"] == Modality.AUDIO}


def test_hits_and_distance_are_told_for_each_annotator(campaign):
    rows = audio(campaign)
    assert (rows["A2"]["asked"], rows["A2"]["clips"], rows["A2"]["share"], rows["A2"]["mean_distance"]) == (6, 6, 1, 1)
    assert (rows["A1"]["hits"], rows["A1"]["mean_distance"]) == (0, 4)
    others = [row for row in quality_of(campaign)["gold"] if row["modality"] != Modality.AUDIO]
    assert {(row["asked"], row["share"]) for row in others} == {(0, None)}


def test_whoever_misses_them_is_suspected(campaign):
    found = [row for row in quality_of(campaign)["suspicions"] if row["pattern"] == "misses_gold"]
    assert [(row["annotator"], row["modality"], row["figure"]) for row in found] == [("A1", Modality.AUDIO, 0)]


def test_the_tolerance_is_the_admins(campaign):
    change_gold(campaign=campaign, tolerance=0)
    assert audio(campaign)["A2"]["hits"] == 0
    assert Event.objects.filter(verb="changed gold").exists()


def test_a_reference_taken_back_tests_nobody_any_more(campaign):
    say(campaign, campaign.campaign_clips.order_by("pk").first().clip_id, use=Reference.Use.NONE)
    assert audio(campaign)["A2"]["asked"] == 5


def test_a_clip_that_is_not_scored_yet_is_asked_and_not_counted(campaign):
    clip = campaign.campaign_clips.order_by("pk").first().clip_id
    Annotation.objects.filter(
        assignment__clip=clip, assignment__membership__pseudonym="A3", assignment__modality=Modality.AUDIO
    ).update(score=None, reason="technical")
    assert (audio(campaign)["A3"]["asked"], audio(campaign)["A3"]["clips"]) == (6, 5)


def test_gold_clips_count_like_any_other_unless_the_admin_says_otherwise(campaign):
    assert aggregate_campaign(campaign=campaign).labels == 4 * 8
    change_gold(campaign=campaign, counts=False)
    settled = aggregate_campaign(campaign=campaign)
    assert (settled.labels, settled.incomplete) == (4 * 8 - 6, 0)
    assert Label.objects.filter(modality=Modality.AUDIO).count() == 2
    assert Label.objects.filter(modality=Modality.VISION).count() == 8
    audio_row = next(row for row in compare_rules(campaign)["stages"] if row["modality"] == Modality.AUDIO)
    assert audio_row["clips"] == 2
    change_gold(campaign=campaign, counts=True)
    assert aggregate_campaign(campaign=campaign).labels == 4 * 8
