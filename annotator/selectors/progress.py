"""How far campaigns are: answers per annotator and stage, renditions, labels; never a score."""

from collections import defaultdict
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Sum

from annotator.models import (
    Annotation,
    Assignment,
    Campaign,
    CampaignClip,
    MembershipChange,
    Overruling,
    Progress,
    Rendition,
    RenditionQuerySet,
)
from annotator.shown import PLAYED
from config.errors import NotFound
from config.kept import kept
from datasets.models import Label
from datasets.people import staff_projects
from datasets.vocabulary import Modality


def campaigns_seen_by(user: User) -> QuerySet[Campaign]:
    """Campaigns of the projects that this person works on as admin or researcher."""
    return Campaign.objects.filter(project__in=staff_projects(user)).select_related("project")


def find_campaign(name: str) -> Campaign:
    """The campaign of this name; a clear error that lists the names there are."""
    campaign = Campaign.objects.filter(name=name).select_related("project").first()
    if campaign:
        return campaign
    names = ", ".join(Campaign.objects.order_by("name").values_list("name", flat=True)[:10]) or "none yet"
    raise NotFound(f"There is no campaign named “{name}” (campaigns: {names}).")


def unbegun_stages(campaign: Campaign) -> QuerySet[Progress]:
    """Stages, by annotator and batch, in which nobody has answered yet."""
    return Progress.objects.filter(membership__campaign=campaign, done=0)


def label_origin(campaign: Campaign) -> str:
    """How labels name the campaign that settled them."""
    return f"campaign {campaign.name}"


def decision_origin(campaign: Campaign) -> str:
    """How labels name the campaign in which an admin decided them."""
    return f"decision in campaign {campaign.name}"


def progress_of(campaign: Campaign) -> list[dict[str, Any]]:
    """Per annotator: names, state with its reason, whether any answer is simulated, done and total of each stage."""
    counted = (
        Progress.objects.filter(membership__campaign=campaign)
        .values_list("membership", "modality")
        .annotate(done=Sum("done"), total=Sum("total"))
        .order_by()
    )
    stages: dict[int, dict[str, dict[str, int]]] = defaultdict(dict)
    for membership, modality, done, total in counted:
        stages[membership][modality] = {"done": done, "total": total}
    # Simulated answers come by imports alone, of which each leaves an event.
    imports = campaign.project.events.filter(verb="imported annotations").order_by("-pk").values_list("pk", "at")
    simulated = kept(f"simulated-{campaign.pk}", imports.first(), partial(simulated_members, campaign))
    changes = MembershipChange.objects.filter(membership__campaign=campaign).order_by("pk")
    reasons = dict(changes.values_list("membership", "reason"))  # the latest of each
    members = campaign.memberships.select_related("annotator").order_by("pk")
    return [
        {
            "annotator": member.annotator.username,
            "pseudonym": member.pseudonym,
            "state": member.state,
            "reason": reasons.get(member.pk, ""),
            "simulated": member.pk in simulated,
            "stages": {modality: stages[member.pk].get(modality, {"done": 0, "total": 0}) for modality in Modality},
        }
        for member in members
    ]


def simulated_members(campaign: Campaign) -> set[int]:
    """Memberships of which a program gave an answer."""
    simulated = Annotation.objects.filter(assignment__membership__campaign=campaign, origin=Annotation.Origin.SIMULATED)
    return set(simulated.values_list("assignment__membership", flat=True).distinct())


def renditions_of(campaign: Campaign) -> RenditionQuerySet:
    """Renditions of the campaign's clips, made by the campaign's own isolation parameters."""
    # Looked up for each rendition: a page of them needs a few of the campaign's clips, not all.
    place = CampaignClip.objects.filter(campaign=campaign, clip=OuterRef("clip"))
    return Rendition.objects.filter(Exists(place), isolation_digest=campaign.isolation_digest)


def renditions_marker(campaign: Campaign) -> tuple[object, ...]:
    """What changes whenever the campaign's renditions, or what is ruled about them, do (config.kept)."""
    made = Rendition.objects.filter(isolation_digest=campaign.isolation_digest).aggregate(Max("made_at"), Count("pk"))
    ruled = Overruling.objects.aggregate(Max("pk"))
    return (campaign.isolation_digest, *made.values(), *ruled.values())


def rendition_counts(campaign: Campaign) -> dict[str, int]:
    """Renditions made, those that may be shown and those that may not, of all that the campaign needs."""
    return kept(f"renditions-{campaign.pk}", renditions_marker(campaign), partial(count_renditions, campaign))


def count_renditions(campaign: Campaign) -> dict[str, int]:
    """The same, counted now."""
    made = renditions_of(campaign)
    passed, failed = made.served().count(), made.withheld().count()
    total = campaign.campaign_clips.count() * len(PLAYED)
    return {"made": passed + failed, "passed": passed, "failed": failed, "total": total}


def campaign_counts(campaign: Campaign) -> dict[str, int]:
    """Clips, batches, annotators, assignments and how many of them are answered, labels settled."""
    clips = campaign.campaign_clips.aggregate(clips=Count("pk"), batches=Count("batch", distinct=True))
    progress = Progress.objects.filter(membership__campaign=campaign)
    answers = progress.aggregate(assignments=Sum("total", default=0), answered=Sum("done", default=0))
    given_out = (answers["assignments"], str(campaign.repeats))  # changes whenever clips to be shown twice do
    answers["repeats"] = kept(f"repeats-{campaign.pk}", given_out, partial(count_repeats, campaign))
    # Campaigns have names of their own in all projects.
    settled = Label.objects.filter(origin__in=[label_origin(campaign), decision_origin(campaign)]).count()
    return {**clips, **answers, "annotators": campaign.memberships.count(), "labels": settled}


def count_repeats(campaign: Campaign) -> int:
    """Clips that are shown a second time, to all annotators together."""
    return Assignment.objects.filter(membership__campaign=campaign, is_repeat=True).count()
