"""What is asked to test annotators: clips that come twice, and gold clips; with how they answered."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import OuterRef, Subquery

from annotator.models import Assignment, Campaign, Reference
from annotator.quality.answers import StageAnswers
from annotator.quality.gold import Hits, count_hits
from annotator.quality.repeats import Consistency, Repeat, consistencies
from datasets.vocabulary import Modality

Figures = TypeVar("Figures", Consistency, Hits)


@dataclass(frozen=True)
class Tested(Generic[Figures]):
    """How many tests each annotator was given in each stage, and what they tell."""

    asked: Mapping[tuple[str, Modality], int]
    stages: Mapping[Modality, Mapping[str, Figures]]

    def rows(self) -> list[dict[str, Any]]:
        """A row per stage and annotator, in their orders."""
        return [
            {"modality": modality, "pseudonym": name, "asked": self.asked.get((name, modality), 0), **asdict(each)}
            for modality, found in self.stages.items()
            for name, each in found.items()
        ]


def repeats_of(campaign: Campaign, stages: Mapping[Modality, StageAnswers]) -> Tested[Consistency]:
    """Every annotator's consistency in every stage."""
    given = Assignment.objects.repeats().filter(membership__campaign=campaign)
    same = {name: OuterRef(name) for name in ("membership", "clip", "modality")}
    first = Assignment.objects.counting().filter(**same)
    rows = given.annotate(
        first_score=Subquery(first.values("current__score")[:1]), first_order=Subquery(first.values("current")[:1])
    ).values_list(
        "modality", "membership__pseudonym", "first_score", "first_order", "current__score", "current"
    )  # fmt: skip
    asked: Counter[tuple[str, Modality]] = Counter()
    pairs: dict[Modality, list[Repeat]] = defaultdict(list)
    for name, pseudonym, first_score, first_order, score, order in rows.iterator(chunk_size=10_000):
        modality = Modality(name)
        asked[pseudonym, modality] += 1
        if first_score is not None and score is not None:
            pairs[modality].append(Repeat(pseudonym, first_score, first_order, score, order))
    return Tested(asked, {modality: consistencies(pairs[modality], stage) for modality, stage in stages.items()})


def gold_of(campaign: Campaign, stages: Mapping[Modality, StageAnswers]) -> Tested[Hits]:
    """How near every annotator came to the gold clips of every stage."""
    references = gold_scores(campaign)
    asked: Counter[tuple[str, Modality]] = Counter()
    given: dict[tuple[str, Modality], list[tuple[int, int]]] = defaultdict(list)
    rows = Assignment.objects.counting().filter(
        membership__campaign=campaign, clip__in={clip for clip, _ in references}
    )
    for clip, name, pseudonym, score in rows.values_list(
        "clip_id", "modality", "membership__pseudonym", "current__score"
    ):
        modality = Modality(name)
        if (clip, modality) not in references:
            continue
        asked[pseudonym, modality] += 1
        if score is not None:
            given[pseudonym, modality].append((score, references[clip, modality]))
    return Tested(
        asked,
        {
            modality: {
                name: count_hits(given[name, modality], campaign.gold_tolerance) for name in stage.annotators
            }
            for modality, stage in stages.items()
        },
    )  # fmt: skip


def gold_scores(campaign: Campaign) -> dict[tuple[UUID, str], int]:
    """The reference score of every gold clip, by clip and modality."""
    standing = campaign.references.filter(use=Reference.Use.GOLD).standing()
    return {(clip, modality): score for clip, modality, score in standing.values_list("clip_id", "modality", "score")}
