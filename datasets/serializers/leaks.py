"""Shape of the leak report: near-identical transcripts and videos across the splits of a version."""

from typing import Any

from rest_framework import serializers

from datasets.models import VersionReport
from datasets.serializers.jobs import JobSerializer


class NearPairSerializer(serializers.Serializer[Any]):
    """Two clips of different splits that are nearly the same."""

    first = serializers.CharField(help_text="video_id$_$clip_id")
    second = serializers.CharField()
    splits = serializers.ListField(child=serializers.CharField(), help_text="of the first and of the second")
    likeness = serializers.FloatField(help_text="0 … 1; 1 for the same")


class CopiesSerializer(serializers.Serializer[Any]):
    """What was found; the likest pairs, while the count is of all."""

    compared = serializers.IntegerField(help_text="clips that could be compared")
    found = serializers.IntegerField()
    pairs = NearPairSerializer(many=True)


class CopiesByKindSerializer(serializers.Serializer[Any]):
    """By transcript and by video."""

    transcripts = CopiesSerializer()
    media = CopiesSerializer()


class LeakReportSerializer(serializers.ModelSerializer[VersionReport]):
    """The result of the search, null until it has ended once, and its job."""

    leaks = CopiesByKindSerializer(allow_null=True)
    job = JobSerializer(source="leak_job", allow_null=True)

    class Meta:
        model = VersionReport
        fields = ("version", "leaks", "job")
