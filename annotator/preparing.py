"""What annotators go through before a stage: calibration, checks of sound and screen, and a gap; set by campaign."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from annotator.errors import BadPreparation
from datasets.vocabulary import Modality

LONGEST_GAP_HOURS = 24 * 60
MOST_CLIPS = 50
# Headphones are changed and windows opened between two working days.
CHECK_LASTS = timedelta(hours=12)


class Check(StrEnum):
    """What is tried before a stage."""

    SOUND = "sound"
    SCREEN = "screen"


CHECKS: Mapping[Modality, tuple[Check, ...]] = {
    Modality.TEXT: (),
    Modality.AUDIO: (Check.SOUND,),
    Modality.VISION: (Check.SCREEN,),
    Modality.MULTIMODAL: (Check.SOUND, Check.SCREEN),
}


@dataclass(frozen=True)
class Calibration:
    """How many reference clips a round has, and the mean absolute distance in scores that lets in."""

    clips: int
    distance: float


@dataclass(frozen=True)
class Preparation:
    """A campaign's settings: without any, stages follow at once, and only sound and screen are checked."""

    gap_hours: float = 0
    checks: bool = True
    calibration: Mapping[Modality, Calibration] = field(default_factory=dict)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:  # Any: JSON as as_record wrote it
        """Read what `as_record` wrote; what is missing keeps its default."""
        rounds = {Modality(name): Calibration(**each) for name, each in record.get("calibration", {}).items()}
        return cls(record.get("gap_hours", 0), record.get("checks", True), rounds)

    def as_record(self) -> dict[str, Any]:  # Any: JSON
        """As JSON."""
        return asdict(self)

    def changed(
        self,
        *,
        gap_hours: float | None = None,
        checks: bool | None = None,
        calibration: Mapping[Modality, Calibration | None] | None = None,
    ) -> Self:
        """With single settings changed; None as a calibration switches it off. BadPreparation where one is no setting.

        >>> Preparation().changed(calibration={Modality.AUDIO: Calibration(5, 1.0)}).calibration[Modality.AUDIO].clips
        5
        """
        rounds = {**self.calibration, **(calibration or {})}
        made = replace(
            self,
            gap_hours=self.gap_hours if gap_hours is None else gap_hours,
            checks=self.checks if checks is None else checks,
            calibration={modality: each for modality in Modality if (each := rounds.get(modality))},
        )
        made.check()
        return made

    def check(self) -> None:
        """Raise BadPreparation where a setting is out of bounds."""
        if not 0 <= self.gap_hours <= LONGEST_GAP_HOURS:
            raise BadPreparation(f"The gap between stages is 0 to {LONGEST_GAP_HOURS} hours, not {self.gap_hours}.")
        for modality, each in self.calibration.items():
            if not 1 <= each.clips <= MOST_CLIPS or not 0 <= each.distance <= 6:
                raise BadPreparation(
                    f"A calibration of {modality} has 1 to {MOST_CLIPS} clips and a distance of 0 to 6 scores, not "
                    f"{each.clips} and {each.distance}."
                )


def draw_round(
    pool: Collection[int],
    count: int,
    *,
    seed: int,
    annotator: str,
    modality: Modality,
    number: int,
    broken: Collection[int] = (),
) -> list[int]:
    """The references of one round in the order in which they are met: the same arguments, the same round.

    Those that did not play for this annotator (`broken`) come again only where too few others are left.
    """
    whole = set(pool) - set(broken)
    pool = whole if len(whole) >= count else pool
    chance = random.Random(f"{seed}/{annotator}/{modality}/calibration {number}")  # noqa: S311 - an order, not a secret
    return chance.sample(sorted(pool), min(count, len(pool)))


def round_distance(pairs: Sequence[tuple[int | None, int]]) -> float | None:
    """Mean absolute distance between scores given and scores of reference; clips without a score do not count.

    None when fewer than half of the round could be judged: so few tell nothing.

    >>> round_distance([(3, 1), (0, 0), (None, 2)]), round_distance([(3, 3), (None, 1), (None, 0)])
    (1.0, None)
    """
    scored = [(given, reference) for given, reference in pairs if given is not None]
    if not scored or 2 * len(scored) < len(pairs):
        return None
    return sum(abs(given - reference) for given, reference in scored) / len(scored)


def is_fresh(checked_at: datetime | None, now: datetime) -> bool:
    """Whether a check of sound or screen still counts."""
    return checked_at is not None and now - checked_at < CHECK_LASTS
