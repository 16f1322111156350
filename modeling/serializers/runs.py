"""Shapes of recipes, runs, epochs and predictions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.api import SentenceSerializer
from datasets.models import MODALITIES, Job, VersionClip
from datasets.vocabulary import Modality
from modeling.models import Epoch, Prediction, Run
from modeling.recipes import Ablation, Model, Supervision, Variant


class RecipeSerializer(serializers.Serializer[dict[str, Any]]):
    """A recipe that a run can start from."""

    name = serializers.CharField()
    semi = serializers.BooleanField()
    settings = serializers.DictField()


class MetricsSerializer(serializers.Serializer[dict[str, float | None]]):
    """Scores of one prediction; null where a score is undefined."""

    acc2 = serializers.FloatField(allow_null=True)
    f1 = serializers.FloatField(allow_null=True)
    acc2_weak = serializers.FloatField(allow_null=True)
    acc3 = serializers.FloatField(allow_null=True)
    acc5 = serializers.FloatField(allow_null=True)
    mae = serializers.FloatField(allow_null=True)
    corr = serializers.FloatField(allow_null=True)
    r2 = serializers.FloatField(allow_null=True)


class PredictionMetricsSerializer(serializers.Serializer[dict[str, Any]]):
    """Scores of a run's predictions: all four of AV-MC, or the one of a unimodal model."""

    multimodal = MetricsSerializer(required=False)
    text = MetricsSerializer(required=False)
    audio = MetricsSerializer(required=False)
    vision = MetricsSerializer(required=False)


class RunMetricsSerializer(serializers.Serializer[dict[str, Any]]):
    """Scores of the test split, computed once."""

    test = PredictionMetricsSerializer(help_text="each against its own modality's labels")
    test_against_multimodal = PredictionMetricsSerializer(
        required=False, help_text="each against the multimodal labels; runs of earlier releases have none"
    )


class ExtractorField(serializers.CharField):
    """Name of what made a run's features of one modality; null for a unimodal model's others."""

    def __init__(self, source: str) -> None:
        super().__init__(source=source, default=None, allow_null=True, read_only=True)


class RunSerializer(serializers.ModelSerializer[Run]):
    """A run as a table shows it."""

    project = serializers.UUIDField(source="version.project_id", read_only=True)
    version_number = serializers.CharField(source="version.number", read_only=True)
    simulated = serializers.BooleanField(source="version.simulated", read_only=True)
    state = serializers.ChoiceField(Job.State.choices, read_only=True)
    error = serializers.CharField(read_only=True)
    failure = SentenceSerializer(allow_null=True, read_only=True, help_text="the error with its code")
    main_task = serializers.ChoiceField(MODALITIES, read_only=True)
    ablation = serializers.CharField(source="recipe.ablation", default="none", read_only=True)
    text = ExtractorField(source="text.extractor")
    audio = ExtractorField(source="audio.extractor")
    vision = ExtractorField(source="vision.extractor")
    epochs_done = serializers.IntegerField(read_only=True)
    most_epochs = serializers.IntegerField(source="recipe.epochs", read_only=True)
    metrics = RunMetricsSerializer(allow_null=True, read_only=True)
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Run
        fields: tuple[str, ...] = (
            "id", "project", "version", "version_number", "simulated", "model", "main_task", "recipe_name", "ablation",
            "semi", "seed", "state", "error", "failure",
            "job", "text", "audio", "vision", "device", "epochs_done", "most_epochs", "best_epoch", "metrics",
            "code_revision", "created_by", "created_at",
        )  # fmt: skip


class RunDetailSerializer(RunSerializer):
    """A run with all settings of its training."""

    recipe = serializers.DictField()
    feature_sets = serializers.SerializerMethodField()
    sweep = serializers.UUIDField(
        source="trial.sweep_id", default=None, allow_null=True, read_only=True, help_text="the sweep it is a trial of"
    )

    class Meta(RunSerializer.Meta):
        fields: tuple[str, ...] = (*RunSerializer.Meta.fields, "recipe", "feature_sets", "weights_sha256", "sweep")

    def get_feature_sets(self, run: Run) -> dict[str, str]:
        """Id of the feature set of each modality."""
        return {str(modality): str(each.pk) for modality, each in run.feature_sets.items()}


class LaunchSerializer(serializers.Serializer[dict[str, Any]]):
    """What a person chooses for a run; an extractor left out means the newest complete features.

    A unimodal model reads its own modality alone, and another one's extractor is a 400.
    """

    version = serializers.UUIDField()
    model = serializers.ChoiceField([(each.value, each.value) for each in Model], default=Model.AVMC.value)
    ablation = serializers.ChoiceField([(each.value, each.value) for each in Ablation], required=False)
    supervision = serializers.ChoiceField([(each.value, each.value) for each in Supervision], required=False)
    recipe = serializers.ChoiceField([(each.value, each.value) for each in Variant], default=Variant.RELEASED.value)
    semi = serializers.BooleanField(default=False)
    seed = serializers.IntegerField(default=1111, min_value=0, max_value=2**31 - 1)
    epochs = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=100_000)
    text = serializers.CharField(required=False, allow_null=True)
    audio = serializers.CharField(required=False, allow_null=True)
    vision = serializers.CharField(required=False, allow_null=True)
    overrides = serializers.DictField(required=False, help_text="other fields of the recipe")


