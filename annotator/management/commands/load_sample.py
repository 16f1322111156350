"""Load the sample project."""

from typing import Any

from django.core.management.base import CommandParser

from annotator.services.sample import NAME, load_sample
from config.commands import CuesetCommand
from datasets.models import Job, Project
from datasets.runner import finish_here


class Command(CuesetCommand):
    """Drawn speakers, synthesized voices, simulated scores: a whole project to try everything on."""

    help = "load the sample project and campaign, both named “sample”, with simulated annotators"

    def add_options(self, parser: CommandParser) -> None:
        """When to load, and whether to wait for the renditions."""
        parser.add_argument("--wait", action="store_true", help="make the renditions too before answering")
        parser.add_argument("--first-start", action="store_true", help="do nothing when any other project is there")

    def run(self, *, wait: bool, first_start: bool, **options: Any) -> dict[str, Any]:
        """Load what is missing; returns counts."""
        if first_start and Project.objects.exclude(name=NAME).exists():
            return {"loaded": False}
        loaded = load_sample(report=self.tell)
        job = loaded.renditions
        if wait and job:
            job = finish_here(job, self.tell)
        clips = loaded.project.clips
        return {
            "loaded": True,
            "project": NAME,
            "campaign": NAME,
            "sources": loaded.project.sources.count(),
            "clips": clips.count(),
            "supervised": clips.filter(supervised=True).count(),
            "annotators": loaded.campaign.memberships.count(),
            "job": str(job.pk) if job else None,
            "renditions": job.result if job and job.state == Job.State.SUCCEEDED else None,
        }

    def tell(self, job: Job) -> None:
        """Progress for the person who waits."""
        self.say(f"{job.title}: {job.done} of {job.total} {job.doing}")
