"""The trained model of a finished run, read from storage and checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from datasets.media import storage
from modeling.errors import RunFailed, RunUnfinished
from modeling.models import Run
from modeling.prediction import BadWeights, TrainedModel, load_weights


def stored_model(run: Run) -> TrainedModel:
    """Its weights with their recipe; RunUnfinished before there are any, RunFailed when they are not as stored."""
    with stored_weights(run) as path:
        try:
            return load_weights(path)
        except BadWeights as error:
            raise RunFailed(str(error)) from error


@contextmanager
def stored_weights(run: Run) -> Iterator[Path]:
    """The file of its weights; RunUnfinished and RunFailed as above."""
    if run.metrics is None:
        raise RunUnfinished(f"The run {run.pk} is {run.state} and has no weights yet.")
    with storage.local(run.weights) as path:
        if not path.is_file() or storage.sha256_of(path) != run.weights_sha256:
            raise RunFailed(f"The stored weights of the run {run.pk} are missing or were changed; train it again.")
        yield path
