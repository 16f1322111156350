"""The sample project: drawn speakers, synthesized voices, simulated scores, and seven people to finish the labeling."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from annotator.models import Annotation, Campaign, Rendition
from annotator.services.campaigns import create_campaign
from annotator.services.imports import import_annotations
from annotator.services.renditions import request_renditions
from annotator.services.sample_preparation import is_prepared, prepare_sample
from annotator.services.writing_scores import ScoreImport
from config.errors import DomainError
from config.home import BASE_DIR
from config.sentences import sentence
from datasets.jobs import enqueue
from datasets.models import Job, Project, Role
from datasets.people import find_or_make_account, give_role
from datasets.runner import finish_here
from datasets.services.projects import find_or_make_project

NAME = "sample"
FOLDER = BASE_DIR / "sample"
ANNOTATORS = tuple(f"sample_a{number}" for number in range(1, 8))
STAFF = {"sample_admin": Role.Kind.ADMIN, "sample_researcher": Role.Kind.RESEARCHER}
# With this one, none of the clips that sample_a7 has left open is to be rated twice.
SEED = 1113


class SampleFailed(DomainError):
    """A step of loading the sample ended badly."""

    code = "sample_failed"


@dataclass(frozen=True)
class LoadedSample:
    """The sample's project and campaign, and the job that makes its renditions (None when all are there)."""

    project: Project
    campaign: Campaign
    renditions: Job | None


def load_sample(*, report: Callable[[Job], None] = lambda job: None) -> LoadedSample:
    """Load what is missing of the sample project; a second call changes nothing, a crashed one is completed."""
    project = find_or_make_project(name=NAME, simulated=True)
    describe(project)
    make_people(project)
    if not project.clips.exists():
        import_videos(project, report)
    campaign = Campaign.objects.filter(project=project, name=NAME).first() or make_campaign(project)
    if not Annotation.objects.filter(assignment__membership__campaign=campaign).exists():
        import_annotations(campaign=campaign, path=FOLDER / "scores.csv", how=ScoreImport(simulated=True))
    if not is_prepared(campaign):
        prepare_sample(campaign, FOLDER / "references.csv")
    complete = Rendition.objects.filter(clip__project=project, passed=True).exists()
    return LoadedSample(project, campaign, None if complete else request_renditions(project=project))


def describe(project: Project) -> None:
    """Say where the sample comes from, unless somebody has written it otherwise."""
    Project.objects.filter(pk=project.pk, collection="").update(
        collection="Made by a program (scripts/make_sample): faces are drawn, voices are synthesized.",
        consent="Nobody is seen or heard in these videos.",
        licence="MIT, as Cueset itself",
    )


@transaction.atomic
def make_campaign(project: Project) -> Campaign:
    """In one transaction, which so few clips allow: whoever loads the sample again finds all of it or nothing."""
    return create_campaign(project=project, annotators=ANNOTATORS, seed=SEED).campaign


@transaction.atomic
def make_people(project: Project) -> None:
    """Accounts with random passwords, which their owner may read in the home folder."""
    passwords = {}
    for username in (*STAFF, *ANNOTATORS):
        user, password = find_or_make_account(username)
        give_role(project=project, user=user, kind=STAFF.get(username, Role.Kind.ANNOTATOR))
        if password:
            passwords[username] = password
    if passwords:
        write_passwords(settings.HOME / "sample_accounts.txt", passwords)


def write_passwords(path: Path, passwords: dict[str, str]) -> None:
    """One line per account, readable by its owner only."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("".join(f"{name:18} {password}\n" for name, password in passwords.items()))


def import_videos(project: Project, report: Callable[[Job], None]) -> None:
    """Cut the clips of the shipped videos, in this process."""
    payload = {"folder": str(FOLDER / "videos"), "manifest": str(FOLDER / "clips.csv"), "atomic": True}
    title = sentence("cut_sample", "Cut the sample's clips")
    job = enqueue(kind="import_clips", title=title, queue="media", payload=payload, project=project)
    job = finish_here(job, report)
    if job.state != Job.State.SUCCEEDED:
        raise SampleFailed(f"The sample's clips could not be imported: {job.error or job.state}")
