"""The trained model of a finished run, read from storage and checked."""

from modeling.errors import RunFailed
from modeling.models import Run
from modeling.prediction import BadWeights, TrainedModel, load_weights
from modeling.run_folder import stored_weights


def stored_model(run: Run) -> TrainedModel:
    """Its weights with their recipe; RunUnfinished before there are any, RunFailed when they are not as stored."""
    with stored_weights(run) as path:
        try:
            return load_weights(path)
        except BadWeights as error:
            raise RunFailed(str(error)) from error
