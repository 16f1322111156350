"""Shapes of versions, of drafts, and of the clips in them."""

from typing import Any

from rest_framework import serializers

from datasets.models import Version, VersionClip
from datasets.serializers.clips import LabelsSerializer
from datasets.serializers.statistics import StatisticsSerializer
from datasets.splitting import Grouping
from datasets.statistics import UNSUPERVISED
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality, Split

LARGEST_SEED = 2**31 - 1  # what the database holds


class VersionSerializer(serializers.ModelSerializer[Version]):
    """A frozen version."""

    project_name = serializers.CharField(source="project.name")
    author = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    parent_number = serializers.CharField(source="parent.number", default=None, allow_null=True)
    statistics = StatisticsSerializer()

    class Meta:
        model = Version
        fields = (
            "id", "project", "project_name", "number", "sha256", "seed", "notes", "simulated", "author", "created_at",
            "parent", "parent_number", "withdrawn_at", "withdrawn_reason", "statistics",
        )  # fmt: skip


class WithdrawSerializer(serializers.Serializer[Any]):
    """Why nobody should use the version any more."""

    reason = serializers.CharField(max_length=2000)


class DraftSerializer(serializers.Serializer[Any]):
    """What to freeze."""

    project = serializers.UUIDField()
    seed = serializers.IntegerField(min_value=0, max_value=LARGEST_SEED, default=1111)
    split_by = serializers.ChoiceField(
        choices=list(Grouping),
        default=Grouping.STRICTEST,
        help_text="what may not be in two splits: speaker (and source), source, or clip (then splits leak); strictest "
        "takes the first of these that leaves no split empty",
    )


class PublishSerializer(DraftSerializer):
    """What to freeze, and what is new in it."""

    notes = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class PreviewSerializer(serializers.Serializer[Any]):
    """What publishing would do now."""

    feasible = serializers.BooleanField()
    code = serializers.CharField(allow_null=True, help_text="stable name of the reason why not")
    reason = serializers.CharField(allow_null=True, help_text="why not")
    number = serializers.CharField(allow_null=True, help_text="number that the version would get, or has")
    same_as = serializers.UUIDField(allow_null=True, help_text="the version that already has this content")
    statistics = StatisticsSerializer(allow_null=True)


class FrozenScoreSerializer(serializers.Serializer[Any]):
    """One annotator's score, by pseudonym."""

    annotator = serializers.CharField()
    score = serializers.IntegerField(min_value=LOWEST_SCORE, max_value=HIGHEST_SCORE)
    seconds = serializers.FloatField(allow_null=True)
    plays = serializers.IntegerField(allow_null=True)
    simulated = serializers.BooleanField()


class FrozenScoresSerializer(serializers.Serializer[Any]):
    """Scores by modality; a modality without scores is absent."""

    text = FrozenScoreSerializer(many=True, required=False)
    audio = FrozenScoreSerializer(many=True, required=False)
    vision = FrozenScoreSerializer(many=True, required=False)
    multimodal = FrozenScoreSerializer(many=True, required=False)


class VersionClipSerializer(serializers.ModelSerializer[VersionClip]):
    """A clip as a version froze it. Expects its clip and source to be fetched along."""

    id = serializers.UUIDField(source="clip_id", help_text="id of the clip")
    video_id = serializers.CharField(source="clip.source.video_id")
    clip_id = serializers.CharField(source="clip.clip_id")
    speaker = serializers.CharField(source="clip.speaker")
    scenario = serializers.CharField(source="clip.scenario")
    labels = serializers.SerializerMethodField()
    scores = FrozenScoresSerializer()
    seconds = serializers.FloatField(source="clip.seconds")
    thumbnail_url = serializers.SerializerMethodField()
    media_url = serializers.SerializerMethodField()

    class Meta:
        model = VersionClip
        fields = (
            "id", "order", "video_id", "clip_id", "transcript", "speaker", "scenario", "split", "supervised", "labels",
            "scores", "seconds", "media_sha256", "thumbnail_url", "media_url",
        )  # fmt: skip

    def get_labels(self, row: VersionClip) -> LabelsSerializer:
        """By modality, -1.0 … 1.0."""
        fifths: dict[str, int | None] = {str(modality): getattr(row, modality) for modality in Modality}
        values = {modality: None if value is None else value / 5 for modality, value in fifths.items()}
        return LabelsSerializer(values).data  # type: ignore[return-value]  # the annotation names the schema

    def get_thumbnail_url(self, row: VersionClip) -> str | None:
        """Where its picture is; null when it has none."""
        return f"/api/clips/{row.clip_id}/thumbnail/" if row.clip.thumbnail else None

    def get_media_url(self, row: VersionClip) -> str:
        """Where its video is."""
        return f"/api/clips/{row.clip_id}/media/"


class VersionClipFilterSerializer(serializers.Serializer[Any]):
    """What a version's clips can be filtered by."""

    split = serializers.ChoiceField(choices=[*Split, UNSUPERVISED], required=False)
