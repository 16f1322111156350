"""Who rates what next: batches of clips, shuffles, and which stage is open."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from datasets.vocabulary import Modality

Item = TypeVar("Item")
STAGE_ORDER = tuple(Modality)
REPEAT_SHARE = 0.05  # of a stage's clips, unless a campaign says otherwise
MOST_REPEATED = 0.5
LEAST_APART = 10  # clips between a clip and its repeat, so that the first answer is not simply remembered


class StageState(StrEnum):
    """How a stage stands for one annotator."""

    LOCKED = "locked"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True)
class Stage:
    """How far one annotator is in one stage of one batch, in clips."""

    batch: int
    modality: Modality
    done: int
    total: int

    @property
    def is_finished(self) -> bool:
        """Whether every clip of the batch is rated in this stage."""
        return self.done >= self.total


def split_into_batches(clips: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Clips in pieces of `size`, in their order; the last piece may be shorter.

    >>> split_into_batches("abcde", 2)
    ['ab', 'cd', 'e']
    """
    return [clips[first : first + size] for first in range(0, len(clips), size)]


def shuffle_clips(clips: Sequence[Item], *, seed: int, batch: int, annotator: str, modality: Modality) -> list[Item]:
    """The batch in the order in which one annotator meets it in one stage: the same arguments, the same order."""
    chance = random.Random(f"{seed}/{batch}/{annotator}/{modality}")  # noqa: S311 - an order, not a secret
    return chance.sample(clips, len(clips))


def place_repeats(
    order: Sequence[Item], *, share: float, seed: int, batch: int, annotator: str, modality: Modality
) -> list[tuple[Item, bool]]:
    """The walk through a stage in which a share of its clips comes twice, each with whether it is the repeat.

    At least a third of the stage, and never fewer than ten clips, lie between the two; a stage too short for that has
    no repeats. The same arguments give the same walk.
    """
    apart = max(LEAST_APART, len(order) // 3)
    possible = max(0, len(order) - apart)
    chance = random.Random(f"{seed}/{batch}/{annotator}/{modality}/repeats")  # noqa: S311 - an order, not a secret
    repeated = sorted(chance.sample(range(possible), min(round(share * len(order)), possible)))
    after: dict[int, list[Item]] = defaultdict(list)
    for first in repeated:
        after[chance.randrange(first + apart, len(order))].append(order[first])
    walk: list[tuple[Item, bool]] = []
    for place, item in enumerate(order):
        walk.append((item, False))
        walk += [(again, True) for again in after.get(place, ())]
    return walk


def in_order(stages: Iterable[Stage]) -> list[Stage]:
    """Stages as they are walked: batch by batch, within a batch in the order of the modalities."""
    return sorted(stages, key=lambda stage: (stage.batch, STAGE_ORDER.index(stage.modality)))


def open_stage(stages: Iterable[Stage]) -> Stage | None:
    """The one stage in which an annotator may rate now, the first unfinished one; None when all is rated."""
    return next((stage for stage in in_order(stages) if not stage.is_finished), None)


def current_batch(stages: Sequence[Stage]) -> list[Stage]:
    """The stages of the batch that is open, of the last batch when all is rated."""
    opened = open_stage(stages)
    number = opened.batch if opened else max(stage.batch for stage in stages)
    return [stage for stage in in_order(stages) if stage.batch == number]


def state_of(stage: Stage, stages: Iterable[Stage]) -> StageState:
    """Whether a stage is open, done, or still locked behind one before it."""
    if stage.is_finished:
        return StageState.DONE
    return StageState.OPEN if stage == open_stage(stages) else StageState.LOCKED


def stage_before(modality: Modality) -> Modality | None:
    """The stage that the same clips are rated in before this one; None for the first."""
    place = STAGE_ORDER.index(modality)
    return STAGE_ORDER[place - 1] if place else None


def rests_until(last_answer: datetime | None, gap: timedelta, now: datetime) -> datetime | None:
    """When a stage opens that the gap after the last answer of the stage before keeps closed; None when none does."""
    if last_answer is None or now >= last_answer + gap:
        return None
    return last_answer + gap
