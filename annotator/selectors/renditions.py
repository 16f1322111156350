"""Which clips of a project need renditions, in the order in which annotators wait for them."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotator.isolation.parameters import IsolationParameters
from annotator.models import Assignment, Campaign, Reference, Rendition
from annotator.shown import PLAYED
from datasets.models import Clip, Project


def isolations_of(project: Project) -> list[IsolationParameters]:
    """The parameters of every campaign that is not closed, each once; the defaults where there is no campaign."""
    going_on = Campaign.objects.filter(project=project).exclude(state=Campaign.State.CLOSED).order_by("created_at")
    kept = [IsolationParameters.from_record(campaign.isolation) for campaign in going_on]
    return list(dict.fromkeys(kept)) or [IsolationParameters()]


def clips_to_render(project: Project, parameters: IsolationParameters, *, everything: bool = False) -> QuerySet[Clip]:
    """Clips that lack a rendition that may be shown for some stage: first those that somebody has yet to rate.

    `everything` takes unsupervised clips too, which nobody is asked to rate.
    """
    waited_for = Assignment.objects.filter(
        clip=OuterRef("pk"), current__isnull=True, membership__campaign__state=Campaign.State.OPEN
    )
    made = Rendition.objects.filter(clip=OuterRef("pk"), isolation_digest=parameters.digest).served()
    counted = made.order_by().values("clip").annotate(count=Count("pk")).values("count")
    clips = wanted_clips(project, everything=everything).annotate(served=Coalesce(Subquery(counted), 0))
    lacking = clips.filter(served__lt=len(PLAYED)).annotate(waited_for=Exists(waited_for))
    return lacking.select_related("source").order_by("-waited_for", "order")


def wanted_clips(project: Project, *, everything: bool = False) -> QuerySet[Clip]:
    """The clips that get renditions at all: supervised ones, and those that are to be somebody's reference."""
    clips = Clip.objects.filter(project=project)
    referred_to = Exists(Reference.objects.filter(clip=OuterRef("pk")))
    return clips if everything else clips.filter(Q(referred_to) | Q(supervised=True))


def served_modalities(clip: Clip, parameters: IsolationParameters) -> set[str]:
    """The stages for which the clip has a rendition that may be shown."""
    made = Rendition.objects.filter(clip=clip, isolation_digest=parameters.digest).served()
    return set(made.values_list("modality", flat=True))
