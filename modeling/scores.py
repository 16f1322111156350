"""Scores of several runs together: an experiment's spread, intervals on its test split, and two runs compared."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from config.errors import Conflict
from datasets.models import VersionClip
from datasets.vocabulary import Modality, Split
from modeling.metrics import METRICS
from modeling.models import Experiment, Run
from modeling.significance import Values, bootstrap_intervals, compare_predictions, spread

# Drawing test clips and swapping predictions is chance too, repeatable like a training.
SEED = 1111


class NothingInCommon(Conflict):
    """Two runs that no clip or prediction joins."""

    code = "nothing_in_common"


def finished_runs(experiment: Experiment) -> list[Run]:
    """Its runs with scores, by seed."""
    return sorted((run for run in experiment.runs.all() if run.metrics is not None), key=lambda run: run.seed)


def spreads(runs: Sequence[Run]) -> dict[str, dict[str, dict[str, Any] | None]]:
    """Task -> metric -> mean, deviation and number of runs on the test split."""
    tables = [run.metrics["test"] for run in runs if run.metrics]
    tasks = [task for task in Modality if tables and task in tables[0]]
    return {
        str(task): {
            name: None if (found := spread([table[task][name] for table in tables])) is None else asdict(found)
            for name in METRICS
        }
        for task in tasks
    }


def intervals(runs: Sequence[Run]) -> dict[str, tuple[float, float] | None]:
    """95 % interval of each metric's mean over the runs, for their main task."""
    task = runs[0].main_task
    tested = [_tested(run, task) for run in runs]
    truth = tested[0][1]
    return bootstrap_intervals(np.stack([predictions for predictions, _ in tested]), truth, seed=SEED)


def compare_runs(first: Run, second: Run, task: Modality) -> dict[str, Any]:
    """Every metric of one prediction of both runs on the same test clips, with effect (second - first) and p."""
    check_comparable(first, second, task)
    (one, truth), (other, _) = (_tested(run, task) for run in (first, second))
    compared = compare_predictions(one, other, truth, seed=SEED)
    return {
        "first": str(first.pk),
        "second": str(second.pk),
        "task": str(task),
        "clips": len(truth),
        "metrics": {name: asdict(each) for name, each in compared.items()},
    }


def check_comparable(first: Run, second: Run, task: Modality) -> None:
    """Raise Conflict unless both runs have predicted the task on the same version."""
    if first.version_id != second.version_id:
        raise NothingInCommon("These runs are on different versions, so their test splits cannot be paired.")
    for run in (first, second):
        if run.metrics is None:
            raise Conflict(f"The run {run.pk} is {run.state} and has no predictions to compare.")
        if task not in run.metrics["test"]:
            raise NothingInCommon(f"The run {run.pk} has no {task} prediction.")


def _tested(run: Run, task: Modality) -> tuple[Values, Values]:
    """Predictions and labels of the labelled test clips, in the version's row order."""
    rows = VersionClip.objects.filter(version=run.version_id, split=Split.TEST).exclude(**{task: None})
    labels = dict(rows.order_by("order").values_list("clip_id", task))
    predicted = dict(run.predictions.filter(split=Split.TEST).values_list("clip_id", task))
    return np.array([predicted[clip] for clip in labels]), np.array(list(labels.values())) / 5
