"""What a campaign's scores tell so far: agreement per modality, every annotator's portrait, what looks suspicious."""

from dataclasses import asdict
from typing import Any, cast

from annotator.models import Assignment, Campaign, Membership
from annotator.quality.annotators import portraits
from annotator.quality.answers import Answer, StageAnswers, arrange
from annotator.quality.drift import drifts
from annotator.quality.suspicions import failed_tests, suspicions
from annotator.selectors.consistency import gold_of, repeats_of
from annotator.shown import plays_file
from config.sentences import sentence
from datasets.agreement import measure_agreement
from datasets.questions import Report, unheard
from datasets.vocabulary import Modality

STEPS = 2 * len(Modality) + 1  # to read every stage, to measure its agreement, and the rest


def quality_of(campaign: Campaign, report: Report = unheard) -> dict[str, Any]:
    """Everything the quality page shows, from the answers that count now."""
    stages: dict[Modality, StageAnswers] = {}
    for modality in Modality:
        report(len(stages), STEPS, sentence("reading_stage", "Reading the {modality} stage", modality=modality))
        stages[modality] = stage_answers(campaign, modality)
    agreement: list[dict[str, Any]] = []
    for modality, stage in stages.items():
        report(
            len(stages) + len(agreement),
            STEPS,
            sentence("agreement_in", "Agreement in the {modality} stage", modality=modality),
        )
        agreement.append({"modality": modality, **asdict(measure_agreement(stage.scores[:, stage.counted]))})
    report(STEPS - 1, STEPS, sentence("judging_annotators", "Annotators, repeats and gold clips"))
    repeats = repeats_of(campaign, stages)
    gold = gold_of(campaign, stages)
    return {
        "agreement": agreement,
        "annotators": raters_of(campaign),
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


def raters_of(campaign: Campaign) -> list[dict[str, Any]]:
    """Everybody who rates or has rated, in the order in which they came; who is still joining has not begun."""
    members = campaign.memberships.exclude(state=Membership.State.JOINING).select_related("annotator").order_by("pk")
    return [
        {"annotator": member.annotator.username, "pseudonym": member.pseudonym, "state": member.state}
        for member in members
    ]


def stage_answers(campaign: Campaign, modality: Modality) -> StageAnswers:
    """The scores of one stage that count, as arrays."""
    scored = Assignment.objects.counting().filter(
        membership__campaign=campaign, modality=modality, current__score__isnull=False
    )
    rows = scored.values_list(
        "membership__pseudonym", "clip_id", "current__score", "current_id", "current__seconds", "clip__seconds"
    )
    plays = plays_file(modality)
    answers = [
        Answer(pseudonym, clip, cast(int, score), order, seconds, clip_seconds if plays else None)
        for pseudonym, clip, score, order, seconds, clip_seconds in rows.iterator(chunk_size=10_000)
    ]
    states = {rater["pseudonym"]: rater["state"] for rater in raters_of(campaign)}
    excluded = frozenset(name for name, state in states.items() if state in Membership.AWAY)
    return arrange(answers, states, excluded=excluded)
