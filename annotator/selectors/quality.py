"""What a campaign's scores tell so far: agreement per modality, every annotator's portrait, what looks suspicious."""

from collections import defaultdict
from dataclasses import asdict
from typing import Any, cast

from annotator.models import Assignment, Campaign, Membership
from annotator.quality.annotators import portraits
from annotator.quality.answers import Answer, StageAnswers, arrange
from annotator.quality.drift import drifts
from annotator.quality.suspicions import failed_tests, suspicions
from annotator.selectors.consistency import gold_of, repeats_of
from annotator.shown import plays_file
from datasets.agreement import measure_agreement
from datasets.vocabulary import Modality


def quality_of(campaign: Campaign) -> dict[str, Any]:
    """Everything the quality page shows, from the answers that count now."""
    stages = stage_answers(campaign)
    repeats = repeats_of(campaign, stages)
    gold = gold_of(campaign, stages)
    members = campaign.memberships.select_related("annotator").order_by("pk")
    return {
        "agreement": [
            {"modality": modality, **asdict(measure_agreement(stage.scores[:, stage.counted]))}
            for modality, stage in stages.items()
        ],
        "annotators": [
            {"annotator": member.annotator.username, "pseudonym": member.pseudonym, "state": member.state}
            for member in members
        ],
        "portraits": [row for modality, stage in stages.items() for row in _portraits(modality, stage)],
        "suspicions": [
            {"modality": modality, **asdict(each)}
            for modality, stage in stages.items()
            for each in [*suspicions(stage), *failed_tests(repeats.stages[modality], gold.stages[modality])]
        ],
        "repeats_share": campaign.repeats,
        "repeats": repeats.rows(),
        "gold_settings": {"tolerance": campaign.gold_tolerance, "counts": campaign.gold_counts},
        "gold": gold.rows(),
    }


def _portraits(modality: Modality, stage: StageAnswers) -> list[dict[str, Any]]:
    wandering = drifts(stage)
    return [
        {
            "pseudonym": name,
            "modality": modality,
            **asdict(portrait),
            "drift": asdict(wandering[name]) if name in wandering else None,
        }
        for name, portrait in portraits(stage).items()
    ]


def stage_answers(campaign: Campaign) -> dict[Modality, StageAnswers]:
    """The scores that count, one set of arrays per stage."""
    scored = Assignment.objects.counting().filter(membership__campaign=campaign, current__score__isnull=False)
    rows = scored.values_list(
        "modality", "membership__pseudonym", "clip_id", "current__score", "current_id", "current__seconds",
        "clip__seconds",
    )  # fmt: skip
    answers: dict[str, list[Answer]] = defaultdict(list)
    for modality, pseudonym, clip, score, order, seconds, clip_seconds in rows.iterator(chunk_size=10_000):
        lasting = clip_seconds if plays_file(Modality(modality)) else None
        answers[modality].append(Answer(pseudonym, clip, cast(int, score), order, seconds, lasting))
    states = dict(campaign.memberships.order_by("pk").values_list("pseudonym", "state"))
    excluded = frozenset(name for name, state in states.items() if state in Membership.AWAY)
    return {modality: arrange(answers[modality], states, excluded=excluded) for modality in Modality}
