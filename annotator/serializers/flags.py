"""Shapes of what annotators told about clips."""

from rest_framework import serializers

from annotator.models import REASONS, Assignment, CalibrationAnswer
from datasets.models import MODALITIES


class FlagSerializer(serializers.ModelSerializer[Assignment]):
    """A clip that somebody could not judge or commented on, in one stage."""

    video_id = serializers.CharField(source="clip.source.video_id")
    clip_id = serializers.CharField(source="clip.clip_id")
    annotator = serializers.CharField(source="membership.pseudonym")
    reason = serializers.ChoiceField(choices=REASONS, allow_blank=True, source="current.reason")
    comment = serializers.CharField(source="current.comment")
    created_at = serializers.DateTimeField(source="current.created_at")

    class Meta:
        model = Assignment
        fields = (
            "id", "clip", "video_id", "clip_id", "modality", "annotator", "reason", "comment", "created_at",
        )  # fmt: skip


class CalibrationFlagSerializer(serializers.ModelSerializer[CalibrationAnswer]):
    """A reference clip that somebody could not judge in their calibration."""

    clip = serializers.UUIDField(source="reference.clip_id")
    video_id = serializers.CharField(source="reference.clip.source.video_id")
    clip_id = serializers.CharField(source="reference.clip.clip_id")
    modality = serializers.ChoiceField(choices=MODALITIES, source="reference.modality")
    annotator = serializers.CharField(source="round.membership.pseudonym")
    reason = serializers.ChoiceField(choices=REASONS)
    comment = serializers.CharField()

    class Meta:
        model = CalibrationAnswer
        fields = (
            "id", "reference", "clip", "video_id", "clip_id", "modality", "annotator", "reason", "comment",
            "created_at",
        )  # fmt: skip
