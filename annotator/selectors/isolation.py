"""What is known of a campaign's isolation: verdicts, figures, outliers, and where text is masked in its sources."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery

from annotator.isolation.boxes import Box, join_overlapping
from annotator.isolation.burned_text import Region
from annotator.isolation.parameters import AUDIO_METHODS, MASK_METHODS, MODES, RANGES, IsolationParameters, mode_of
from annotator.isolation.summary import mean_descriptors, summarize_figures
from annotator.models import (
    Annotation,
    Campaign,
    CampaignClip,
    Overruling,
    RegionDrawing,
    Rendition,
    RenditionQuerySet,
    TextReading,
)
from annotator.selectors.progress import renditions_marker, renditions_of
from annotator.shown import PLAYED
from config.kept import kept
from datasets.models import Clip, Source


def isolation_of(campaign: Campaign) -> dict[str, Any]:
    """What `summarize_isolation` tells, computed when a rendition or a ruling has changed, and if any was rated."""
    key = f"isolation-figures-{campaign.pk}"
    summary = kept(key, renditions_marker(campaign), partial(summarize_isolation, campaign))
    return summary | {"rated": was_rated(campaign)}


def summarize_isolation(campaign: Campaign) -> dict[str, Any]:
    """The campaign's mode and parameters, its verdicts by stage, and the distributions of its figures.

    The mode is the name of the parameters, or "own" where single settings were changed.
    """
    parameters = IsolationParameters.from_record(campaign.isolation)
    audited = renditions_of(campaign).filter(modality="audio", audit__isnull=False)
    records = [(str(pk), record) for pk, record in audited.values_list("pk", "audit__record")]
    figures, outliers = summarize_figures(records, parameters.as_record())
    return {
        "mode": mode_of(parameters),
        "parameters": parameters.as_record(),
        "digest": campaign.isolation_digest,
        "choices": {
            "modes": {name: mode.as_record() for name, mode in MODES.items()},
            "audio_methods": AUDIO_METHODS,
            "mask_methods": MASK_METHODS,
            "ranges": {name: {"least": least, "most": most} for name, (least, most) in RANGES.items()},
        },
        "verdicts": [verdicts_in(campaign, modality.value) for modality in PLAYED],
        "figures": figures,
        "descriptors": mean_descriptors(record for _, record in records),
        "outliers": [{"rendition": pk, "figures": values} for pk, values in outliers.items()],
        "tools": tools_of(record for _, record in records),
    }


def was_rated(campaign: Campaign) -> bool:
    """Whether anybody answered to a rendition, after which the campaign's isolation stays as it is."""
    return Annotation.objects.filter(
        assignment__membership__campaign=campaign, assignment__modality__in=PLAYED
    ).exists()


def verdicts_in(campaign: Campaign, modality: str) -> dict[str, Any]:
    """How many of a stage's renditions passed, were overruled, are withheld, or are not made yet."""
    made = renditions_of(campaign).filter(modality=modality)
    passed = made.filter(passed=True).count()
    served, withheld = made.served().count(), made.withheld().count()
    missing = campaign.campaign_clips.count() - served - withheld
    return {
        "modality": modality,
        "passed": passed,
        "overruled": served - passed,
        "withheld": withheld,
        "missing": missing,
    }


def renditions_by_verdict(campaign: Campaign, renditions: RenditionQuerySet, verdict: str) -> RenditionQuerySet:
    """Only those that passed, were overruled, are withheld, or whose text crosses a face."""
    if verdict == "passed":
        return renditions.filter(passed__in=[True])
    if verdict == "conflict":
        return renditions.filter(pk__in=conflicts_in(campaign))
    failed = renditions.filter(passed__in=[False])
    return failed.served() if verdict == "overruled" else failed.withheld()


def conflicts_in(campaign: Campaign) -> list[UUID]:
    """Renditions whose audit noted that text crosses a face: every audit is read for it, once."""
    noted = renditions_of(campaign).filter(audit__record__has_key="conflicts").exclude(audit__record__conflicts=[])
    keys = noted.values_list("pk", flat=True)
    return kept(f"conflicts-{campaign.pk}", renditions_marker(campaign), lambda: list(keys))


