import pytest

from datasets.models import Label, Project
from datasets.services.labels import BadLabel, SettledLabel, record_labels
from datasets.vocabulary import Modality
from tests.factories import ClipFactory


def settled(clip, fifths: int = 2, modality: Modality = Modality.TEXT) -> SettledLabel:
    return SettledLabel(clip_id=clip.pk, modality=modality, fifths=fifths, scores=[{"annotator": "A1", "score": 1}])


def test_settled_labels_are_written_with_their_scores(project: Project) -> None:
    clip = ClipFactory(source__project=project)
    rows = [settled(clip, modality=modality) for modality in Modality]
    assert record_labels(project=project, rows=rows, origin="campaign one") == 4
    label = Label.objects.get(clip=clip, modality=Modality.AUDIO)
    assert (label.fifths, label.scores, label.origin) == (2, [{"annotator": "A1", "score": 1}], "campaign one")


def test_a_new_label_replaces_the_old_one(project: Project) -> None:
    clip = ClipFactory(source__project=project)
    record_labels(project=project, rows=[settled(clip, 2)], origin="first")
    before = Label.objects.get().settled_at
    record_labels(project=project, rows=[settled(clip, -5)], origin="second")
    label = Label.objects.get()
    assert (label.fifths, label.origin) == (-5, "second")
    assert label.settled_at > before


def test_what_was_recorded_is_an_event(project: Project, admin) -> None:
    clip = ClipFactory(source__project=project)
    record_labels(project=project, rows=[settled(clip)], origin="import", actor=admin)
    event = project.events.get()
    assert (event.verb, event.actor, event.details) == ("record_labels", admin, {"labels": 1})


@pytest.mark.parametrize("fifths", [-6, 6])
def test_a_value_off_the_grid_is_refused_and_nothing_is_written(project: Project, fifths: int) -> None:
    good, bad = ClipFactory(source__project=project), ClipFactory(source__project=project)
    with pytest.raises(BadLabel, match="off the grid"):
        record_labels(project=project, rows=[settled(good), settled(bad, fifths)], origin="x")
    assert not Label.objects.exists()


def test_a_clip_of_another_project_is_refused(project: Project) -> None:
    with pytest.raises(BadLabel, match="not in this project"):
        record_labels(project=project, rows=[settled(ClipFactory())], origin="x")


def test_two_values_for_one_clip_and_modality_are_refused(project: Project) -> None:
    clip = ClipFactory(source__project=project)
    with pytest.raises(BadLabel, match="two text labels"):
        record_labels(project=project, rows=[settled(clip, 1), settled(clip, 2)], origin="x")
