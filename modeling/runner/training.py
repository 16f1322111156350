"""The job of a run: a child process trains, this one watches it, keeps the lease and ends it when asked to."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from datasets.media import storage
from datasets.models import Job
from datasets.runner import Work, handles
from modeling.child import Ending, run_child
from modeling.errors import RunFailed
from modeling.models import Run


@handles("train")
def train(work: Work) -> dict[str, Any]:
    """Train in a fresh process, because CUDA and fork do not mix and a cancelled run must be gone whole."""
    run = Run.objects.get(pk=work.payload["run"])
    # A worker may have died between its child's last word and its own.
    if run.metrics is None:
        ending = train_in_child(work, run)
        run.refresh_from_db()
        if run.metrics is None:
            raise failure_of(work, ending)
    return {"run": str(run.pk), "best_epoch": run.best_epoch, "metrics": run.metrics}


def train_in_child(work: Work, run: Run) -> Ending:
    """Start the command that executes a run, keep the job's lease while it works, and end it when asked to."""
    command: list[str | Path] = [
        sys.executable, settings.BASE_DIR / "manage.py", "execute_run", str(run.pk),
        "--fence", str(work.job.fence), "--parent", str(os.getpid()),
    ]  # fmt: skip

    def watch() -> None:
        work.renew()
        work.check()

    with storage.workspace() as folder:
        return run_child(
            command,
            log=folder / "child.log",
            watch=watch,
            folder=settings.BASE_DIR,
            env={**os.environ, "CUESET_HOME": str(settings.HOME)},
        )


def failure_of(work: Work, ending: Ending) -> RunFailed:
    """Keep what the child said last, and say in one sentence how it ended."""
    Job.objects.filter(pk=work.job.pk, fence=work.job.fence).update(log_tail=ending.log_tail)
    if ending.signal_name:
        cause = " (often the system's answer to a lack of memory)" if ending.signal_name == "SIGKILL" else ""
        return RunFailed(f"The training process was ended by {ending.signal_name}{cause}; launch the run again.")
    reason = ending.last_line.removeprefix("CommandError: ") or "it said nothing"
    return RunFailed(f"The training process ended with exit code {ending.code}: {reason}")
