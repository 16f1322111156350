"""What the commands that wait for trainings show and raise."""

from django.core.management.base import CommandError

from datasets.management.progress import progress_bar
from datasets.models import Job
from datasets.runner import finish_here
from modeling.models import Run


def wait_for_run(run: Run) -> None:
    """Do the run's job here if no worker does, with a bar of epoch, losses and time left; CommandError if it fails."""
    assert run.job is not None  # noqa: S101 - its features are complete, or it would not have been launched
    with progress_bar(run.job, lambda job: _doing(run, job)):
        ended = finish_here(run.job)
    if ended.state != Job.State.SUCCEEDED:
        raise CommandError(ended.error or f"The run {run.pk} is {ended.state}.")


def _doing(run: Run, job: Job) -> str:
    """The batch at hand, and the last epoch's validation loss beside the best one."""
    losses = list(run.epochs.order_by("number").values_list("valid_loss", flat=True))
    if not losses:
        return job.doing
    return f"{job.doing}, validation {losses[-1]:.4f} (best {min(losses):.4f})"
