"""Labels settled by decision."""

import pytest

from annotator.errors import BadCampaign
from annotator.models import Annotation, Decision
from annotator.selectors.contested import Order, contested_clip, contested_clips
from annotator.services.aggregation import aggregate_campaign
from annotator.services.decisions import decide_label
from config.errors import NotFound
from datasets.models import Label
from datasets.vocabulary import Modality
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import ProjectFactory, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(campaign):
    """A clip of a campaign that is rated and labelled."""
    rate_everything(campaign)
    aggregate_campaign(campaign=campaign)
    return campaign.campaign_clips.select_related("campaign", "clip__source").order_by("pk").first()


def decide(place, fifths=-5, reason="irony", modality=Modality.AUDIO):
    return decide_label(campaign=place.campaign, clip=place.clip_id, modality=modality, fifths=fifths, reason=reason)


def label_of(place, modality=Modality.AUDIO):
    return Label.objects.get(clip=place.clip_id, modality=modality)


def test_the_label_follows_the_decision_and_keeps_its_scores(place):
    scores = label_of(place).scores
    decide(place)
    label = label_of(place)
    assert (label.fifths, label.scores) == (-5, scores)
    assert label.origin == f"decision in campaign {place.campaign.name}"


def test_no_score_is_touched(place):
    before = list(Annotation.objects.order_by("pk").values())
    decide(place)
    assert list(Annotation.objects.order_by("pk").values()) == before


def test_a_second_decision_supersedes_the_first_which_stays(place):
    first, second = decide(place, -5), decide(place, 3, reason="heard it again")
    assert second.supersedes == first
    assert label_of(place).fifths == 3
    assert [row["value"] for row in contested_clip(place)["decisions"]] == [0.6, -1.0]


def test_a_decision_stands_above_the_rule_when_scores_are_aggregated_again(place):
    decide(place)
    aggregate_campaign(campaign=place.campaign)
    assert label_of(place).fifths == -5


def test_a_decision_needs_a_reason_a_value_on_the_grid_and_a_clip_of_the_campaign(place):
    with pytest.raises(BadCampaign, match="Say why"):
        decide(place, reason=" ")
    with pytest.raises(BadCampaign, match="off the grid"):
        decide(place, fifths=6)
    other = make_campaign(ProjectFactory()).campaign_clips.select_related("campaign").first()
    other.campaign = place.campaign
    with pytest.raises(NotFound):
        decide(other)
    assert not Decision.objects.exists()


def test_the_page_of_a_clip_tells_every_score_and_which_of_them_count(place):
    place.campaign.memberships.filter(pseudonym="A2").update(state="excluded")
    found = contested_clip(place)
    assert len(found["scores"]) == 3 * 4
    assert {row["annotator"] for row in found["scores"] if not row["counts"]} == {"A2"}
    assert len(found["labels"]) == 4


def test_clips_come_by_spread_or_by_conflict(place):
    by_spread, by_conflict = (contested_clips(place.campaign, order) for order in Order)
    assert [row["widest"] for row in by_spread] == sorted((row["widest"] for row in by_spread), reverse=True)
    assert [row["conflict"] for row in by_conflict] == sorted((row["conflict"] for row in by_conflict), reverse=True)


def test_the_list_tells_what_is_decided(place):
    decide(place)
    rows = {row["clip"]: row for row in contested_clips(place.campaign)}
    audio = next(row for row in rows[place.clip_id]["modalities"] if row["modality"] == Modality.AUDIO)
    assert audio["decided"] == -1.0
