"""Shapes of what annotators told about clips."""

from rest_framework import serializers

from annotator.models import REASONS, Assignment


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
