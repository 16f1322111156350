"""Renditions as jobs: made once, kept, made again when they failed, and every failure told."""

from datetime import timedelta
from pathlib import Path

import ffmpeg
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from annotator.isolation.boxes import Box
from annotator.isolation.burned_text import Region
from annotator.isolation.parameters import IsolationParameters
from annotator.models import Audit, Campaign, Rendition
from annotator.selectors.renditions import clips_to_render
from annotator.services.campaigns import create_campaign
from annotator.services.renditions import request_renditions
from annotator.source_text import is_worth_reading, text_regions_of, wait_for_reading
from datasets.media.command import run_ffmpeg
from datasets.media.storage import keep, sha256_of
from datasets.models import Clip, Job, Source
from datasets.runner import Cancelled, Work, finish_here
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


def test_a_source_is_read_once_and_what_was_found_is_kept(make_clip, tmp_path):
    clip = make_clip()
    write_clip(tmp_path / "source.mp4", sound=True)
    source = clip.source
    source.file, source.seconds = keep(tmp_path / "source.mp4", f"sources/{source.pk}.mp4"), 0.6
    source.save()
    assert text_regions_of(clip, IsolationParameters()) == []
    source.refresh_from_db()
    assert source.text_regions == []


def test_a_known_source_gives_each_clip_its_own_stretch(project):
    region = Region(Box(0.1, 0.8, 0.9, 0.9), 4.0, 6.0, ("你好",))
    source = SourceFactory(project=project, text_regions=[region.as_record()])
    early, late = ClipFactory(source=source, start=0.0, end=3.0), ClipFactory(source=source, start=5.0, end=8.0)
    assert text_regions_of(early, IsolationParameters()) == []
    assert text_regions_of(late, IsolationParameters()) == [Region(region.box, 0.0, 1.0, ("你好",))]


def test_a_source_of_which_little_is_used_is_not_read(project):
    source = SourceFactory(project=project, file="sources/long.mp4", seconds=7200)
    clip = ClipFactory(source=source, seconds=3.0)
    assert not is_worth_reading(source)
    assert text_regions_of(clip, IsolationParameters()) is None


def test_a_clip_that_came_ready_has_no_source_to_read(project):
    assert text_regions_of(ClipFactory(source__project=project), IsolationParameters()) is None


@pytest.fixture
def three_parts(project):
    """Three running parts that began one after the other, the first two for clips of one unread source."""
    source = SourceFactory(project=project, file="sources/short.mp4", seconds=6.0)
    clips = [ClipFactory(source=source, seconds=3.0), ClipFactory(source=source, seconds=3.0)]
    clips.append(ClipFactory(source__project=project))
    begun = timezone.now()
    parts = [
        Job.objects.create(
            kind="make_clip_renditions", title="Renditions", queue="media", state=Job.State.RUNNING,
            started_at=begun + timedelta(seconds=number), payload={"clip": str(clip.pk)},
        )
        for number, clip in enumerate(clips)
    ]  # fmt: skip
    return source, parts


def count_looks(monkeypatch, meanwhile) -> list[float]:
    looks: list[float] = []
    monkeypatch.setattr("annotator.source_text.time.sleep", lambda seconds: looks.append(seconds) or meanwhile())
    return looks


def test_a_part_waits_until_an_earlier_one_has_read_their_source(monkeypatch, three_parts):
    source, (first, second, _) = three_parts
    looks = count_looks(monkeypatch, lambda: Source.objects.filter(pk=source.pk).update(text_regions=[]))
    wait_for_reading(Work(first), source)
    assert looks == []
    wait_for_reading(Work(second), source)
    assert (len(looks), source.text_regions) == (1, [])


def test_nobody_waits_for_a_part_that_ended_without_reading(monkeypatch, three_parts):
    source, (first, second, _) = three_parts
    ended = {"state": Job.State.FAILED}
    looks = count_looks(monkeypatch, lambda: Job.objects.filter(pk=first.pk).update(**ended))
    wait_for_reading(Work(second), source)
    assert (len(looks), source.text_regions) == (1, None)


def test_who_waits_for_a_reading_can_be_cancelled(monkeypatch, three_parts):
    source, (_, second, _) = three_parts
    work = Work(second)
    count_looks(monkeypatch, work.cancel_asked.set)
    with pytest.raises(Cancelled):
        wait_for_reading(work, source)


def test_parts_of_other_sources_are_not_waited_for(monkeypatch, three_parts):
    _, (_, _, third) = three_parts
    looks = count_looks(monkeypatch, lambda: None)
    other = SourceFactory(project=Source.objects.first().project, file="sources/b.mp4", seconds=3.0)
    ClipFactory(source=other, seconds=3.0)
    wait_for_reading(Work(third), other)
    assert looks == []


def test_workers_that_start_together_get_clips_of_different_sources(project):
    first, second = SourceFactory(project=project), SourceFactory(project=project)
    clips = [ClipFactory(source=source, order=order) for order, source in enumerate((first, first, second, second))]
    parts = request_renditions(project=project).children.order_by("created_at")
    assert [part.payload["clip"] for part in parts] == [str(clips[number].pk) for number in (0, 2, 1, 3)]
