"""Shapes of how a version's clips were isolated when they were rated."""

from typing import Any

from rest_framework import serializers

from datasets.models import MODALITIES


class StageAuditSerializer(serializers.Serializer[Any]):
    """How the files of one stage came out of their audits, in clips of the version."""

    modality = serializers.ChoiceField(choices=MODALITIES)
    clips = serializers.IntegerField()
    passed = serializers.IntegerField()
    overruled = serializers.IntegerField()
    withheld = serializers.IntegerField()
    missing = serializers.IntegerField()


class AuditFigureSerializer(serializers.Serializer[Any]):
    """A figure of the noised audio against the clean voice."""

    name = serializers.CharField()
    clips = serializers.IntegerField()
    median = serializers.FloatField()
    percentile_5 = serializers.FloatField()
    percentile_95 = serializers.FloatField()
    threshold = serializers.FloatField(allow_null=True)
    high_is_bad = serializers.BooleanField()


class OverruledSerializer(serializers.Serializer[Any]):
    """A file that annotators perceived although its audit had failed."""

    clip = serializers.CharField()
    modality = serializers.ChoiceField(choices=MODALITIES)
    reason = serializers.CharField()


class IsolationReportSerializer(serializers.Serializer[Any]):
    """One campaign's isolation of the clips whose labels it settled, as it was when the version was published."""

    campaign = serializers.CharField()
    mode = serializers.CharField()
    method = serializers.CharField()
    parameters = serializers.DictField()
    digest = serializers.CharField()
    stages = StageAuditSerializer(many=True)
    figures = AuditFigureSerializer(many=True)
    overrulings = OverruledSerializer(many=True)
    tools = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
