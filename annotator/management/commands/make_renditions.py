"""Make the files that annotators perceive, and audit each."""

import os
from argparse import ArgumentParser
from typing import Any

from annotator.services.renditions import request_renditions
from config.commands import CuesetCommand
from config.errors import DomainError
from datasets.jobs import seconds_left
from datasets.models import Job
from datasets.people import find_project
from datasets.runner import finish_here
from datasets.side_by_side import helpers


class Command(CuesetCommand):
    """`manage.py make_renditions --project NAME [--all] [--wait [--workers N]]`."""

    help = (
        "Make noised audio, silent video and multimodal video of a project's supervised clips and audit each file; "
        "what passed before is kept. Queues the job; --wait does it here."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        """Project, scope, and whether to wait."""
        parser.add_argument("--project", required=True, help="name of the project")
        parser.add_argument("--all", action="store_true", dest="everything", help="unsupervised clips too")
        parser.add_argument("--wait", action="store_true", help="do the work here and report on it")
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that do it with --wait")

    def run(self, *, project: str, everything: bool, wait: bool, workers: int, **_: Any) -> dict[str, Any]:
        """Queue; with --wait, the counts and every failure."""
        job = request_renditions(project=find_project(project), everything=everything)
        if not wait:
            return {"job": job.pk}
        with helpers(job, min(workers, job.total) - 1):
            job = finish_here(job, report=self.report)
        if job.state != Job.State.SUCCEEDED or job.result is None:
            raise DomainError(f"The job ended {job.state}: {job.error}")
        return {"job": job.pk, **job.result}

    def report(self, job: Job) -> None:
        """One line per finished clip, with the time that the rest will take at this pace."""
        left = seconds_left(job)
        self.say(f"{job.done} of {job.total} clips" + ("" if left is None else f", about {left} s left"))
