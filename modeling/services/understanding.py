"""Asking for the map of a run's representations."""

import math

from django.contrib.auth.models import User
from django.db import transaction

from config.sentences import sentence
from datasets.jobs import enqueue
from datasets.models import Job
from modeling.errors import CannotMap, RunUnfinished
from modeling.models import RepresentationMap, Run

PERPLEXITY = 30.0
SEED = 1111


def request_map(
    *, run: Run, perplexity: float = PERPLEXITY, seed: int = SEED, actor: User | None = None
) -> RepresentationMap:
    """The map with these settings: made once, tried again only where it failed.

    Raises RunUnfinished before the run has weights, CannotMap for a perplexity that is none.
    """
    if run.metrics is None:
        raise RunUnfinished(f"The run {run.pk} is {run.state} and has no representations yet.")
    if not (math.isfinite(perplexity) and perplexity >= 1):
        raise CannotMap(f"A perplexity of {perplexity} means nothing: give a number from 1 to about 50.")
    with transaction.atomic():
        Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
        wanted, _ = RepresentationMap.objects.get_or_create(run=run, perplexity=perplexity, seed=seed)
        if wanted.result is None and (wanted.job is None or wanted.job.state in Job.ENDED):
            wanted.job = enqueue(
                kind="map_representations",
                title=sentence("map_representations", "Map representations"),
                queue="features",
                payload={"map": str(wanted.pk)},
                project=run.version.project,
                created_by=actor,
            )
            wanted.save(update_fields=["job"])
    return wanted
