"""Publishing, and looking ahead at it, as people ask for them: at once where a project is small, else by a job."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User

from config.sentences import Sentence, sentence
from datasets.jobs import enqueue
from datasets.models import Job, Label, Project, Version
from datasets.runner import Work, handles
from datasets.services.beginning import is_short
from datasets.services.drafts import nothing_to_publish
from datasets.services.imports import WAITED_FOR
from datasets.services.versions import Published, preview_version, publish_version
from datasets.splitting import Grouping
from datasets.vocabulary import Modality

PUBLISH, PREVIEW = "publish_version", "preview_version"


def request_version(
    *, project: Project, seed: int, notes: str = "", grouping: Grouping = Grouping.STRICTEST, author: User | None = None
) -> Published | Job:
    """Publish a small project at once, a large one by a job, which is the one at work on the same if there is one.

    Raises NothingToPublish where that is seen at once; at once CannotSplit too.
    """
    if is_quickly_frozen(project):
        return publish_version(project=project, seed=seed, notes=notes, grouping=grouping, author=author)
    if not Label.objects.filter(clip__project=project).exists():
        raise nothing_to_publish(project)
    wanted = {"seed": seed, "split_by": str(grouping), "notes": notes}
    found = latest(project, PUBLISH, wanted)
    if found and found.state not in Job.ENDED:
        return found
    title = sentence("publish", "Publish {project}", project=project.name)
    return begin(project, PUBLISH, title, wanted | {"version": str(uuid4())}, author)


@handles(PUBLISH)
def publish(work: Work) -> dict[str, Any]:
    """Payload: seed, split_by, notes, and the id that a new version gets.

    What an earlier attempt froze stands, even if labels have changed since: one request makes one version at most.
    """
    wanted = work.payload
    version, created = Version.objects.filter(pk=wanted["version"]).first(), True
    if version is None:
        published = publish_version(
            project=work.project,
            seed=wanted["seed"],
            notes=wanted["notes"],
            grouping=Grouping(wanted["split_by"]),
            author=work.job.created_by,
            watch=work,
            pk=UUID(wanted["version"]),
        )
        version, created = published.version, published.created
    return {"version": str(version.pk), "number": version.number, "sha256": version.sha256, "created": created}


def request_preview(
    *, project: Project, seed: int, grouping: Grouping = Grouping.STRICTEST, author: User | None = None
) -> dict[str, Any] | Job:
    """What publishing would freeze now (Preview.facts), or the job that finds it out; ask again when it has ended."""
    if is_quickly_frozen(project):
        return preview_version(project=project, seed=seed, grouping=grouping).facts()
    wanted = {"seed": seed, "split_by": str(grouping)}
    found = latest(project, PREVIEW, wanted)
    if found and found.result and found.result["state"] == state_of(project):
        preview: dict[str, Any] = found.result["preview"]
        return preview
    if found and found.state not in Job.ENDED:
        return found
    title = sentence("preview", "Look at what publishing {project} would freeze", project=project.name)
    return begin(project, PREVIEW, title, wanted, author)


@handles(PREVIEW)
def look_ahead(work: Work) -> dict[str, Any]:
    """Payload: seed, split_by. The result is good for as long as the project's state is the one named in it."""
    state = state_of(work.project)
    grouping = Grouping(work.payload["split_by"])
    preview = preview_version(project=work.project, seed=work.payload["seed"], grouping=grouping, watch=work)
    return {"state": state, "preview": preview.facts()}


def is_quickly_frozen(project: Project) -> bool:
    """Whether it takes no longer than a request may: by the labels that there may be."""
    return is_short(project.clips.count() * len(Modality))


def state_of(project: Project) -> list[int | None]:
    """What is another whenever a draft of the project could be.

    Whatever changes labels, transcripts, terms or versions leaves an event; an import that still runs, clips.
    """
    return [project.events.order_by("-pk").values_list("pk", flat=True).first(), project.clips.count()]


def latest(project: Project, kind: str, wanted: dict[str, Any]) -> Job | None:
    """The newest job of the project that was asked the same."""
    same = {f"payload__{name}": value for name, value in wanted.items()}
    return Job.objects.filter(project=project, kind=kind, **same).order_by("-created_at").first()


def begin(project: Project, kind: str, title: Sentence, payload: dict[str, Any], author: User | None) -> Job:
    """Put it into the ledger, ahead of what nobody waits for."""
    return enqueue(
        kind=kind, title=title, queue="media", payload=payload, project=project, created_by=author, priority=WAITED_FOR
    )
