import pytest

from datasets.vocabulary import Modality
from tests.annotator.conftest import finish_stage
from tests.factories import make_campaign


@pytest.fixture
def member(project):
    """The first annotator, in the audio stage; every reference clip has files of its own bytes."""
    member = make_campaign(project).memberships.select_related("campaign", "annotator").earliest("pk")
    finish_stage(member, Modality.TEXT)
    return member


@pytest.fixture
def mine(api, member):
    api.force_login(member.annotator)
    return api