class EpochSerializer(serializers.ModelSerializer[Epoch]):
    """One point of every curve."""

    losses = serializers.DictField(child=serializers.FloatField())
    valid_metrics = PredictionMetricsSerializer()

    class Meta:
        model = Epoch
        fields = ("number", "losses", "valid_loss", "valid_metrics", "seconds", "is_best")


class ModalityValuesSerializer(serializers.Serializer[dict[str, float | None]]):
    """One value -1 … 1 for each modality; null where there is none."""

    multimodal = serializers.FloatField(allow_null=True)
    text = serializers.FloatField(allow_null=True)
    audio = serializers.FloatField(allow_null=True)
    vision = serializers.FloatField(allow_null=True)


class ScoreSerializer(serializers.Serializer[dict[str, Any]]):
    """One annotator's score of a clip in one modality."""

    annotator = serializers.CharField(help_text="pseudonym")
    score = serializers.IntegerField()
    simulated = serializers.BooleanField(default=False)


class ScoresSerializer(serializers.Serializer[dict[str, Any]]):
    """Scores of a clip; empty lists where labels were imported without them."""

    multimodal = ScoreSerializer(many=True)
    text = ScoreSerializer(many=True)
    audio = ScoreSerializer(many=True)
    vision = ScoreSerializer(many=True)


class PredictionSerializer(serializers.ModelSerializer[Prediction]):
    """What a run predicts for one clip, beside what people said. Needs `frozen`, the clip's row of the version."""

    clip = serializers.UUIDField(source="clip_id", read_only=True)
    video_id = serializers.CharField(source="clip.source.video_id", read_only=True)
    clip_id = serializers.CharField(source="clip.clip_id", read_only=True)
    transcript = serializers.CharField(source="frozen.transcript", read_only=True)
    media_url = serializers.SerializerMethodField()
    thumbnail_url = serializers.SerializerMethodField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # a value, not the field's caption
    prediction = serializers.SerializerMethodField()
    scores = serializers.SerializerMethodField()

    class Meta:
        model = Prediction
        fields = (
            "clip", "video_id", "clip_id", "transcript", "split", "media_url", "thumbnail_url", "label", "prediction",
            "scores", "error",
        )  # fmt: skip

    def get_media_url(self, prediction: Prediction) -> str:
        """Where the clip plays from."""
        return f"/api/clips/{prediction.clip_id}/media/"

    def get_thumbnail_url(self, prediction: Prediction) -> str:
        """Where its picture is."""
        return f"/api/clips/{prediction.clip_id}/thumbnail/"

    @extend_schema_field(ModalityValuesSerializer)
    def get_label(self, prediction: Prediction) -> dict[str, float | None]:
        """Labels as the version froze them."""
        fifths = {modality: getattr(self._frozen(prediction), modality) for modality in Modality}
        return {str(modality): None if value is None else value / 5 for modality, value in fifths.items()}

    @extend_schema_field(ModalityValuesSerializer)
    def get_prediction(self, prediction: Prediction) -> dict[str, float | None]:
        """The run's predictions; null for what it does not predict."""
        return {str(modality): getattr(prediction, modality) for modality in Modality}

    @extend_schema_field(ScoresSerializer)
    def get_scores(self, prediction: Prediction) -> dict[str, Any]:
        """Every annotator's scores, without what they took or played."""
        stored = self._frozen(prediction).scores
        return dict(ScoresSerializer({str(modality): stored.get(modality, []) for modality in Modality}).data)

    def _frozen(self, prediction: Prediction) -> VersionClip:
        row: VersionClip = prediction.frozen  # type: ignore[attr-defined]  # attached by the view, one query a page
        return row


class PairsSerializer(serializers.Serializer[dict[str, Any]]):
    """Predictions and labels of the same clips in the same order."""

    prediction = serializers.ListField(child=serializers.FloatField())
    truth = serializers.ListField(child=serializers.FloatField(allow_null=True))


class ScatterSerializer(serializers.Serializer[dict[str, Any]]):
    """Predicted against true of one split, as arrays, for each task of the run."""

    clips = serializers.ListField(child=serializers.UUIDField())
    multimodal_labels = serializers.ListField(
        child=serializers.FloatField(allow_null=True), help_text="of each clip, whatever the run predicts"
    )
    multimodal = PairsSerializer(required=False)
    text = PairsSerializer(required=False)
    audio = PairsSerializer(required=False)
    vision = PairsSerializer(required=False)
