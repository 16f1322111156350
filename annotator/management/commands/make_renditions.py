"""Make the files that annotators perceive, and audit each."""

from argparse import ArgumentParser
from typing import Any

from annotator.services.renditions import request_renditions
from config.commands import CuesetCommand
from config.errors import DomainError
from datasets.models import Job
from datasets.people import find_project
from datasets.runner import finish_here


class Command(CuesetCommand):
    """`manage.py make_renditions --project NAME [--all] [--wait]`."""

    help = (
        "Make noised audio, silent video and multimodal video of a project's supervised clips and audit each file; "
        "what passed before is kept. Queues the job; --wait does it here."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        """Project, scope, and whether to wait."""
        parser.add_argument("--project", required=True, help="name of the project")
        parser.add_argument("--all", action="store_true", dest="everything", help="unsupervised clips too")
        parser.add_argument("--wait", action="store_true", help="do the work in this process and report on it")

    def run(self, *, project: str, everything: bool, wait: bool, **_: Any) -> dict[str, Any]:
        """Queue; with --wait, the counts and every failure."""
        job = request_renditions(project=find_project(project), everything=everything)
        if not wait:
            return {"job": job.pk}
        job = finish_here(job, report=self.report)
        if job.state != Job.State.SUCCEEDED or job.result is None:
            raise DomainError(f"The job ended {job.state}: {job.error}")
        return {"job": job.pk, **job.result}

    def report(self, job: Job) -> None:
        """One line per finished clip."""
        self.say(f"{job.done} of {job.total} clips")
