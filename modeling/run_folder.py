"""A finished run's folder in storage: what is in it, and whether its weights are as they were stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage

from datasets.media import storage
from modeling.errors import RunFailed, RunUnfinished
from modeling.models import Run

NAMES = ("params.yaml", "metrics.json", "environment.json", "predictions.parquet", "model.safetensors")
EVENTS = "events.out.tfevents."  # then the moment of the launch


def files_of(run: Run) -> list[str]:
    """Names of what is in a finished run's folder, in a fixed order; runs of earlier releases have no events."""
    there = set(default_storage.listdir(f"runs/{run.pk}")[1])
    return [*(name for name in NAMES if name in there), *sorted(name for name in there if name.startswith(EVENTS))]


@contextmanager
def stored_weights(run: Run) -> Iterator[Path]:
    """The file of its weights; RunUnfinished before there are any, RunFailed when they are not as stored."""
    if run.metrics is None:
        raise RunUnfinished(f"The run {run.pk} is {run.state} and has no weights yet.")
    with storage.local(run.weights) as path:
        if not path.is_file() or storage.sha256_of(path) != run.weights_sha256:
            raise RunFailed(f"The stored weights of the run {run.pk} are missing or were changed; train it again.")
        yield path
