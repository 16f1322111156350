"""Sweeps and their trials."""

import uuid
from typing import ClassVar, Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Case, Count, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from datasets.models import Job, Version
from datasets.vocabulary import Modality
from modeling.models.features import FeatureSet
from modeling.models.runs import Epoch, Run
from modeling.sweeping.goal import HIGHER_IS_BETTER, Objective, Pruner

OBJECTIVES = [(each.value, each.value) for each in Objective]
PRUNERS = [(each.value, each.value) for each in Pruner]


class SweepQuerySet(models.QuerySet["Sweep"]):
    """Questions about sweeps."""

    def with_best(self) -> Self:
        """Each with `best_value` and `best_number` of its finished trials, so that a page of sweeps stays one query."""
        finished = Trial.objects.filter(sweep=OuterRef("pk")).exclude(value=None)
        ordered = {up: finished.order_by("-value" if up else "value", "number") for up in (True, False)}
        return self.annotate(
            **{
                f"best_{name}": Case(
                    When(objective__in=HIGHER_IS_BETTER, then=Subquery(ordered[True].values(name)[:1])),
                    default=Subquery(ordered[False].values(name)[:1]),
                )
                for name in ("value", "number")
            }
        )


class Sweep(models.Model):
    """A search for better settings of a recipe, by trials that see the validation split alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sweeps")
    name = models.CharField(max_length=100, blank=True)
    recipe_name = models.CharField(max_length=30)
    recipe = models.JSONField()  # every setting; a trial changes those of the space
    # What the recipe's model reads.
    text = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, null=True, related_name="+")
    audio = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, null=True, related_name="+")
    vision = models.ForeignKey(FeatureSet, on_delete=models.PROTECT, null=True, related_name="+")
    space = models.JSONField()  # as modeling.sweeping.space.SearchSpace.to_list gives it
    objective = models.CharField(max_length=12, choices=OBJECTIVES)
    pruner = models.CharField(max_length=10, choices=PRUNERS)
    seed = models.PositiveIntegerField()  # of the search, and of every trial's training
    trials_wanted = models.PositiveIntegerField()
    # Its parts are the trials; the job itself ends when all of them have.
    job = models.OneToOneField(Job, on_delete=models.SET_NULL, null=True, related_name="sweep")
    importance = models.JSONField(null=True)  # setting -> share, greatest first; null while too few trials ended
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SweepQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or f"sweep of {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def feature_sets(self) -> dict[Modality, FeatureSet]:
        """What its trials read, by modality."""
        chosen = {Modality.TEXT: self.text, Modality.AUDIO: self.audio, Modality.VISION: self.vision}
        return {modality: each for modality, each in chosen.items() if each}

    @property
    def state(self) -> str:
        """Its job's state."""
        return self.job.state if self.job else Job.State.FAILED


class TrialQuerySet(models.QuerySet["Trial"]):
    """Questions about trials."""

    def with_progress(self) -> Self:
        """By number, each with `epochs_done` and everything that its state is read from, in one query."""
        counted = Epoch.objects.filter(run=OuterRef("run")).order_by().values("run").annotate(rows=Count("pk"))
        described = self.select_related("run__job", "run__text__job", "run__audio__job", "run__vision__job")
        return described.annotate(epochs_done=Coalesce(Subquery(counted.values("rows")), 0)).order_by("number")


class Trial(models.Model):
    """One run of a sweep, with the values that it tries."""

    PRUNED = "pruned"

    sweep = models.ForeignKey(Sweep, on_delete=models.CASCADE, related_name="trials")
    number = models.PositiveIntegerField()  # from 0
    parameters = models.JSONField()  # setting of the space -> value
    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="trial")
    value = models.FloatField(null=True)  # of the objective after the best epoch; null until it finished
    pruned_after = models.PositiveIntegerField(null=True)  # epoch after which it was stopped as hopeless

    objects = TrialQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sweep", "number"], name="one_trial_per_number")]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"trial {self.number}"

    @property
    def state(self) -> str:
        """Its job's state, or `pruned`."""
        return self.PRUNED if self.pruned_after is not None else self.run.state

    @property
    def has_ended(self) -> bool:
        """Whether its training is over with a result."""
        return self.value is not None or self.pruned_after is not None
