"""Making campaigns, and their states."""

import pytest
from django.db import OperationalError, connection

from annotator.errors import BadCampaign, CampaignNotOpen
from annotator.isolation.parameters import IsolationParameters
from annotator.models import Assignment, Campaign, Membership, Progress
from annotator.services.campaigns import create_campaign
from annotator.services.states import close_campaign, pause_campaign, resume_campaign
from config.errors import Conflict
from datasets.models import Event, Role
from datasets.vocabulary import Modality
from tests.factories import ClipFactory, UserFactory, make_campaign

pytestmark = pytest.mark.django_db


def test_everybody_rates_every_supervised_clip_in_every_stage(project):
    campaign = make_campaign(project, clips=3, annotators=3)
    ClipFactory(source__project=project, supervised=False)
    assert Assignment.objects.filter(membership__campaign=campaign).count() == 3 * 3 * 4
    for member in campaign.memberships.all():
        for modality in Modality:
            positions = member.assignments.filter(modality=modality).order_by("position")
            assert [row.position for row in positions] == [1, 2, 3]
            assert len({row.clip_id for row in positions}) == 3


def test_unsupervised_clips_are_not_rated(project):
    ClipFactory(source__project=project)
    ClipFactory(source__project=project, supervised=False)
    campaign = create_campaign(project=project, annotators=[UserFactory().username]).campaign
    assert campaign.campaign_clips.count() == 1


def test_a_campaign_is_named_for_its_project_unless_told_otherwise(project):
    assert make_campaign(project).name == project.name
    assert make_campaign(project, name="second").name == "second"


def test_two_campaigns_cannot_share_a_name(project):
    make_campaign(project)
    with pytest.raises(Conflict, match="already a campaign"):
        make_campaign(project)


def test_missing_accounts_are_made_with_a_password_that_works(project):
    ClipFactory(source__project=project)
    known = UserFactory()
    created = create_campaign(project=project, annotators=[known.username, "li.na"])
    assert list(created.new_accounts) == ["li.na"]
    people = [member.annotator for member in created.campaign.memberships.order_by("pk")]
    assert people[1].check_password(created.new_accounts["li.na"])
    assert Role.objects.filter(project=project, user__in=people, kind=Role.Kind.ANNOTATOR).count() == 2


def test_annotators_get_pseudonyms_in_the_order_given(project):
    campaign = make_campaign(project, annotators=7)
    assert list(campaign.memberships.order_by("pk").values_list("pseudonym", flat=True)) == [
        "A1", "A2", "A3", "A4", "A5", "A6", "A7",
    ]  # fmt: skip


def test_batches_hold_the_clips_in_their_order(project):
    campaign = make_campaign(project, clips=5, batch_size=2)
    places = campaign.campaign_clips.order_by("clip__order").values_list("batch", flat=True)
    assert list(places) == [1, 1, 2, 2, 3]
    assert set(Assignment.objects.values_list("batch", "position")) == {(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)}


def test_a_campaign_remembers_how_it_isolates(campaign):
    campaign.refresh_from_db()
    kept = IsolationParameters.from_record(campaign.isolation)
    assert kept.digest == campaign.isolation_digest == IsolationParameters().digest


def test_a_campaign_needs_clips_and_each_annotator_once(project):
    with pytest.raises(BadCampaign, match="no supervised clips"):
        create_campaign(project=project, annotators=["a"])
    ClipFactory(source__project=project)
    for annotators in ([], ["a", "a"]):
        with pytest.raises(BadCampaign, match="at least one annotator"):
            create_campaign(project=project, annotators=annotators)


def test_clips_of_another_project_cannot_be_chosen(project):
    mine, foreign = ClipFactory(source__project=project), ClipFactory()
    with pytest.raises(BadCampaign, match="1 of the clips"):
        create_campaign(project=project, annotators=["a"], clips=[mine.pk, foreign.pk])


def test_a_campaign_is_paused_resumed_and_closed_for_good(campaign, admin):
    assert pause_campaign(campaign=campaign, actor=admin).state == "paused"
    with pytest.raises(CampaignNotOpen, match="is paused"):
        pause_campaign(campaign=campaign)
    assert resume_campaign(campaign=campaign).state == "open"
    assert close_campaign(campaign=campaign).state == "closed"
    for move in (pause_campaign, resume_campaign, close_campaign):
        with pytest.raises(CampaignNotOpen):
            move(campaign=campaign)
    assert Event.objects.filter(verb="campaign paused", actor=admin).count() == 1


def test_annotators_are_taken_in_one_after_the_other_before_the_campaign_opens(project):
    found = []

    def look(execute, sql, *rest):
        if sql.startswith('INSERT INTO "annotator_assignment"'):
            states = set(Membership.objects.values_list("state", flat=True))
            found.append((Campaign.objects.get().state, states, Assignment.objects.count()))
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        campaign = make_campaign(project, clips=2, annotators=3)
    assert found == [("making", {"joining"}, 0), ("making", {"joining"}, 8), ("making", {"joining"}, 16)]
    assert (campaign.state, Campaign.objects.get().state) == ("open", "open")
    assert set(Membership.objects.values_list("state", flat=True)) == {"active"}


def test_a_campaign_that_cannot_be_finished_is_taken_back(project):
    def fail_in_the_middle(execute, sql, *rest):
        if sql.startswith('INSERT INTO "annotator_assignment"') and Progress.objects.exists():
            raise OperationalError("disk full")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail_in_the_middle), pytest.raises(OperationalError):
        make_campaign(project, clips=2, annotators=3)
    for table in (Campaign, Membership, Assignment, Progress):
        assert not table.objects.exists()
