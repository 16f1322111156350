"""Answers that arrive at the same moment, each in its own thread with its own connection."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from annotator.errors import KeyReused
from annotator.models import Annotation, Assignment, Progress
from datasets.vocabulary import Modality
from tests import threads
from tests.annotator.conftest import submit
from tests.factories import ProjectFactory, make_campaign
from tests.threads import shared_database

AT_ONCE = 50


@pytest.fixture
def assignments(transactional_db: None, tmp_path: Path) -> Iterator[list[UUID]]:
    """Open assignments in a database that threads share."""
    member = make_campaign(ProjectFactory(), clips=AT_ONCE).memberships.earliest("pk")
    keys = list(member.assignments.filter(modality=Modality.TEXT).values_list("pk", flat=True))
    with shared_database(tmp_path):
        yield keys


def together(calls: list[Callable[[], Any]]) -> list[Any]:
    return threads.together(calls, expected=KeyReused)


def answer(assignment: UUID, key: str, score: int = 2) -> tuple[Annotation, bool]:
    found = Assignment.objects.select_related("membership__annotator").get(pk=assignment)
    return submit(found, score=score, seconds=1.5, plays=1, idempotency_key=key)


def kept() -> list[Annotation]:
    """What is stored, read by a thread of its own."""
    return together([lambda: list(Annotation.objects.order_by("pk"))])[0]


def test_one_key_sent_fifty_times_at_once_is_one_annotation(assignments):
    answers = together([lambda: answer(assignments[0], "one")] * AT_ONCE)
    (row,) = kept()
    assert {annotation.pk for annotation, _ in answers} == {row.pk}
    assert sum(is_new for _, is_new in answers) == 1


def test_one_key_sent_for_fifty_assignments_at_once_answers_one(assignments):
    answers = together([lambda each=each: answer(each, "one") for each in assignments])
    assert len(kept()) == 1
    assert Counter(type(each) for each in answers) == {tuple: 1, KeyReused: AT_ONCE - 1}


def test_fifty_keys_for_one_assignment_at_once_supersede_one_another_in_a_chain(assignments):
    answers = together([lambda key=key: answer(assignments[0], f"key {key}") for key in range(AT_ONCE)])
    rows = kept()
    assert all(is_new for _, is_new in answers)
    assert [row.supersedes_id for row in rows] == [None, *(row.pk for row in rows[:-1])]


def test_fifty_answers_at_once_are_all_kept(assignments):
    together([lambda each=each: answer(each, str(each)) for each in assignments])
    assert {row.assignment_id for row in kept()} == set(assignments)
    assert together([lambda: Progress.objects.get(done__gt=0).done]) == [AT_ONCE]
