"""Makers of rows for tests, with just enough in them to be true."""

import hashlib

import factory
from django.contrib.auth.models import User

from annotator.isolation.parameters import IsolationParameters
from annotator.models import Campaign, Rendition
from annotator.services.campaigns import create_campaign
from annotator.shown import PLAYED
from datasets.models import Clip, Label, Project, Source, Version, VersionClip
from datasets.vocabulary import Modality, Split


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    name = factory.Sequence(lambda n: f"project {n}")


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    project = factory.SubFactory(ProjectFactory)
    video_id = factory.Sequence(lambda n: f"video_{n:04d}")


class ClipFactory(factory.django.DjangoModelFactory):
    """A row only: its media file does not exist."""

    class Meta:
        model = Clip

    source = factory.SubFactory(SourceFactory)
    project = factory.SelfAttribute("source.project")
    clip_id = factory.Sequence(lambda n: f"{n:04d}")
    order = factory.Sequence(lambda n: n)
    transcript = factory.Sequence(lambda n: f"第{n}句话")
    sha256 = factory.LazyAttribute(lambda clip: hashlib.sha256(clip.clip_id.encode()).hexdigest())
    file = factory.LazyAttribute(lambda clip: f"clips/{clip.clip_id}.mp4")
    seconds = 3.0
    width = 640
    height = 360
    frame_rate = 25.0


class LabelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Label

    clip = factory.SubFactory(ClipFactory)
    modality = Modality.MULTIMODAL
    fifths = 0
    origin = "test"


class RenditionFactory(factory.django.DjangoModelFactory):
    """A row that passed its audit by the default parameters; its file does not exist."""

    class Meta:
        model = Rendition

    clip = factory.SubFactory(ClipFactory)
    modality = Modality.AUDIO
    isolation_digest = IsolationParameters().digest
    file = factory.Sequence(lambda n: f"renditions/{n}.mp4")
    sha256 = "0" * 64
    bytes = 1
    passed = True


def make_campaign(
    project: Project, *, clips: int = 2, annotators: int = 3, repeats: float = 0, **options: object
) -> Campaign:
    """A campaign of new clips of one source, all renditions passed, and new annotators; no clip is shown twice."""
    source = SourceFactory(project=project)
    for clip in ClipFactory.create_batch(clips, source=source):
        for modality in PLAYED:
            RenditionFactory(clip=clip, modality=modality)
    people = [user.username for user in UserFactory.create_batch(annotators)]
    return create_campaign(project=project, annotators=people, repeats=repeats, **options).campaign


def many_clips(project: Project, count: int, *, sources: int = 1) -> list[Clip]:
    """Thousands of clips, quickly made; their videos do not exist."""
    videos = [Source(project=project, video_id=f"v{number}") for number in range(sources)]
    Source.objects.bulk_create(videos)
    return Clip.objects.bulk_create(
        Clip(
            project=project, source=videos[number % sources], clip_id=f"{number:05d}", order=number,
            transcript=f"第{number}句话", seconds=3.0, sha256=f"{number:064x}", file=f"clips/{number}.mp4",
            width=640, height=360, frame_rate=25.0,
        )
        for number in range(count)
    )  # fmt: skip


class VersionFactory(factory.django.DjangoModelFactory):
    """A row only: its manifest file does not exist."""

    class Meta:
        model = Version

    project = factory.SubFactory(ProjectFactory)
    number = factory.Sequence(lambda n: f"{n}.0.0")
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    manifest = "versions/test/manifest.json"
    seed = 1111
    statistics: dict[str, object] = {}


class VersionClipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VersionClip

    version = factory.SubFactory(VersionFactory)
    clip = factory.SubFactory(ClipFactory, project=factory.SelfAttribute("..version.project"))
    order = factory.Sequence(lambda n: n)
    split = Split.TRAIN
    supervised = True
    transcript = factory.SelfAttribute("clip.transcript")
    media_sha256 = factory.SelfAttribute("clip.sha256")


def fill_project(project: Project, *, sources: int = 4, clips_each: int = 3, unsupervised: int = 2) -> Project:
    """Clips with four labels of three scores each, and some without; the same ids and labels every time."""
    for number in range(sources * clips_each):
        source, _ = Source.objects.get_or_create(project=project, video_id=f"v{number % sources}")
        clip = ClipFactory(source=source, clip_id=f"{number:04d}", transcript=f"第{number}句", order=number)
        for place, modality in enumerate(Modality):
            score = (number + place) % 7 - 3
            scores = [{"annotator": f"A{n}", "score": score, "seconds": 2.5, "plays": 1} for n in (1, 2, 3)]
            fifths = round(score * 5 / 3)
            LabelFactory(clip=clip, modality=modality, fifths=fifths, scores=scores, origin="campaign test")
    for number in range(unsupervised):
        source, _ = Source.objects.get_or_create(project=project, video_id="u")
        clip_id = f"u{number}"
        ClipFactory(source=source, clip_id=clip_id, transcript=f"无{number}", supervised=False, order=1000 + number)
    return project
