"""Asking for features: jobs, cache, assembly, failures, and the run that publishing starts."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import ffmpeg
import numpy as np
import pytest
from django.conf import settings

from config.sentences import Sentence
from datasets.features import open_ragged
from datasets.jobs import cancel_job, enqueue
from datasets.media import storage
from datasets.media.command import run_ffmpeg
from datasets.models import Job, Project, Version, VersionClip
from datasets.runner import finish_here
from datasets.vocabulary import Modality, Split
from modeling.extractors import extractor
from modeling.extractors.interface import ExtractorUnavailable
from modeling.extractors.lsa import Lsa
from modeling.models import FeatureSet, Run
from modeling.selectors import feature_files
from modeling.services.features import NothingAskedFor, request_features
from tests.factories import ClipFactory, SourceFactory, VersionClipFactory, VersionFactory
from tests.modeling.corpora import TINY, make_feature_set, make_version


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "features", ignore_errors=True)


@pytest.fixture
def heard(project: Project, tmp_path: Path) -> Version:
    """Three clips of half a second of sound, of which the second's file is damaged."""
    version = VersionFactory(project=project)
    source = SourceFactory(project=project)
    for order in range(3):
        path = tmp_path / f"{order}.wav"
        tone = ffmpeg.input(f"sine=frequency={200 + 50 * order}:sample_rate=16000", f="lavfi", t=0.5)
        run_ffmpeg(ffmpeg.output(tone, str(path)), reading=path)
        if order == 1:
            path.write_bytes(b"not a sound")
        sha256 = storage.sha256_of(path)
        file = storage.keep(path, f"clips/{uuid4()}.wav")
        clip = ClipFactory(source=source, project=project, file=file, sha256=sha256)
        VersionClipFactory(version=version, clip=clip, order=order, split=Split.TRAIN)
    return version


def made(version: Version, extractors: Mapping[Modality, str]) -> list[FeatureSet]:
    """Feature sets after their jobs have been done."""
    requested = request_features(version=version, extractors=extractors)
    for job in requested.jobs:
        finish_here(job)
    return [FeatureSet.objects.get(pk=each.pk) for each in requested.feature_sets]


def test_features_come_in_row_order_and_failures_are_listed(heard: Version) -> None:
    (feature_set,) = made(heard, {Modality.AUDIO: "egemaps"})
    rows = list(heard.rows.select_related("clip__source").order_by("order"))
    assert feature_set.state == Job.State.SUCCEEDED
    assert [failure["clip"] for failure in feature_set.failures] == [str(rows[1].clip)]
    assert feature_set.failures[0]["reason"]["code"] == "extraction_failed"
    with storage.local(feature_set.file) as path:
        ragged = open_ragged(path)
        assert ragged.clips == [str(row.clip) for row in rows]
        lengths = np.diff(ragged.offsets).tolist()
        assert lengths[1] == 0
        assert lengths[0] == lengths[2] > 40
        assert feature_set.frames == sum(lengths)
        assert ragged.columns == feature_set.columns == list(extractor("egemaps").columns)
        pitch = ragged.columns.index("F0semitoneFrom27.5Hz_sma3nz")
        assert np.median(ragged.clip(2)[:, pitch]) > np.median(ragged.clip(0)[:, pitch])


def test_each_clip_is_a_part_of_one_job(heard: Version) -> None:
    (feature_set,) = made(heard, {Modality.AUDIO: "egemaps"})
    assert feature_set.job is not None
    parts = feature_set.job.children
    assert (parts.count(), parts.filter(state=Job.State.FAILED).count()) == (3, 1)
    assert feature_set.job.done == 3


def test_asking_again_returns_the_complete_feature_set(heard: Version) -> None:
    (first,) = made(heard, {Modality.AUDIO: "egemaps"})
    again = request_features(version=heard, extractors={Modality.AUDIO: "egemaps"})
    assert again.feature_sets == [first]
    assert again.jobs == []


def test_asking_while_it_is_made_returns_the_job_under_way(heard: Version) -> None:
    first = request_features(version=heard, extractors={Modality.AUDIO: "egemaps"})
    second = request_features(version=heard, extractors={Modality.AUDIO: "egemaps"})
    assert first.jobs == second.jobs
    assert Job.objects.filter(kind="extract_features").count() == 1


def test_asking_after_a_cancelled_job_starts_a_new_one(heard: Version) -> None:
    (job,) = request_features(version=heard, extractors={Modality.AUDIO: "egemaps"}).jobs
    cancel_job(job=job)
    (feature_set,) = made(heard, {Modality.AUDIO: "egemaps"})
    assert feature_set.is_complete
    assert feature_set.job != job


