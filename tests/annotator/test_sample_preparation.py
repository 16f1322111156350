"""The sample's campaign shows examples, calibration, repeats and gold clips, and keeps nobody from rating."""

import csv

import pytest

from annotator.models import Annotation, Reference
from annotator.preparing import round_distance
from annotator.scheduling import open_stage
from annotator.selectors.gates import closed_by
from annotator.selectors.quality import quality_of
from annotator.selectors.work import stages_of
from annotator.services import sample
from annotator.services.campaigns import create_campaign
from annotator.services.imports import import_annotations
from annotator.services.sample_preparation import is_prepared, prepare_sample
from annotator.services.writing_scores import ScoreImport
from datasets.models import Source
from datasets.vocabulary import Modality
from tests.factories import ClipFactory

pytestmark = pytest.mark.django_db
Use = Reference.Use
LEFT_OPEN, TWICE = 6, 3


@pytest.fixture
def campaign(project):
    """As `load_sample` makes it, of rows without files."""
    with (sample.FOLDER / "clips.csv").open(encoding="utf-8", newline="") as file:
        for order, row in enumerate(csv.DictReader(file)):
            source, _ = Source.objects.get_or_create(project=project, video_id=row["video"].removesuffix(".mp4"))
            ClipFactory(
                source=source, clip_id=row["clip_id"], transcript=row["transcript"], order=order,
                supervised=row["supervised"] == "1",
            )  # fmt: skip
    campaign = create_campaign(project=project, annotators=sample.ANNOTATORS, seed=sample.SEED).campaign
    import_annotations(campaign=campaign, path=sample.FOLDER / "scores.csv", how=ScoreImport(simulated=True))
    assert not is_prepared(campaign)
    prepare_sample(campaign, sample.FOLDER / "references.csv")
    return campaign


def test_every_stage_has_examples_of_its_scores_in_order_and_gold_clips(campaign):
    assert is_prepared(campaign)
    for modality in Modality:
        standards = campaign.references.filter(modality=modality, use=Use.STANDARD)
        scores = [-2, -1, 0, 1, 2] if modality == Modality.MULTIMODAL else list(range(-3, 4))
        assert sorted(standards.values_list("score", flat=True)) == scores
        assert campaign.references.filter(modality=modality, use=Use.GOLD).count() == 3
    assert not campaign.references.exclude(use=Use.GOLD).filter(clip__supervised=True).exists()
    assert all(reason.strip() for reason in campaign.references.values_list("reason", flat=True))


def test_everybody_has_passed_the_calibration_by_rounds_that_say_what_they_say(campaign):
    for member in campaign.memberships.all():
        assert sorted(member.admitted) == ["audio", "vision"]
        for round_ in member.calibration_rounds.all():
            pairs = [(each.score, each.reference.score) for each in round_.answers.select_related("reference")]
            assert round_.distance == round_distance(pairs)
            assert len(pairs) == len(round_.references)
        for modality in member.admitted:
            last = member.calibration_rounds.filter(modality=modality).latest("number")
            assert last.distance <= last.limit


def test_the_last_annotator_can_go_in_at_once_and_has_six_clips_left_in_every_stage(campaign):
    last = campaign.memberships.select_related("campaign").get(annotator__username="sample_a7")
    stages = stages_of(last)
    assert {(stage.total, stage.total - stage.done) for stage in stages} == {(60 + TWICE, LEFT_OPEN)}
    assert not last.assignments.repeats().filter(current=None).exists()
    assert closed_by(last, open_stage(stages)) is None
    others = campaign.memberships.exclude(pk=last.pk)
    assert all(stage.is_finished for member in others for stage in stages_of(member))


def test_all_answers_are_simulated_and_the_pages_of_quality_are_not_empty(campaign):
    assert set(Annotation.objects.values_list("origin", flat=True)) == {Annotation.Origin.SIMULATED}
    quality = quality_of(campaign)
    # A pair counts when ten other answers lie between; the table has its scores in the order of the clips.
    assert {row["asked"] for row in quality["repeats"]} == {TWICE}
    assert all(row["pairs"] for row in quality["repeats"])
    assert {row["asked"] for row in quality["gold"]} == {3}
