"""Shape of the leak report: what stands in two splits of a version, how their classes differ, and what is feasible."""

from typing import Any

from rest_framework import serializers

from datasets.serializers.jobs import JobSerializer
from datasets.serializers.statistics import FeasibilitySerializer, LeaksSerializer, SplitDistancesSerializer


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


class DistanceBetweenSerializer(serializers.Serializer[Any]):
    """How far the class shares of two splits lie apart."""

    splits = serializers.ListField(child=serializers.CharField(), help_text="two of them")
    distance = serializers.FloatField(
        allow_null=True, help_text="0 … 1, 0 for the same shares; null for an empty split"
    )


class LeakReportSerializer(LeaksSerializer):
    """Sources, speakers and copies (null until they were searched) in two splits, class distances, feasibility."""

    version = serializers.UUIDField()
    split_by = serializers.CharField(
        allow_null=True, help_text="what was kept together in one split: speaker, source or clip"
    )
    leaks = CopiesByKindSerializer(allow_null=True)
    class_distance = SplitDistancesSerializer()
    between_splits = DistanceBetweenSerializer(many=True)
    feasibility = FeasibilitySerializer(allow_null=True)
    job = JobSerializer(allow_null=True)
