"""Makers of rows for tests, with just enough in them to be true."""

import hashlib

import factory
from django.contrib.auth.models import User

from datasets.models import Clip, Label, Project, Source
from datasets.vocabulary import Modality


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
