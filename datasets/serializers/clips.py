"""Shapes of sources, clips and imports."""

from typing import Any

from rest_framework import serializers

from datasets.models import Clip, Source
from datasets.vocabulary import Modality


class LabelsSerializer(serializers.Serializer[Any]):
    """A clip's label in each modality, -1.0 … 1.0; null where there is none."""

    text = serializers.FloatField(allow_null=True)
    audio = serializers.FloatField(allow_null=True)
    vision = serializers.FloatField(allow_null=True)
    multimodal = serializers.FloatField(allow_null=True)


class ClipSerializer(serializers.ModelSerializer[Clip]):
    """A clip in a list. Expects its source and labels to be fetched along."""

    video_id = serializers.CharField(source="source.video_id")
    thumbnail_url = serializers.SerializerMethodField()
    labels = serializers.SerializerMethodField()

    class Meta:
        model = Clip
        fields: tuple[str, ...] = (
            "id", "project", "source", "video_id", "clip_id", "transcript", "speaker", "scenario", "supervised",
            "given_split", "start", "end", "seconds", "width", "height", "frame_rate", "thumbnail_url", "labels",
        )  # fmt: skip

    def get_thumbnail_url(self, clip: Clip) -> str | None:
        """Where its picture is; null when it has none."""
        return f"/api/clips/{clip.pk}/thumbnail/" if clip.thumbnail else None

    def get_labels(self, clip: Clip) -> LabelsSerializer:
        """By modality."""
        fifths = {label.modality: label.fifths for label in clip.labels.all()}
        values = {modality: fifths[modality] / 5 if modality in fifths else None for modality in list(Modality)}
        return LabelsSerializer(values).data  # type: ignore[return-value]  # the annotation names the schema


class ClipDetailSerializer(ClipSerializer):
    """One clip, with its video."""

    media_url = serializers.SerializerMethodField()

    class Meta(ClipSerializer.Meta):
        fields = (*ClipSerializer.Meta.fields, "media_url", "sha256", "created_at")

    def get_media_url(self, clip: Clip) -> str:
        """Where its video is."""
        return f"/api/clips/{clip.pk}/media/"


class ClipFilterSerializer(serializers.Serializer[Any]):
    """What clips can be filtered by."""

    project = serializers.UUIDField(required=False)
    source = serializers.UUIDField(required=False)  # type: ignore[assignment]  # fields leave the class's namespace
    search = serializers.CharField(
        required=False, max_length=200, help_text="part of a transcript, speaker, video id or clip id"
    )
    speaker = serializers.CharField(required=False, max_length=200)
    scenario = serializers.CharField(required=False, max_length=200)
    supervised = serializers.BooleanField(required=False, allow_null=True, default=None)
    has_label = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="whether it has a label in any modality"
    )


class ProjectFilterSerializer(serializers.Serializer[Any]):
    """Names one project."""

    project = serializers.UUIDField()


class SourceNameSerializer(serializers.Serializer[Source]):
    """A source to choose."""

    id = serializers.UUIDField()
    video_id = serializers.CharField()


class FacetsSerializer(serializers.Serializer[Any]):
    """The values that a project's clips can be filtered by."""

    scenarios = serializers.ListField(child=serializers.CharField())
    speakers = serializers.ListField(child=serializers.CharField())
    sources = SourceNameSerializer(many=True)


class ImportSerializer(serializers.Serializer[Any]):
    """Which folder of the server to import from."""

    kind = serializers.ChoiceField(choices=["manifest", "chsims", "features"])
    folder = serializers.CharField(max_length=1000, help_text="path in one of the server's import folders")
    manifest = serializers.CharField(
        max_length=1000, required=False, help_text="CSV file in that folder; for kind “manifest” only"
    )
    files = serializers.ListField(
        child=serializers.CharField(max_length=1000),
        required=False,
        help_text="feature pickles in that folder; for kind “features” only",
    )
    unsupervised = serializers.ListField(
        child=serializers.CharField(max_length=1000),
        required=False,
        help_text="feature pickles whose labels mean nothing; for kind “features” only",
    )
    scale = serializers.ChoiceField(
        choices=[1, 3], default=1, help_text="labels lie within -scale … scale (MOSI, MOSEI: 3)"
    )
    atomic = serializers.BooleanField(default=False, help_text="import nothing if any row is bad")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A manifest is named exactly when there is one to read."""
        if (attrs["kind"] == "manifest") != ("manifest" in attrs):
            raise serializers.ValidationError(
                {"manifest": "Name the CSV file for kind “manifest”, and none for any other."}
            )
        if (attrs["kind"] == "features") != bool(attrs.get("files")):
            raise serializers.ValidationError(
                {"files": "Name the feature pickles for kind “features”, and none for any other."}
            )
        return attrs