def test_a_second_version_does_not_extract_its_clips_again(heard: Version) -> None:
    made(heard, {Modality.AUDIO: "egemaps"})
    version = copy_of(heard)
    (feature_set,) = made(version, {Modality.AUDIO: "egemaps"})
    assert feature_set.job is not None
    assert feature_set.job.children.count() == 1  # the damaged one, which has nothing to be found
    assert feature_set.frames == FeatureSet.objects.get(version=heard).frames


def copy_of(version: Version) -> Version:
    """Another version of the same clips, in the opposite order."""
    copy = VersionFactory(project=version.project)
    for order, row in enumerate(version.rows.order_by("-order")):
        VersionClip.objects.create(
            version=copy, clip=row.clip, order=order, split=row.split, supervised=True,
            transcript=row.transcript, media_sha256=row.media_sha256,
        )  # fmt: skip
    return copy


def test_a_clip_whose_file_is_no_longer_the_frozen_one_fails(heard: Version) -> None:
    row = heard.rows.order_by("order")[0]
    row.clip.sha256 = "0" * 64
    row.clip.save()
    (feature_set,) = made(heard, {Modality.AUDIO: "egemaps"})
    assert "publish a new version" in feature_set.failures[0]["reason"]["english"]


def test_a_version_in_which_every_clip_fails_has_no_feature_set_but_a_reason(project: Project) -> None:
    requested = request_features(version=make_version(project), extractors={Modality.AUDIO: "egemaps"})
    job = finish_here(requested.jobs[0])
    assert job.state == Job.State.FAILED
    assert "egemaps gave features for no clip: The media file of" in job.error
    assert FeatureSet.objects.get().state == Job.State.FAILED


def test_lsa_is_fitted_on_supervised_training_clips_alone(project: Project) -> None:
    version = make_version(project)
    (feature_set,) = made(version, {Modality.TEXT: "lsa"})
    rows = version.rows.order_by("order")
    train = [row.transcript for row in rows if row.split == Split.TRAIN]
    assert len(train) == 12
    expected = Lsa().fit(train)
    from modeling.extractors.interface import ClipInput

    with storage.local(feature_set.file) as path:
        ragged = open_ragged(path)
        assert np.diff(ragged.offsets).tolist() == [1] * 26
        for place, row in enumerate(rows):
            np.testing.assert_array_equal(ragged.clip(place), expected.extract(ClipInput(row.transcript)).frames)


def test_shares_of_found_faces_are_told_per_clip_and_overall(project: Project, shared_media: Path) -> None:
    version = VersionFactory(project=project)
    with storage.workspace() as folder:
        path = Path(shutil.copy(shared_media / "one_face_2s.mp4", folder))
        sha256 = storage.sha256_of(path)
        file = storage.keep(path, f"clips/{uuid4()}.mp4")
    row = VersionClipFactory(version=version, clip=ClipFactory(project=project, file=file, sha256=sha256))
    (feature_set,) = made(version, {Modality.VISION: "landmarks"})
    assert feature_set.found["clips"][str(row.clip)] == feature_set.found["overall"] >= 0.9
    assert (feature_set.frames, feature_set.rate, len(feature_set.columns)) == (60, 25.0, 155)


def test_a_missing_bert_queues_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractor("bert"), "model", "/no/such/folder")
    with pytest.raises(ExtractorUnavailable, match="CUESET_BERT_MODEL"):
        request_features(version=make_version(project), extractors={Modality.TEXT: "bert"})
    assert not Job.objects.exists()


def test_bert_keeps_its_tokens_beside_the_vectors(
    project: Project, bert_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extractor("bert"), "model", str(bert_folder))
    for cached in ("_network", "_tokenizer"):
        vars(extractor("bert")).pop(cached, None)
    version = make_version(project, unlabelled=0)
    (feature_set,) = made(version, {Modality.TEXT: "bert"})
    assert (feature_set.rate, len(feature_set.columns), feature_set.failures) == (None, 8, [])
    assert feature_set.settings == {"model": str(bert_folder), "tokens": 50}
    with storage.local(feature_set.file) as path:
        ragged = open_ragged(path)
        assert ragged.tokens is not None
        assert ragged.tokens.shape == (22, 3, 50)
        np.testing.assert_array_equal(ragged.tokens[:, 1].sum(axis=1), np.diff(ragged.offsets))


def test_changed_settings_do_not_mix_with_what_was_asked_for(
    project: Project, bert_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extractor("bert"), "model", str(bert_folder))
    requested = request_features(version=make_version(project), extractors={Modality.TEXT: "bert"})
    monkeypatch.setattr(extractor("bert"), "model", "/another/folder")
    job = finish_here(requested.jobs[0])
    assert job.state == Job.State.FAILED
    assert "have changed since these features were asked for" in job.error


