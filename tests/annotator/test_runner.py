"""Renditions as jobs: made once, kept, made again when they failed, and every failure told."""

from pathlib import Path

import ffmpeg
import pytest
from django.core.files.storage import default_storage

from annotator.clip_text import text_regions_of
from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region
from annotator.isolation.clip_file import ClipFile
from annotator.isolation.parameters import IsolationParameters
from annotator.models import Audit, Campaign, Rendition, TextReading
from annotator.selectors.renditions import clips_to_render
from annotator.services.campaigns import create_campaign
from annotator.services.renditions import request_renditions
from datasets.media.command import run_ffmpeg
from datasets.media.storage import keep, local, sha256_of
from datasets.models import Clip, Job
from datasets.runner import finish_here
from tests.factories import ClipFactory, SourceFactory, UserFactory, make_campaign

pytestmark = pytest.mark.django_db
# Thresholds that a buzz meets: figures of real voices are the isolation's own tests.
ANY_SOUND = {
    "most_estoi": 1.0, "most_f0_outliers": 1.0, "least_f0_correlation": -1.0, "least_raw_f0_correlation": -1.0,
    "least_voiced_found": 0.0, "least_envelope_correlation": -1.0, "least_peak_f1": 0.0,
    "least_loudness_correlation": -1.0,
}  # fmt: skip


@pytest.fixture
def make_clip(project, tmp_path):
    """Clips with a real file of 0.6 s: a grey picture and a buzz, or no sound at all."""
    source = SourceFactory(project=project)

    def make(*, sound: bool = True) -> Clip:
        path = tmp_path / "clip.mp4"
        write_clip(path, sound=sound)
        sha256 = sha256_of(path)
        clip = ClipFactory(source=source, sha256=sha256, seconds=0.6)
        Clip.objects.filter(pk=clip.pk).update(file=keep(path, f"clips/{clip.pk}.mp4"))
        clip.refresh_from_db()
        return clip

    return make


def write_clip(path: Path, *, sound: bool) -> None:
    picture = ffmpeg.input("color=c=gray:s=160x120:r=10:d=0.6", format="lavfi")
    buzz = ffmpeg.input("aevalsrc=0.3*sin(2*PI*150*t)+0.1*sin(2*PI*300*t):s=16000:d=0.6", format="lavfi")
    streams = (picture, buzz) if sound else (picture,)
    run_ffmpeg(ffmpeg.output(*streams, str(path), format="mp4", vcodec="libx264"), reading=path)


def make_renditions(project) -> dict:
    job = finish_here(request_renditions(project=project))
    assert job.state == Job.State.SUCCEEDED, job.error
    return job.result


def use_parameters(project, **changed) -> IsolationParameters:
    """A campaign of the project that isolates by other parameters than the defaults."""
    parameters = IsolationParameters(**changed)
    campaign = create_campaign(project=project, annotators=[UserFactory().username]).campaign
    Campaign.objects.filter(pk=campaign.pk).update(isolation=parameters.as_record(), isolation_digest=parameters.digest)
    return parameters


def test_a_clip_gets_three_files_with_their_audits_and_keeps_them(project, make_clip):
    clip = make_clip()
    parameters = use_parameters(project, **ANY_SOUND)
    first = make_renditions(project)
    assert first == {"renditions": {"made": 3, "kept": 0, "passed": 3, "failed": 0}, "failures": []}
    made = {rendition.modality: rendition for rendition in Rendition.objects.all()}
    assert set(made) == {"audio", "vision", "multimodal"}
    for rendition in made.values():
        assert rendition.isolation_digest == parameters.digest
        assert default_storage.size(rendition.file) == rendition.bytes > 0
        assert str(clip.pk) not in rendition.file
        assert rendition.audit.passed
        assert rendition.audit.record["parameters_digest"] == parameters.digest
    again = make_renditions(project)
    assert again["renditions"] == {"made": 0, "kept": 3, "passed": 3, "failed": 0}
    assert set(Rendition.objects.values_list("pk", "file")) == {(each.pk, each.file) for each in made.values()}


