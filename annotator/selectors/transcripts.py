"""Transcripts of a campaign: who reviewed each as it stands, and what in it tells of other modalities."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from annotator.isolation.transcript_markers import markers_in
from annotator.models import Campaign, CampaignClip, TranscriptReview
from datasets.models import Clip


def transcripts_of(campaign: Campaign, *, reviewed: bool | None = None) -> QuerySet[Clip]:
    """The campaign's clips, all or only those (not) `reviewed`, with the latest review of their present transcript."""
    reviews = TranscriptReview.objects.filter(clip=OuterRef("pk"), transcript=OuterRef("transcript")).order_by("-pk")
    place = CampaignClip.objects.filter(campaign=campaign, clip=OuterRef("pk"))
    clips = Clip.objects.filter(Exists(place), project=campaign.project_id).select_related("source")
    if reviewed is not None:
        clips = clips.filter(Exists(reviews) if reviewed else ~Exists(reviews))
    return clips.annotate(
        reviewer=Subquery(reviews.values("reviewed_by__username")[:1]),
        reviewed_on=Subquery(reviews.values("reviewed_at")[:1]),
    ).order_by("order", "pk")


def transcript_entry(clip: Any) -> dict[str, Any]:  # Any: a clip annotated by transcripts_of
    """One clip's transcript with its flags and its review."""
    return {
        "clip": clip.pk,
        "video_id": clip.source.video_id,
        "clip_id": clip.clip_id,
        "transcript": clip.transcript,
        "markers": markers_in(clip.transcript),
        "reviewed_by": clip.reviewer,
        "reviewed_at": clip.reviewed_on,
    }


def transcripts_to_review(campaign: Campaign, *, flagged: bool) -> list[dict[str, Any]]:
    """Those that nobody has reviewed as they stand; with `flagged`, only those that hold a marker."""
    open_ones = [transcript_entry(clip) for clip in transcripts_of(campaign, reviewed=False)]
    return [entry for entry in open_ones if entry["markers"]] if flagged else open_ones
