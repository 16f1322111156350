"""Shapes of experiments and comparisons."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from datasets.models import MODALITIES, Job
from datasets.serializers.analyses import AnsweredSerializer
from modeling.metrics import METRICS
from modeling.models import Experiment, Run
from modeling.scores import finished_runs, spreads
from modeling.serializers.runs import LaunchSerializer, RunSerializer
from modeling.services.experiments import SEEDS


class SpreadSerializer(serializers.Serializer[dict[str, Any]]):
    """One metric over several seeds."""

    mean = serializers.FloatField()
    deviation = serializers.FloatField(allow_null=True, help_text="of the sample (n - 1); null for a single run")
    runs = serializers.IntegerField()


class SpreadsSerializer(serializers.Serializer[dict[str, Any]]):
    """All metrics of one prediction; null where undefined in every run."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """One for each metric."""
        return {name: SpreadSerializer(allow_null=True) for name in METRICS}


class TaskSpreadsSerializer(serializers.Serializer[dict[str, Any]]):
    """By task; empty before the first run has ended."""

    multimodal = SpreadsSerializer(required=False)
    text = SpreadsSerializer(required=False)
    audio = SpreadsSerializer(required=False)
    vision = SpreadsSerializer(required=False)


class MetricIntervalsSerializer(serializers.Serializer[dict[str, Any]]):
    """95 % bootstrap interval [low, high] of each metric's mean over the runs, for the main task."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """One for each metric."""
        return {
            name: serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2, allow_null=True)
            for name in METRICS
        }


class ListedRunSerializer(serializers.ModelSerializer[Run]):
    """A run of an experiment as far as a list of experiments tells of it."""

    state = serializers.ChoiceField(Job.State.choices, read_only=True)
    main_task = serializers.ChoiceField(MODALITIES, read_only=True)
    ablation = serializers.CharField(source="recipe.ablation", default="none", read_only=True)

    class Meta:
        model = Run
        fields = ("id", "seed", "state", "model", "main_task", "recipe_name", "ablation", "semi")


class ExperimentSerializer(serializers.ModelSerializer[Experiment]):
    """An experiment with its runs; what these share stands in each of them."""

    project = serializers.UUIDField(source="version.project_id", read_only=True)
    version_number = serializers.CharField(source="version.number", read_only=True)
    simulated = serializers.BooleanField(source="version.simulated", read_only=True)
    runs = ListedRunSerializer(many=True, read_only=True)
    spreads = serializers.SerializerMethodField()

    class Meta:
        model = Experiment
        fields: tuple[str, ...] = (
            "id", "project", "version", "version_number", "simulated", "name", "runs", "spreads", "created_at",
        )  # fmt: skip

    @extend_schema_field(TaskSpreadsSerializer)
    def get_spreads(self, experiment: Experiment) -> dict[str, Any]:
        """Mean and deviation of the finished runs' test scores."""
        return spreads(finished_runs(experiment))


class ExperimentDetailSerializer(ExperimentSerializer):
    """An experiment with all about its runs."""

    runs = RunSerializer(many=True, read_only=True)  # type: ignore[assignment]  # the same runs, told at length


class IntervalsSerializer(AnsweredSerializer):
    """How sure an experiment's mean scores are."""

    intervals = MetricIntervalsSerializer(allow_null=True, help_text="null before the first run has ended")


class LaunchExperimentSerializer(LaunchSerializer):
    """What a person chooses for an experiment; `seed` is not read."""

    name = serializers.CharField(default="", allow_blank=True, max_length=100)
    seeds = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=2**31 - 1),
        default=list(SEEDS),
        min_length=2,
        max_length=50,
    )


class ComparedScoreSerializer(serializers.Serializer[dict[str, Any]]):
    """One metric of two runs; null where undefined."""

    first = serializers.FloatField(allow_null=True)
    second = serializers.FloatField(allow_null=True)
    effect = serializers.FloatField(allow_null=True, help_text="second minus first")
    p = serializers.FloatField(allow_null=True, help_text="two-sided, by approximate randomization")


class ComparedScoresSerializer(serializers.Serializer[dict[str, Any]]):
    """All metrics."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """One for each metric."""
        return {name: ComparedScoreSerializer() for name in METRICS}


class RunComparisonSerializer(AnsweredSerializer):
    """Two runs on the same test clips."""

    first = serializers.UUIDField()
    second = serializers.UUIDField()
    task = serializers.ChoiceField(MODALITIES)
    clips = serializers.IntegerField()
    metrics = ComparedScoresSerializer()
