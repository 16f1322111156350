"""Shapes of sweeps, their trials and search spaces."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.api import SentenceSerializer
from datasets.models import Job
from modeling.models import OBJECTIVES, PRUNERS, Sweep, Trial
from modeling.serializers.runs import LaunchSerializer
from modeling.services.experiments import SEEDS
from modeling.services.sweeps import MOST_TRIALS
from modeling.sweeping.goal import Objective, Pruner
from modeling.sweeping.space import Kind

KINDS = [(each.value, each.value) for each in Kind]
TRIAL_STATES = [*Job.State.choices, (Trial.PRUNED, Trial.PRUNED)]


@extend_schema_field({"oneOf": [{"type": "number"}, {"type": "boolean"}]})
class ValueField(serializers.JSONField):
    """What a setting may be."""


class DimensionSerializer(serializers.Serializer[dict[str, Any]]):
    """One setting that varies: a range with two ends, or a choice of values."""

    setting = serializers.CharField(help_text="such as learning_rate, hidden_sizes.audio, or hidden_sizes for all")
    kind = serializers.ChoiceField(KINDS)
    low = serializers.FloatField(required=False)
    high = serializers.FloatField(required=False)
    choices = serializers.ListField(child=ValueField(), required=False, help_text="numbers or true, false")


class TrialSerializer(serializers.ModelSerializer[Trial]):
    """One trial: what it took, and what came of it. Its run has the curves."""

    run = serializers.UUIDField(source="run_id", read_only=True)
    state = serializers.ChoiceField(TRIAL_STATES, read_only=True)
    parameters = serializers.DictField(child=ValueField(), help_text="setting of the space -> value")
    epochs_done = serializers.IntegerField(read_only=True)
    error = serializers.CharField(source="run.error", read_only=True)
    failure = SentenceSerializer(source="run.failure", allow_null=True, read_only=True)

    class Meta:
        model = Trial
        fields = ("number", "run", "state", "parameters", "value", "pruned_after", "epochs_done", "error", "failure")


class SweepSerializer(serializers.ModelSerializer[Sweep]):
    """A sweep as a table shows it."""

    project = serializers.UUIDField(source="version.project_id", read_only=True)
    version_number = serializers.CharField(source="version.number", read_only=True)
    simulated = serializers.BooleanField(source="version.simulated", read_only=True)
    model = serializers.CharField(source="recipe.model", read_only=True)
    semi = serializers.BooleanField(source="recipe.semi", read_only=True)
    state = serializers.ChoiceField(Job.State.choices, read_only=True)
    space = DimensionSerializer(many=True, read_only=True)
    trials_ended = serializers.IntegerField(source="job.done", default=0, read_only=True)
    best_value = serializers.FloatField(allow_null=True, read_only=True, help_text="null before a trial has finished")
    best_number = serializers.IntegerField(allow_null=True, read_only=True)
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Sweep
        fields: tuple[str, ...] = (
            "id", "project", "version", "version_number", "simulated", "name", "model", "semi", "recipe_name", "space",
            "objective", "pruner", "seed", "trials_wanted", "trials_ended", "state", "job", "best_value", "best_number",
            "created_by", "created_at",
        )  # fmt: skip


class SweepDetailSerializer(SweepSerializer):
    """A sweep with all its trials."""

    trials = serializers.SerializerMethodField()
    importance = serializers.DictField(
        child=serializers.FloatField(),
        allow_null=True,
        help_text="setting -> share of the objective's variance (fANOVA), greatest first; null while too few finished",
    )
    recipe = serializers.DictField()

    class Meta(SweepSerializer.Meta):
        fields: tuple[str, ...] = (*SweepSerializer.Meta.fields, "trials", "importance", "recipe")

    @extend_schema_field(TrialSerializer(many=True))
    def get_trials(self, sweep: Sweep) -> Any:
        """By number."""
        return TrialSerializer(sweep.trials.with_progress(), many=True).data


class LaunchSweepSerializer(LaunchSerializer):
    """What a person chooses for a sweep; `seed` is that of the search and of every training."""

    name = serializers.CharField(default="", allow_blank=True, max_length=100)
    space = DimensionSerializer(many=True)
    trials = serializers.IntegerField(default=20, min_value=1, max_value=MOST_TRIALS)
    objective = serializers.ChoiceField(OBJECTIVES, default=Objective.MAE.value)
    pruner = serializers.ChoiceField(PRUNERS, default=Pruner.MEDIAN.value)


class OfferedSpaceSerializer(LaunchSerializer):
    """The recipe whose space is asked for."""

    version = None  # type: ignore[assignment]  # what can vary depends on the recipe alone


class ExtendSweepSerializer(serializers.Serializer[dict[str, Any]]):
    """How many trials a finished sweep gets beside those that it has."""

    trials = serializers.IntegerField(min_value=1, max_value=MOST_TRIALS)


class TrainBestSerializer(serializers.Serializer[dict[str, Any]]):
    """Seeds of the experiment."""

    seeds = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=2**31 - 1),
        default=list(SEEDS),
        min_length=2,
        max_length=50,
    )
