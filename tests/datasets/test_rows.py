"""Rows past the ORM's objects are the same rows."""

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from datasets.models import Clip, Label, VersionClip
from datasets.rows import Keys, delete_rows, read_rows, write_rows
from datasets.vocabulary import Modality, Split
from tests.factories import ClipFactory, LabelFactory, VersionFactory

pytestmark = pytest.mark.django_db

SCORES = [{"annotator": "A1", "score": -3, "seconds": 2.5, "plays": None, "simulated": False}]


def write_label(clip, fifths=2, **options):
    rows = [(clip.pk, Modality.TEXT, fifths, SCORES)]
    same = {"origin": "test", "settled_at": timezone.now()}
    return write_rows(Label, ["clip", "modality", "fifths", "scores"], rows, constant=same, **options)


def test_what_was_written_is_what_the_orm_reads():
    clip = ClipFactory()
    assert write_label(clip) == 1
    label = Label.objects.get()
    assert (label.clip, label.modality, label.fifths, label.scores, label.origin) == (clip, "text", 2, SCORES, "test")
    assert timezone.now() >= label.settled_at
    assert label.rule == ""  # the column's default


def test_truth_enumerations_and_nothing_are_written_as_the_orm_writes_them():
    clip, version = ClipFactory(), VersionFactory()
    row = (clip.pk, 0, Split.VALID, False, "一句", "ab", None, -5, {})
    columns = ["clip", "order", "split", "supervised", "transcript", "media_sha256", "text", "audio", "scores"]
    write_rows(VersionClip, columns, [row], constant={"version": version.pk})
    read = VersionClip.objects.get(version=version, split="valid", supervised=False, text=None, audio=-5)
    assert (read.clip, read.transcript, read.scores) == (clip, "一句", {})


def test_a_row_with_the_same_unique_columns_is_replaced_where_wished():
    clip = ClipFactory()
    before = LabelFactory(clip=clip, modality=Modality.TEXT, fifths=-4)
    other = LabelFactory(clip=clip, modality=Modality.AUDIO, fifths=-4)
    write_label(clip, fifths=5, replace=["clip", "modality"])
    assert {label.pk: label.fifths for label in Label.objects.all()} == {before.pk: 5, other.pk: -4}


def test_without_that_wish_the_database_refuses():
    clip = ClipFactory()
    write_label(clip)
    with pytest.raises(IntegrityError), transaction.atomic():
        write_label(clip)


def test_the_checks_of_the_table_hold():
    with pytest.raises(IntegrityError), transaction.atomic():
        write_label(ClipFactory(), fifths=6)


def test_keys_are_read_as_the_orm_reads_them():
    labels = LabelFactory.create_batch(3)
    keys = Keys()
    found = {keys[cell]: fifths for cell, fifths in read_rows(Label.objects.values_list("clip_id", "fifths"))}
    assert found == {label.clip_id: label.fifths for label in labels}
    assert all(isinstance(key, UUID) for key in found)


def test_a_relation_is_no_column():
    with pytest.raises(TypeError, match="labels is no column of Clip"):
        write_rows(ClipFactory().__class__, ["labels"], [])


def test_rows_are_deleted_by_their_keys_and_no_others():
    labels = LabelFactory.create_batch(3)
    delete_rows(Label, [label.pk for label in labels[:2]])
    assert list(Label.objects.all()) == labels[2:]


def test_a_row_on_which_others_hang_is_refused_by_the_database():
    label = LabelFactory()

    def delete_and_commit():
        with transaction.atomic():
            delete_rows(Clip, [label.clip_id])
            connection.check_constraints()

    with pytest.raises(IntegrityError):
        delete_and_commit()
    assert Clip.objects.exists()
