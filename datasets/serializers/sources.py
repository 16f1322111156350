"""Shapes of source videos and of what is recorded about them."""

from typing import Any

from rest_framework import serializers

from datasets.models import Source

MOST_AT_ONCE = 10_000


class SourceFilterSerializer(serializers.Serializer[Any]):
    """Which sources to list."""

    project = serializers.UUIDField()
    lacking = serializers.ChoiceField(
        choices=["origin", "consent"], required=False, help_text="only those of which this is not recorded"
    )


class TermsSerializer(serializers.ModelSerializer[Source]):
    """Where a source comes from, and what the people in it agreed to; what is not given stays."""

    class Meta:
        model = Source
        fields = ("origin", "consent")
        extra_kwargs = {"origin": {"required": False}, "consent": {"required": False}}


class NamedTermsSerializer(TermsSerializer):
    """The same, of the source that is named."""

    class Meta(TermsSerializer.Meta):
        fields = ("video_id", *TermsSerializer.Meta.fields)  # type: ignore[assignment]


class SourcesTermsSerializer(serializers.Serializer[Any]):
    """Many sources at once."""

    sources = serializers.ListField(child=NamedTermsSerializer(), max_length=MOST_AT_ONCE)


class DescribedSourcesSerializer(serializers.Serializer[Any]):
    """What came of it."""

    changed = serializers.IntegerField(help_text="sources of which something is recorded otherwise now")


class SourceSerializer(serializers.ModelSerializer[Source]):
    """A video that clips were cut from; without sha256 when only its clips were imported."""

    clips = serializers.IntegerField(source="clip_count")

    class Meta:
        model = Source
        fields = (
            "id", "project", "video_id", "sha256", "seconds", "width", "height", "frame_rate", "clips", "origin",
            "consent", "created_at",
        )  # fmt: skip
