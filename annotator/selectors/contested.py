"""Clips to look at again, the most contested first, and everything that is known about one of them."""

from collections import defaultdict
from enum import StrEnum
from typing import Any
from uuid import UUID

from annotator.models import Assignment, Campaign, CampaignClip, Decision, Membership
from annotator.quality.contested import Contest, weigh
from annotator.selectors.decisions import standing_decisions
from annotator.selectors.flags import flags_of
from annotator.selectors.isolation import overruling_of
from annotator.selectors.progress import renditions_of
from annotator.selectors.scores import collect_scores
from config.sentences import sentence
from datasets.models import Clip, Label
from datasets.questions import Report, unheard
from datasets.vocabulary import Modality

MOST_SHOWN = 200


class Order(StrEnum):
    """By what clips are contested."""

    SPREAD = "spread"  # the scores of one modality lie apart
    CONFLICT = "conflict"  # the labels of the modalities do


def contested_clips(campaign: Campaign, order: Order = Order.SPREAD, limit: int = MOST_SHOWN) -> list[dict[str, Any]]:
    """The most contested clips with their labels and spreads, and whether something about them is decided."""
    return with_decisions(campaign, rank_contested(campaign, order, limit))


def rank_contested(
    campaign: Campaign, order: Order, limit: int = MOST_SHOWN, report: Report = unheard
) -> list[dict[str, Any]]:
    """The same, with nothing decided."""
    report(0, 2, sentence("reading_scores", "Reading the scores"))
    scores: dict[UUID, dict[Modality, list[int]]] = defaultdict(dict)
    for (clip, modality), given in collect_scores(campaign)[0].items():
        scores[clip][Modality(modality)] = [each["score"] for each in given]
    report(1, 2, sentence("comparing_scores", "Holding them against each other"))
    contests = {clip: weigh(given) for clip, given in scores.items()}
    ranked = sorted(
        ((figure, clip) for clip, contest in contests.items() if (figure := _figure(contest, order)) is not None),
        key=lambda ranked: (-ranked[0], ranked[1]),
    )
    chosen = [clip for _, clip in ranked[:limit]]
    clips = Clip.objects.select_related("source").in_bulk(chosen)
    return [_row(clips[clip], contests[clip], {}) for clip in chosen]


def with_decisions(campaign: Campaign, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of clips with the labels that admins have decided by now."""
    decided = {(str(clip), m): decision.fifths for (clip, m), decision in standing_decisions(campaign).items()}
    return [
        row
        | {
            "modalities": [
                each | {"decided": _label(decided.get((str(row["clip"]), each["modality"])))}
                for each in row["modalities"]
            ]
        }
        for row in rows
    ]


def _figure(contest: Contest, order: Order) -> float | None:
    return contest.widest if order == Order.SPREAD else contest.conflict


def _row(clip: Clip, contest: Contest, decided: dict[Modality, Decision]) -> dict[str, Any]:
    return {
        "clip": clip.pk,
        "video_id": clip.source.video_id,
        "clip_id": clip.clip_id,
        "transcript": clip.transcript,
        "widest": contest.widest,
        "conflict": contest.conflict,
        "modalities": [
            {
                "modality": modality,
                "value": _label(contest.labels[modality]),
                "spread": contest.spreads[modality],
                "decided": _label(decided[modality].fifths) if modality in decided else None,
            }
            for modality in Modality
        ],
    }


def _label(fifths: int | None) -> float | None:
    return None if fifths is None else fifths / 5


def contested_clip(place: CampaignClip) -> dict[str, Any]:
    """One clip: its row as in the list, every score with who gave it and how, what annotators said, the files that they
    perceived, what score it is held to have, the label that stands, all decisions.
    """
    campaign, clip = place.campaign, place.clip
    scores = clip_scores(campaign, clip)
    counted = {
        modality: [each["score"] for each in scores if each["modality"] == modality and each["counts"]]
        for modality in Modality
    }
    decisions = Decision.objects.filter(campaign=campaign, clip=clip).select_related("made_by").order_by("-pk")
    standing = {Modality(each.modality): each for each in reversed(list(decisions))}  # the latest of each
    labels = Label.objects.filter(clip=clip).values("modality", "fifths", "origin", "settled_at")
    return {
        **_row(clip, weigh(counted), standing),
        "seconds": clip.seconds,
        "scores": scores,
        "told": _told(campaign, clip),
        "references": list(
            campaign.references.filter(clip=clip).standing().order_by("pk").values("modality", "use", "score", "reason")
        ),
        "renditions": _renditions(campaign, clip),
        "labels": [{**label, "value": label["fifths"] / 5} for label in labels],
        "decisions": [
            {
                "modality": each.modality,
                "value": each.fifths / 5,
                "reason": each.reason,
                "made_by": each.made_by.username if each.made_by else "",
                "made_at": each.made_at,
            }
            for each in decisions
        ],
    }


def _told(campaign: Campaign, clip: Clip) -> list[dict[str, Any]]:
    """What annotators said beside or instead of a score."""
    return [
        {
            "modality": each.modality,
            "annotator": each.membership.pseudonym,
            "reason": each.current.reason,
            "comment": each.current.comment,
        }
        for each in flags_of(campaign).filter(clip=clip)
        if each.current
    ]


def _renditions(campaign: Campaign, clip: Clip) -> list[dict[str, Any]]:
    """The files that annotators perceived, with the verdicts of their audits."""
    made = renditions_of(campaign).filter(clip=clip).select_related("audit")
    by_stage = {each.modality: each for each in made}
    return [
        {
            "modality": modality,
            "media_url": f"/api/renditions/{rendition.pk}/media/",
            "passed": rendition.passed,
            "overruled": ruling.reason if (ruling := overruling_of(rendition)) else None,
            "findings": rendition.audit.findings if hasattr(rendition, "audit") else [],
        }
        for modality in Modality
        if (rendition := by_stage.get(modality))
    ]


def clip_scores(campaign: Campaign, clip: Clip) -> list[dict[str, Any]]:
    """Every score of the clip in the order of the annotators, repeats last, and whether it counts."""
    answered = Assignment.objects.filter(membership__campaign=campaign, clip=clip, current__score__isnull=False)
    rows = answered.order_by("is_repeat", "membership").values_list(
        "modality", "membership__pseudonym", "membership__state", "current__score", "current__seconds",
        "current__plays", "is_repeat",
    )  # fmt: skip
    return [
        {
            "modality": modality,
            "annotator": pseudonym,
            "score": score,
            "seconds": seconds,
            "plays": plays,
            "is_repeat": is_repeat,
            "counts": state not in Membership.AWAY and not is_repeat,
        }
        for modality, pseudonym, state, score, seconds, plays, is_repeat in rows
    ]
