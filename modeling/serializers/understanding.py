"""Shapes of what a run has learned: maps of its representations, and words with other voices and faces."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from datasets.models import SPLITS, VersionClip
from datasets.vocabulary import Modality
from modeling.models import RepresentationMap
from modeling.serializers.runs import ModalityValuesSerializer
from modeling.services.understanding import PERPLEXITY, SEED


class MapRequestSerializer(serializers.Serializer[dict[str, Any]]):
    """How to map a run's representations."""

    perplexity = serializers.FloatField(default=PERPLEXITY, help_text="neighbours that each clip is compared with")
    seed = serializers.IntegerField(default=SEED, min_value=0)


class MappedClipSerializer(serializers.Serializer[VersionClip]):
    """A clip of the map."""

    clip = serializers.UUIDField(source="clip_id")
    split = serializers.ChoiceField(SPLITS, allow_blank=True)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # a value, not the field's caption

    @extend_schema_field(ModalityValuesSerializer)
    def get_label(self, row: VersionClip) -> dict[str, float | None]:
        """Labels as the version froze them."""
        return labels_of(row)


class PlaneSerializer(serializers.Serializer[dict[str, Any]]):
    """Points of each modality that the run represents, in the order of the clips: [x, y] within -1 … 1."""

    text = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()), required=False)
    audio = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()), required=False)
    vision = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()), required=False)


class RepresentationMapSerializer(serializers.ModelSerializer[RepresentationMap]):
    """A map, or how far its job is. Needs `rows`, its clips' rows of the version."""

    state = serializers.CharField(read_only=True)
    clips = MappedClipSerializer(source="rows", many=True, read_only=True)
    points = PlaneSerializer(source="result.points", read_only=True, default=dict)

    class Meta:
        model = RepresentationMap
        fields = ("id", "perplexity", "seed", "state", "job", "clips", "points")


class SwapQuerySerializer(serializers.Serializer[dict[str, Any]]):
    """Which clip's words, with whose voices and faces."""

    words = serializers.UUIDField(required=False, help_text="default: the test clip of most neutral words")
    donors = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        help_text="default: six test clips, from the most negative to the most positive",
    )


class LenderSerializer(serializers.Serializer[VersionClip]):
    """A clip that words, voice or face are taken from."""

    clip = serializers.UUIDField(source="clip_id")
    video_id = serializers.CharField(source="clip.source.video_id")
    clip_id = serializers.CharField(source="clip.clip_id")
    transcript = serializers.CharField()
    media_url = serializers.SerializerMethodField()
    thumbnail_url = serializers.SerializerMethodField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # a value, not the field's caption

    def get_media_url(self, row: VersionClip) -> str:
        """Where the clip plays from."""
        return f"/api/clips/{row.clip_id}/media/"

    def get_thumbnail_url(self, row: VersionClip) -> str:
        """Where its picture is."""
        return f"/api/clips/{row.clip_id}/thumbnail/"

    @extend_schema_field(ModalityValuesSerializer)
    def get_label(self, row: VersionClip) -> dict[str, float | None]:
        """Labels as the version froze them."""
        return labels_of(row)


class PredictedSerializer(serializers.Serializer[dict[str, float]]):
    """One value -1 … 1 for each task that the run predicts."""

    multimodal = serializers.FloatField(required=False)
    text = serializers.FloatField(required=False)
    audio = serializers.FloatField(required=False)
    vision = serializers.FloatField(required=False)


class SwappedSerializer(serializers.Serializer[Any]):
    """Predictions for the words with one donor's voice and face: mixtures that nobody recorded."""

    donor = LenderSerializer()
    both = PredictedSerializer(help_text="with the donor's voice and face")
    voice = PredictedSerializer(help_text="with the donor's voice alone")
    face = PredictedSerializer(help_text="with the donor's face alone")


class SwapsSerializer(serializers.Serializer[Any]):
    """The words as they were recorded, and with each donor."""

    words = LenderSerializer()
    own = PredictedSerializer(help_text="as recorded")
    swapped = SwappedSerializer(many=True)


def labels_of(row: VersionClip) -> dict[str, float | None]:
    """A frozen row's labels, -1 … 1."""
    fifths = {modality: getattr(row, modality) for modality in Modality}
    return {str(modality): None if value is None else value / 5 for modality, value in fifths.items()}
