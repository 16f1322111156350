"""Which clips of a project need renditions, in the order in which annotators wait for them."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotator.isolation.parameters import IsolationParameters
from annotator.models import Assignment, Campaign, Rendition
from annotator.shown import PLAYED
from datasets.models import Clip, Project


def isolations_of(project: Project) -> list[IsolationParameters]:
    """The parameters of every campaign that is not closed, each once; the defaults where there is no campaign."""
    going_on = Campaign.objects.filter(project=project).exclude(state=Campaign.State.CLOSED).order_by("created_at")
    kept = [IsolationParameters.from_record(campaign.isolation) for campaign in going_on]
    return list(dict.fromkeys(kept)) or [IsolationParameters()]


def clips_to_render(project: Project, parameters: IsolationParameters, *, everything: bool = False) -> QuerySet[Clip]:
    """Clips that lack a passed rendition for some stage: first those that somebody has yet to rate.

    `everything` takes unsupervised clips too, which nobody is asked to rate.
    """
    passed = Q(renditions__passed=True, renditions__isolation_digest=parameters.digest)
    waited_for = Assignment.objects.filter(
        clip=OuterRef("pk"), current__isnull=True, membership__campaign__state=Campaign.State.OPEN
    )
    clips = wanted_clips(project, everything=everything).annotate(passed=Count("renditions", filter=passed))
    lacking = clips.filter(passed__lt=len(PLAYED)).annotate(waited_for=Exists(waited_for))
    return lacking.select_related("source").order_by("-waited_for", "order")


def wanted_clips(project: Project, *, everything: bool = False) -> QuerySet[Clip]:
    """The clips that get renditions at all."""
    clips = Clip.objects.filter(project=project)
    return clips if everything else clips.filter(supervised=True)


def passed_modalities(clip: Clip, parameters: IsolationParameters) -> set[str]:
    """The stages for which the clip has a rendition that passed its audit."""
    made = Rendition.objects.filter(clip=clip, isolation_digest=parameters.digest, passed=True)
    return set(made.values_list("modality", flat=True))