def test_a_rendition_that_fails_its_audit_is_told_and_made_again(project, make_clip):
    clip = make_clip()
    use_parameters(project, **ANY_SOUND | {"most_estoi": -1.0})
    result = make_renditions(project)
    assert result["renditions"] == {"made": 3, "kept": 0, "passed": 2, "failed": 1}
    (failure,) = result["failures"]
    assert (failure["clip"], failure["modality"]) == (str(clip), "audio")
    assert any(finding["facts"].get("figure") == "estoi" for finding in failure["findings"])
    failed = Rendition.objects.get(passed=False)
    assert failed.audit.findings == failure["findings"]
    again = make_renditions(project)
    assert again["renditions"] == {"made": 1, "kept": 2, "passed": 2, "failed": 1}
    assert Rendition.objects.get(passed=False).pk == failed.pk
    assert not default_storage.exists(failed.file)
    assert Audit.objects.count() == 3


def test_a_clip_without_sound_fails_where_sound_is_needed_and_nowhere_else(project, make_clip):
    make_clip(sound=False)
    result = make_renditions(project)
    assert [failure["modality"] for failure in result["failures"]] == ["audio", "multimodal"]
    assert list(Rendition.objects.values_list("modality", "passed")) == [("vision", True)]
    assert result["renditions"]["failed"] == 2


def test_a_lost_file_fails_its_clip_and_no_other(project, make_clip):
    lost = ClipFactory(source__project=project)
    make_clip(sound=False)
    job = finish_here(request_renditions(project=project))
    failures = job.result["failures"]
    assert [failure["modality"] for failure in failures if failure["clip"] == str(lost)] == [
        "audio", "vision", "multimodal",
    ]  # fmt: skip
    assert Rendition.objects.filter(modality="vision", passed=True).count() == 1


def test_a_project_without_clips_has_nothing_to_make(project):
    assert make_renditions(project)["renditions"] == {"made": 0, "kept": 0, "passed": 0, "failed": 0}


def test_clips_that_somebody_has_yet_to_rate_come_first(project):
    ClipFactory(source__project=project, order=1)
    later = ClipFactory(source__project=project, order=2)
    create_campaign(project=project, annotators=[UserFactory().username], clips=[later.pk])
    ClipFactory(source__project=project, order=3, supervised=False)
    parameters = IsolationParameters()
    assert [clip.order for clip in clips_to_render(project, parameters)] == [2, 1]
    assert [clip.order for clip in clips_to_render(project, parameters, everything=True)] == [2, 1, 3]


def test_clips_whose_three_renditions_passed_are_left_out(project):
    make_campaign(project, clips=2)
    Rendition.objects.filter(modality="vision").first().delete()
    assert clips_to_render(project, IsolationParameters()).count() == 1


# Burned-in text -------------------------------------------------------------------------------------------------------


def regions_of(clip: Clip, **settings) -> list[Region]:
    with local(clip.file) as path:
        return text_regions_of(clip, ClipFile(path, IsolationParameters(**settings)))


def test_a_clip_is_read_once_for_every_campaign_and_what_was_found_is_kept(make_clip, monkeypatch):
    clip = make_clip()
    found = [Region(Box(0.1, 0.8, 0.9, 0.9), 0.0, 0.5, ("你好",))]
    monkeypatch.setattr("annotator.clip_text.read_text", lambda file: found)
    assert regions_of(clip) == found
    monkeypatch.setattr("annotator.clip_text.read_text", None)
    assert regions_of(clip, highest_snr=-18.0) == found


@pytest.mark.parametrize("settings", [{}, {"sampling_rate": 5.0}])
def test_another_file_or_more_pictures_a_second_need_another_reading(make_clip, settings):
    clip = make_clip()
    region = Region(Box(0.1, 0.8, 0.9, 0.9), 0.0, 0.5, ("你好",)).as_record()
    read = clip.sha256 if settings else "0" * 64
    TextReading.objects.create(clip=clip, sha256=read, rate=2.0, regions=[region])
    assert regions_of(clip, **settings) == []
    kept = TextReading.objects.get(clip=clip)
    assert (kept.regions, kept.sha256, kept.rate) == ([], clip.sha256, settings.get("sampling_rate", 2.0))


def test_renditions_keep_what_was_read_in_their_clip(project, make_clip):
    clip = make_clip()
    make_renditions(project)
    assert TextReading.objects.get(clip=clip).regions == []
