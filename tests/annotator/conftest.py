"""A small campaign, and a hand that answers in it."""

from uuid import uuid4

import pytest

from annotator.models import Annotation, Assignment, Campaign, Membership
from annotator.selectors.gates import unchecked
from annotator.selectors.queue import stage_queue
from annotator.services.annotations import submit_annotation
from annotator.services.calibration import record_check
from datasets.models import Project
from datasets.vocabulary import Modality
from tests.factories import make_campaign


@pytest.fixture
def campaign(project: Project) -> Campaign:
    """Two clips, three annotators, renditions passed."""
    return make_campaign(project)


@pytest.fixture
def member(campaign: Campaign) -> Membership:
    """The first annotator."""
    return campaign.memberships.select_related("campaign", "annotator").earliest("pk")


def try_out(member: Membership, modality: Modality) -> None:
    """Pass the check of sound and screen, where the stage asks for one that was never made."""
    if unchecked(member, modality):
        record_check(membership=member, modality=modality, passed=True, tries=1)


def next_assignment(member: Membership, modality: Modality = Modality.TEXT) -> Assignment:
    try_out(member, modality)
    entry = stage_queue(member, modality)["queue"][0]
    return Assignment.objects.select_related("membership__campaign").get(pk=entry["assignment"])


def answer(assignment: Assignment, score: int = 1, **options) -> Annotation:
    options = {"seconds": 60.0, "plays": 1} | options
    return submit(assignment, score=score, idempotency_key=uuid4().hex, **options)[0]


def submit(assignment: Assignment, **answer) -> tuple[Annotation, bool]:
    """As the assignment's own annotator."""
    return submit_annotation(annotator=assignment.membership.annotator, assignment=assignment.pk, **answer)


def finish_stage(member: Membership, modality: Modality, score: int = 1) -> list[Annotation]:
    try_out(member, modality)
    return [answer(next_assignment(member, modality), score) for _ in stage_queue(member, modality)["queue"]]
