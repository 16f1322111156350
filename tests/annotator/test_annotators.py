"""Pausing, excluding, replacing and adding annotators."""

import pytest

from annotator.aggregation.trimmed_mean import TooFewScores, label_in_fifths
from annotator.errors import BadCampaign, CampaignNotOpen
from annotator.models import Annotation, Assignment, Campaign, Membership, MembershipChange
from annotator.selectors.queue import my_campaigns, stage_queue
from annotator.selectors.rights import memberships_of
from annotator.services.aggregation import aggregate_campaign
from annotator.services.annotators import add_annotators, change_annotator, replace_annotator
from config.errors import Conflict, NotFound
from datasets.models import Label
from datasets.vocabulary import Modality
from tests.annotator.conftest import answer, next_assignment
from tests.annotator.test_aggregate_campaign import rate_everything
from tests.factories import ProjectFactory, UserFactory, make_campaign

pytestmark = pytest.mark.django_db
State = Membership.State


def change(campaign, state, pseudonym="A1", reason="sick"):
    return change_annotator(campaign=campaign, pseudonym=pseudonym, state=state, reason=reason)


def test_a_paused_annotator_gives_no_answers_and_their_scores_still_count(campaign, member):
    assignment = next_assignment(member)
    change(campaign, State.PAUSED)
    with pytest.raises(CampaignNotOpen, match="paused for you"):
        answer(Assignment.objects.select_related("membership__campaign").get(pk=assignment.pk))
    rate_everything(campaign)
    aggregate_campaign(campaign=campaign)
    assert {each["annotator"] for each in Label.objects.first().scores} == {"A1", "A2", "A3"}


def test_a_paused_annotator_is_told_so_and_sees_no_clip(campaign, member):
    change(campaign, State.PAUSED)
    member.refresh_from_db()
    assert stage_queue(member, Modality.TEXT)["queue"] == []
    assert my_campaigns(member.annotator)[0]["state"] == Campaign.State.PAUSED


def test_an_annotator_who_is_taken_back_goes_on_where_they_were(campaign, member):
    change(campaign, State.PAUSED)
    change(campaign, State.ACTIVE, reason="well again")
    assert answer(next_assignment(Membership.objects.get(pk=member.pk))).score == 1


def test_excluded_scores_are_kept_and_do_not_count(project):
    campaign = make_campaign(project, annotators=4)
    rate_everything(campaign)
    change(campaign, State.EXCLUDED)
    aggregate_campaign(campaign=campaign)
    for label in Label.objects.all():
        assert [each["annotator"] for each in label.scores] == ["A2", "A3", "A4"]
        assert label.fifths == label_in_fifths([each["score"] for each in label.scores])
    assert Annotation.objects.count() == 4 * 2 * 4


def test_an_excluded_annotator_does_not_find_the_campaign_any_more(campaign, member):
    change(campaign, State.EXCLUDED)
    assert not memberships_of(member.annotator).exists()


def test_labels_do_not_wait_for_the_excluded(project):
    campaign = make_campaign(project, annotators=4)
    rate_everything(campaign)
    Assignment.objects.filter(membership__pseudonym="A1").update(current=None)
    assert aggregate_campaign(campaign=campaign).labels == 0
    change(campaign, State.EXCLUDED)
    assert aggregate_campaign(campaign=campaign).labels == 8


def test_too_few_are_left_to_label_anything(campaign):
    rate_everything(campaign)
    change(campaign, State.EXCLUDED)
    with pytest.raises(TooFewScores):
        aggregate_campaign(campaign=campaign)


def test_every_change_is_a_fact_with_its_reason(campaign):
    change(campaign, State.PAUSED, reason="sick")
    change(campaign, State.ACTIVE, reason="well again")
    kept = MembershipChange.objects.order_by("pk").values_list("state", "reason")
    assert list(kept) == [("paused", "sick"), ("active", "well again")]


def test_a_change_needs_a_reason_a_difference_and_somebody(campaign):
    with pytest.raises(BadCampaign, match="Say why"):
        change(campaign, State.EXCLUDED, reason="  ")
    with pytest.raises(Conflict, match="active already"):
        change(campaign, State.ACTIVE)
    with pytest.raises(NotFound, match="A1, A2, A3"):
        change(campaign, State.PAUSED, pseudonym="A9")
    assert not MembershipChange.objects.exists()


def test_a_replacement_is_asked_about_the_same_clips_in_an_order_of_their_own(campaign):
    asked = replace_annotator(campaign=campaign, pseudonym="A1", username="new.one", reason="left")
    assert set(asked.new_accounts) == {"new.one"}
    old, new = (campaign.memberships.get(pseudonym=name) for name in ("A1", "A4"))
    assert (old.state, new.annotator.username) == (State.EXCLUDED, "new.one")
    places = [set(each.assignments.values_list("clip", "modality", "batch")) for each in (old, new)]
    assert places[0] == places[1]


def test_an_eighth_and_ninth_rate_contested_clips_and_the_rule_is_the_same(project):
    campaign = make_campaign(project, annotators=7)
    contested = campaign.campaign_clips.order_by("pk").first().clip_id
    add_annotators(campaign=campaign, usernames=["eighth", "ninth"], clips=[contested])
    rate_everything(campaign)
    aggregate_campaign(campaign=campaign)
    counts = {label.clip_id: len(label.scores) for label in Label.objects.all()}
    assert sorted(counts.values()) == [7, 9]
    assert counts[contested] == 9
    for label in Label.objects.all():
        assert label.fifths == label_in_fifths([each["score"] for each in label.scores])


def test_labels_of_contested_clips_wait_for_the_newcomers(project):
    campaign = make_campaign(project)
    rate_everything(campaign)
    contested = campaign.campaign_clips.order_by("pk").first().clip_id
    add_annotators(campaign=campaign, usernames=["eighth"], clips=[contested])
    assert aggregate_campaign(campaign=campaign).incomplete == 1


def test_nobody_is_added_twice_and_no_clip_from_elsewhere(campaign, member):
    with pytest.raises(Conflict, match="already"):
        add_annotators(campaign=campaign, usernames=[member.annotator.username])
    elsewhere = make_campaign(ProjectFactory()).campaign_clips.first().clip_id
    with pytest.raises(BadCampaign, match="1 of the 1 clips"):
        add_annotators(campaign=campaign, usernames=[UserFactory().username], clips=[elsewhere])
    with pytest.raises(BadCampaign, match="each of them once"):
        add_annotators(campaign=campaign, usernames=["a", "a"])


def test_nobody_is_added_to_a_closed_campaign(campaign):
    Campaign.objects.update(state=Campaign.State.CLOSED)
    campaign.refresh_from_db()
    with pytest.raises(CampaignNotOpen):
        add_annotators(campaign=campaign, usernames=["late"])
