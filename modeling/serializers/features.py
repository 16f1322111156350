"""Shapes of extractors and feature sets."""

from typing import Any

from rest_framework import serializers

from config.api import SentenceSerializer
from datasets.models import MODALITIES, Job
from datasets.vocabulary import Modality
from modeling.extractors import names_of
from modeling.models import FeatureSet


class ExtractorSerializer(serializers.Serializer[dict[str, Any]]):
    """An extractor, and whether the server can run it."""

    name = serializers.CharField()
    modality = serializers.ChoiceField(MODALITIES)
    available = serializers.BooleanField()
    why_not = SentenceSerializer(help_text="blank when it is available")


class FailureSerializer(serializers.Serializer[dict[str, Any]]):
    """A clip without features."""

    clip = serializers.CharField(help_text="video_id$_$clip_id")
    reason = SentenceSerializer()


class FoundSerializer(serializers.Serializer[dict[str, Any]]):
    """Share of frames that show a face."""

    overall = serializers.FloatField()
    clips = serializers.DictField(child=serializers.FloatField(), help_text="by video_id$_$clip_id")


class FeatureSetSerializer(serializers.ModelSerializer[FeatureSet]):
    """One modality of one version by one extractor."""

    dimension = serializers.SerializerMethodField()
    state = serializers.ChoiceField(Job.State.choices, read_only=True)
    failures = FailureSerializer(many=True)
    found = FoundSerializer(allow_null=True)
    columns = serializers.ListField(child=serializers.CharField())
    settings = serializers.DictField()

    class Meta:
        model = FeatureSet
        fields = (
            "id", "version", "modality", "extractor", "attempt", "settings", "state", "job", "dimension", "columns",
            "rate", "frames", "failures", "found", "sha256", "created_at",
        )  # fmt: skip

    def get_dimension(self, feature_set: FeatureSet) -> int:
        """Width of a frame; 0 until complete."""
        return len(feature_set.columns)


def _extractor_field(modality: Modality) -> serializers.ChoiceField:
    return serializers.ChoiceField(names_of(modality), required=False)


class FeatureRequestSerializer(serializers.Serializer[dict[str, Any]]):
    """Extractors by modality; those left out are not wanted."""

    text = _extractor_field(Modality.TEXT)
    audio = _extractor_field(Modality.AUDIO)
    vision = _extractor_field(Modality.VISION)
    retry_failed = serializers.BooleanField(
        required=False, help_text="make complete feature sets with failed clips anew, extracting those clips again"
    )


class RequestedSerializer(serializers.Serializer[dict[str, Any]]):
    """What was asked for."""

    feature_sets = FeatureSetSerializer(many=True)
    job = serializers.UUIDField(allow_null=True, help_text="null when everything is complete already")