def overruling_of(rendition: Rendition) -> Overruling | None:
    """The decision that lets a failed rendition be shown; None for one that passed or is withheld.

    Lists fetch the overrulings of their clips along (`with_overrulings`).
    """
    if rendition.passed:
        return None
    ruled = rendition.clip.overrulings.all()
    place = (rendition.modality, rendition.sha256)
    return next((each for each in ruled if (each.modality, each.sha256) == place), None)


def with_overrulings(renditions: RenditionQuerySet) -> QuerySet[Rendition]:
    """Everything that a list of renditions shows, in a fixed number of queries."""
    rulings = Prefetch("clip__overrulings", Overruling.objects.select_related("made_by"))
    return renditions.select_related("audit", "clip__source").prefetch_related(rulings)


def sources_in(campaign: Campaign) -> QuerySet[Source]:
    """The source videos of the campaign's clips, with how many clips each gives, a picture and drawings."""
    # Asked of each clip of a source, so that nobody walks through all clips of the campaign for a source that has none.
    place = CampaignClip.objects.filter(campaign=campaign, clip=OuterRef("pk"))
    clips = Clip.objects.filter(Exists(place), source=OuterRef("pk")).order_by()
    counted = clips.values("source").annotate(rows=Count("pk")).values("rows")
    pictures = Clip.objects.filter(source=OuterRef("pk")).exclude(thumbnail="").order_by("order").values("pk")[:1]
    sources = Source.objects.filter(Exists(clips), project=campaign.project_id)
    return (
        sources.annotate(clip_count=Subquery(counted), pictured=Subquery(pictures))
        .prefetch_related(Prefetch("region_drawings", RegionDrawing.objects.select_related("drawn_by").order_by("pk")))
        .order_by("video_id")
    )


def masked_boxes_of(source: Source) -> list[Box]:
    """Where text is masked in the clips of a source: as last drawn for all of them, else as found in each."""
    drawing = drawing_of(source)
    return _drawn(drawing) if drawing else _found_in([source]).get(source.pk, [])


def source_entries(sources: Sequence[Any]) -> list[dict[str, Any]]:  # Any: sources annotated by sources_in
    """Sources with their masked places, who drew them, and a picture of each to draw on."""
    found = _found_in(sources)
    return [_source_entry(source, found.get(source.pk)) for source in sources]


def _source_entry(source: Any, found: list[Box] | None) -> dict[str, Any]:  # Any: as above
    drawing = drawing_of(source)
    boxes = _drawn(drawing) if drawing else found or []
    return {
        "id": source.pk,
        "video_id": source.video_id,
        "clips": source.clip_count,
        "picture_url": f"/api/clips/{source.pictured}/thumbnail/" if source.pictured else None,
        "examined": found is not None,
        "boxes": [vars(box) for box in boxes],
        "drawn_by": drawing.drawn_by.username if drawing and drawing.drawn_by else None,
        "drawn_at": drawing.drawn_at if drawing else None,
    }


def _drawn(drawing: RegionDrawing) -> list[Box]:
    return [Box(**box) for box in drawing.boxes]


def _found_in(sources: Iterable[Source]) -> dict[UUID, list[Box]]:
    """Where text was found in any clip of each source; nothing for one of which no clip was read."""
    found: dict[UUID, list[Box]] = {}
    readings = TextReading.objects.filter(clip__source__in=sources).values_list("clip__source", "regions")
    for source, regions in readings:
        found.setdefault(source, []).extend(Region.from_record(record).box for record in regions)
    return {source: join_overlapping(boxes) for source, boxes in found.items()}


def drawing_of(source: Source) -> RegionDrawing | None:
    """What an admin drew last on a source."""
    drawings = sorted(source.region_drawings.all(), key=lambda drawing: drawing.pk)
    return drawings[-1] if drawings else None


def tools_of(records: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:  # Any: audits' JSON
    """Each set of tool versions that audits were made with, once."""
    sets = {tuple(sorted(record.get("tools", {}).items())) for record in records}
    return [dict(each) for each in sorted(sets)]
