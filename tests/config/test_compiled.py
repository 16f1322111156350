"""A compiled query answers what the same query answers when the ORM writes it anew."""

from uuid import UUID

import pytest
from django.db.models import F

from config.compiled import Compiled, CompiledUpdate
from datasets.models import Clip
from tests.factories import ClipFactory

pytestmark = pytest.mark.django_db
EXAMPLE = UUID(int=1)


def clip_of(project: UUID, clip_id: str):
    return Clip.objects.filter(project=project, clip_id=clip_id).select_related("source")


@pytest.fixture
def clips() -> list[Clip]:
    return [ClipFactory() for _ in range(3)]


def test_it_finds_the_same_rows_with_the_same_related_rows(clips, django_assert_num_queries):
    compiled = Compiled(clip_of, project=EXAMPLE, clip_id="an example")
    for clip in clips:
        with django_assert_num_queries(1):
            (found,) = compiled.ask(project=clip.project_id, clip_id=clip.clip_id)
            source = found.source
        (asked,) = clip_of(clip.project_id, clip.clip_id)
        assert found == asked == clip
        for field in Clip._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(asked, field.attname)
        assert source == clip.source


def test_what_was_not_asked_for_is_read_when_it_is_wanted(clips, django_assert_num_queries):
    compiled = Compiled(lambda clip: Clip.objects.only("transcript").filter(pk=clip), clip=EXAMPLE)
    found = compiled.first(clip=clips[0].pk)
    with django_assert_num_queries(1):
        assert (found.transcript, found.seconds) == (clips[0].transcript, clips[0].seconds)


def test_values_come_as_the_model_gives_them(clips):
    compiled = Compiled(
        lambda clip: Clip.objects.filter(pk=clip).values_list("pk", "created_at", "supervised"), clip=EXAMPLE
    )
    assert compiled.ask(clip=clips[1].pk) == [(clips[1].pk, clips[1].created_at, clips[1].supervised)]


def test_a_row_that_is_not_there_is_nothing(clips):
    compiled = Compiled(lambda clip: Clip.objects.filter(pk=clip), clip=EXAMPLE)
    assert compiled.first(clip=UUID(int=2)) is None


def test_an_example_that_the_statement_does_not_hold_is_refused(clips):
    compiled = Compiled(lambda clip: Clip.objects.filter(clip_id__contains=clip), clip="part")
    with pytest.raises(LookupError, match="example"):
        compiled.ask(clip="another")


def test_an_update_changes_the_rows_that_it_finds_and_no_others(clips):
    compiled = CompiledUpdate(
        lambda clip, order: Clip.objects.filter(pk=clip),
        {"order": 1_000_000_001, "seconds": F("seconds") + 1},
        clip=EXAMPLE,
        order=1_000_000_001,
    )
    assert compiled.run(clip=clips[0].pk, order=77) == 1
    assert compiled.run(clip=UUID(int=2), order=78) == 0
    assert set(Clip.objects.values_list("order", "seconds")) == {(77, 4.0), *((c.order, 3.0) for c in clips[1:])}