def test_asking_for_nothing_is_an_error(project: Project) -> None:
    with pytest.raises(NothingAskedFor):
        request_features(version=make_version(project), extractors={})


def test_exports_find_the_newest_complete_features(project: Project) -> None:
    version = make_version(project)
    make_feature_set(version, Modality.AUDIO, digest="old")
    newer = make_feature_set(version, Modality.AUDIO, digest="new")
    FeatureSet.objects.create(version=version, modality="vision", extractor="landmarks", digest="unfinished")
    assert feature_files(version) == {Modality.AUDIO: newer.file}


def publish(version: Version, **changed: object) -> Job:
    """The job that publishing enqueues for a project that trains on it."""
    chosen = {"text": "lsa", "audio": "egemaps", "vision": "landmarks", "epochs": 2, "overrides": dict(TINY), **changed}
    return enqueue(
        kind="train_on_publish", title=Sentence("", "Train on publish"), queue="training", project=version.project,
        payload={"version": str(version.pk), "settings": chosen},
    )  # fmt: skip


@pytest.fixture
def half_extracted(project: Project) -> Version:
    """A version that has audio and vision features but no text."""
    from modeling.extractors import digest

    version = make_version(project)
    for name in ("egemaps", "landmarks"):
        chosen = extractor(name)
        make_feature_set(version, chosen.modality, digest=digest(chosen))
    return version


def test_a_run_on_publish_waits_for_its_features_and_then_starts(half_extracted: Version) -> None:
    assert finish_here(publish(half_extracted)).state == Job.State.SUCCEEDED
    run = Run.objects.get()
    assert (run.state, run.job) == (Job.State.WAITING, None)
    finish_here(Job.objects.get(kind="extract_features"))
    run = Run.objects.get()
    assert run.state == Job.State.QUEUED
    assert run.job is not None
    assert run.job.payload == {"run": str(run.pk)}


def test_a_run_on_publish_starts_at_once_when_its_features_are_there(half_extracted: Version) -> None:
    made(half_extracted, {Modality.TEXT: "lsa"})
    finish_here(publish(half_extracted))
    assert Run.objects.get().state == Job.State.QUEUED


def test_a_publishing_job_that_is_tried_again_launches_no_second_run(half_extracted: Version) -> None:
    job = finish_here(publish(half_extracted))
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    job.refresh_from_db()
    finish_here(job)
    assert Run.objects.count() == 1
    assert Job.objects.filter(kind="extract_features").count() == 1


def test_a_run_whose_features_cannot_be_made_has_failed_with_their_reason(half_extracted: Version) -> None:
    half_extracted.rows.filter(split=Split.TRAIN).update(split=Split.VALID)
    finish_here(publish(half_extracted))
    finish_here(Job.objects.get(kind="extract_features"))
    run = Run.objects.get()
    assert run.state == Job.State.FAILED
    assert "at least 2 are needed" in run.error


@pytest.mark.parametrize("changed", [{"text": None}, {"epoch": 3}, {"recipe": "mine"}, {"audio": "lsa"}])
def test_settings_that_make_no_run_fail_with_one_sentence(half_extracted: Version, changed: dict[str, object]) -> None:
    job = finish_here(publish(half_extracted, **changed))
    assert job.state == Job.State.FAILED
    assert job.attempts == 1
    assert job.error.endswith((".", ")."))
    assert not Run.objects.exists()


def test_failed_clips_are_asked_for_again_beside_the_features_that_runs_may_have_read(heard: Version) -> None:
    (first,) = made(heard, {Modality.AUDIO: "egemaps"})
    assert len(first.failures) == 1
    assert request_features(version=heard, extractors={Modality.AUDIO: "egemaps"}).feature_sets == [first]
    asked = request_features(version=heard, extractors={Modality.AUDIO: "egemaps"}, retry_failed=True)
    assert [job.children.count() for job in asked.jobs] == [1]
    finish_here(asked.jobs[0])
    second = FeatureSet.objects.get(pk=asked.feature_sets[0].pk)
    assert (second.attempt, second.is_complete) == (2, True)
    first.refresh_from_db()
    assert first.is_complete
    assert first.file != second.file


def test_features_without_failures_are_not_made_again(project: Project) -> None:
    version = make_version(project)
    (made_once,) = made(version, {Modality.TEXT: "lsa"})
    asked = request_features(version=version, extractors={Modality.TEXT: "lsa"}, retry_failed=True)
    assert (asked.feature_sets, asked.jobs) == ([made_once], [])
