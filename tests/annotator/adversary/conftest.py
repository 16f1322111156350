"""The adversary, an annotator in a project that holds all there is."""

import pytest

from annotator.models import Membership
from annotator.services.aggregation import aggregate_campaign
from annotator.services.renditions import request_renditions
from datasets.models import Clip, Event
from datasets.vocabulary import Modality
from tests.annotator.adversary.world import hide_everything_in, publish_and_train, refer_to_clips_outside
from tests.annotator.conftest import finish_stage
from tests.factories import make_campaign


@pytest.fixture
def member(project) -> Membership:
    """The adversary, in a project that holds all there is: scores of others, labels, a version, jobs, events."""
    campaign = make_campaign(project, clips=3, annotators=4)
    refer_to_clips_outside(campaign)
    spy, *others = campaign.memberships.select_related("campaign", "annotator").order_by("pk")
    for number, clip in enumerate(Clip.objects.filter(project=project)):
        hide_everything_in(clip, number)
    for other in others:
        for modality in Modality:
            finish_stage(other, modality, score=-3)
    aggregate_campaign(campaign=campaign)
    request_renditions(project=project)
    publish_and_train(campaign)
    assert Event.objects.exists()
    return spy
