"""What is asked of the predictions of finished runs, which never change (datasets.questions)."""

import json
from typing import Any, Self

from django.contrib.auth.models import User

from config.sentences import Sentence, sentence
from datasets.questions import Question, Report, Stamp, registers
from datasets.vocabulary import Modality, Split
from modeling.models import Experiment, Run
from modeling.scores import check_comparable, compare_runs, finished_runs, intervals
from modeling.selectors import check_predicted, describe_errors


class RunQuestion(Question):
    """A question about finished runs of one version."""

    frozen = True

    def require_sight(self, user: User) -> None:
        """The project's staff sees all of its runs."""


def run_of(key: str) -> Run:
    """The run with this id."""
    return Run.objects.select_related("version__project").get(pk=key)


@registers
class IntervalsQuestion(RunQuestion):
    """What intervals the test clips allow for an experiment's mean scores; its runs may end one after the other."""

    kind = "experiment_intervals"

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.project = experiment.version.project
        self.subject = str(experiment.pk)
        self.runs = finished_runs(experiment)

    @classmethod
    def of(cls, subject: str, parameters: str) -> Self:
        """Of the experiment with this id."""
        return cls(Experiment.objects.select_related("version__project").get(pk=subject))

    @property
    def title(self) -> Sentence:
        """For the ledger."""
        return sentence("experiment_intervals", "Intervals of {experiment}", experiment=str(self.experiment))

    def size(self) -> int:
        """Predictions of test clips."""
        return len(self.runs) * self.experiment.version.rows.filter(split=Split.TEST).count()

    def stamp(self) -> Stamp:
        """Which runs have ended."""
        return Stamp(json.dumps([str(run.pk) for run in self.runs]))

    def compute(self, report: Report) -> dict[str, Any]:
        """By modeling.significance; null before the first run has ended."""
        report(0, 1, sentence("drawing_anew", "Drawing test clips anew"))
        return {"intervals": intervals(self.runs) if self.runs else None}


@registers
class ErrorsQuestion(RunQuestion):
    """Where one prediction of a run errs on one split."""

    kind = "run_errors"

    def __init__(self, run: Run, task: Modality, split: Split) -> None:
        """Conflict before the run has predictions, or when it does not predict the task."""
        check_predicted(run, task)
        self.run, self.task, self.split = run, task, split
        self.project = run.version.project
        self.subject = str(run.pk)
        self.parameters = f"{task} {split}"

    @classmethod
    def of(cls, subject: str, parameters: str) -> Self:
        """Of the run with this id."""
        task, split = parameters.split()
        return cls(run_of(subject), Modality(task), Split(split))

    @property
    def title(self) -> Sentence:
        """For the ledger."""
        return sentence(
            "run_errors",
            "Errors of the run {run}: {modality}, {split}",
            run=str(self.run.pk),
            modality=self.task,
            split=self.split,
        )

    def size(self) -> int:
        """Predictions."""
        return self.run.predictions.filter(split=self.split).count()

    def compute(self, report: Report) -> dict[str, Any]:
        """By modeling.error_analysis."""
        report(0, 1, sentence("comparing_labels", "Holding predictions against labels"))
        return describe_errors(self.run, self.task, self.split)


@registers
class ComparisonQuestion(RunQuestion):
    """How far two runs lie apart on the same test clips."""

    kind = "run_comparison"

    def __init__(self, first: Run, second: Run, task: Modality) -> None:
        """Conflict when nothing joins the two."""
        check_comparable(first, second, task)
        self.first, self.second, self.task = first, second, task
        self.project = first.version.project
        self.subject = f"{first.pk} {second.pk}"
        self.parameters = str(task)

    @classmethod
    def of(cls, subject: str, parameters: str) -> Self:
        """Of the runs with these ids."""
        first, second = map(run_of, subject.split())
        return cls(first, second, Modality(parameters))

    @property
    def title(self) -> Sentence:
        """For the ledger."""
        return sentence(
            "runs_compared",
            "Runs {first} and {second} compared: {modality}",
            first=str(self.first.pk),
            second=str(self.second.pk),
            modality=self.task,
        )

    def size(self) -> int:
        """Predictions of test clips."""
        return 2 * self.first.version.rows.filter(split=Split.TEST).count()

    def compute(self, report: Report) -> dict[str, Any]:
        """By modeling.significance."""
        report(0, 1, sentence("swapping", "Swapping predictions at random"))
        return compare_runs(self.first, self.second, self.task)
