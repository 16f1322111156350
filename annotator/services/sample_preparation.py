"""What the sample's simulated people went through beside their scores: references, calibration, clips asked twice."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from annotator.models import (
    Annotation,
    Assignment,
    CalibrationAnswer,
    CalibrationRound,
    Campaign,
    Membership,
    Reference,
)
from annotator.preparing import Calibration, Preparation, draw_round, round_distance
from annotator.selectors.preparation import calibration_pool, find_clip
from annotator.services.preparation import admit, change_preparation, set_reference
from annotator.services.progress import recount
from datasets.vocabulary import HIGHEST_SCORE, LOWEST_SCORE, Modality

CALIBRATION = Calibration(clips=5, distance=1.0)
CALIBRATED = (Modality.AUDIO, Modality.VISION)
# How far simulated people are from a reference in their first round and later, and from their own first answer.
AT_FIRST, LATER, AGAIN = (-2, -1, -1, 0, 0, 1, 1, 2), (-1, 0, 0, 1), (-1, 0, 0, 0, 0, 1)
MOST_ROUNDS = 10


@transaction.atomic
def prepare_sample(campaign: Campaign, references: Path) -> None:
    """Give the sample's campaign its references, let everybody have passed its calibration, answer what comes twice.

    Nobody is kept from rating by it: whoever tries the product finds these pages filled, and the stages open.
    """
    with references.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            set_reference(
                campaign=campaign,
                clip=find_clip(campaign, f"{row['video_id']}/{row['clip_id']}").pk,
                modality=Modality(row["modality"]),
                use=Reference.Use(row["use"]),
                score=int(row["score"]),
                reason=row["reason"],
            )
    change_preparation(campaign=campaign, calibration=dict.fromkeys(CALIBRATED, CALIBRATION))
    chance = random.Random(f"{campaign.seed}/sample")  # noqa: S311 - simulated people, not a secret
    for member in campaign.memberships.order_by("pk"):
        for modality in CALIBRATED:
            calibrate(member, modality, chance)
    answer_repeats(campaign, chance)


def is_prepared(campaign: Campaign) -> bool:
    """Whether `prepare_sample` was here; it does all or nothing."""
    return campaign.references.exists() or bool(Preparation.from_record(campaign.preparation).calibration)


def calibrate(member: Membership, modality: Modality, chance: random.Random) -> None:
    """Rounds until one is close enough, as a simulated person rates them."""
    pool = {each.pk: each for each in calibration_pool(member.campaign, modality)}
    for number in range(1, MOST_ROUNDS + 1):
        drawn = draw_round(
            pool, CALIBRATION.clips, seed=member.campaign.seed, annotator=member.pseudonym, modality=modality,
            number=number,
        )  # fmt: skip
        given = {pk: near(pool[pk].score, AT_FIRST if number == 1 else LATER, chance) for pk in drawn}
        distance = round_distance([(score, pool[pk].score) for pk, score in given.items()])
        round_ = CalibrationRound.objects.create(
            membership=member, modality=modality, number=number, references=drawn, limit=CALIBRATION.distance,
            distance=distance, finished_at=timezone.now(),
        )  # fmt: skip
        CalibrationAnswer.objects.bulk_create(
            CalibrationAnswer(round=round_, reference=pool[pk], score=score, seconds=8, plays=1)
            for pk, score in given.items()
        )
        if distance is not None and distance <= CALIBRATION.distance:
            admit(member, modality)
            return
    raise AssertionError("Later rounds are off by one at most, so that one of them is close enough.")


def answer_repeats(campaign: Campaign, chance: random.Random) -> None:
    """Answer what comes a second time, near the first answer, where that was given."""
    for again, first in first_answers(campaign):
        answer = Annotation.objects.create(
            assignment=again, score=near(first, AGAIN, chance), origin=Annotation.Origin.SIMULATED,
            idempotency_key=f"sample:{again.pk}",
        )  # fmt: skip
        Assignment.objects.filter(pk=again.pk).update(current=answer)
    recount(campaign.memberships.all())


def first_answers(campaign: Campaign) -> Iterator[tuple[Assignment, int]]:
    """Assignments that ask again and have no answer, each with the score of the first time."""
    asked = Assignment.objects.filter(membership__campaign=campaign)
    scores = {
        (member, clip, modality): score
        for member, clip, modality, score in asked.counting()
        .exclude(current__score=None)
        .values_list("membership_id", "clip_id", "modality", "current__score")
    }
    for again in asked.repeats().filter(current=None).order_by("membership", "modality", "position"):
        first = scores.get((again.membership_id, again.clip_id, again.modality))
        if first is not None:
            yield again, first


def near(score: int, steps: tuple[int, ...], chance: random.Random) -> int:
    """A score some steps away, on the scale."""
    return min(HIGHEST_SCORE, max(LOWEST_SCORE, score + chance.choice(steps)))
