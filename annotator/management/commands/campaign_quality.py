"""Tell how well a campaign's annotators agree, and who differs from the rest."""

from argparse import ArgumentParser
from typing import Any

from annotator.selectors.progress import find_campaign
from annotator.services.questions import QualityQuestion
from config.commands import CuesetCommand
from datasets.services.analyses import answer_here


class Command(CuesetCommand):
    """`manage.py campaign_quality --campaign NAME`."""

    help = "Agreement per modality, every annotator beside the others, and what looks suspicious."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")

    def run(self, *, campaign: str, **_: Any) -> dict[str, Any]:
        """The same as the page shows, of this moment."""
        found = find_campaign(campaign)
        return {"campaign": found.pk, **answer_here(QualityQuestion(found))}

    def describe(self, result: dict[str, Any]) -> str:
        """A line per modality, per annotator and stage, and per suspicion."""
        agreement = [
            f"{row['modality']:10} α {shown(row['alpha'])}   ICC(2,1) {shown(row['icc_single'])}   "
            f"ICC(2,{row['annotators']}) {shown(row['icc_average'])}   {row['clips']} clips"
            for row in result["agreement"]
        ]
        people = [
            f"{row['pseudonym']:5} {row['modality']:10} {row['answers']:5} answers   bias {figure(row['bias'])}   "
            f"spread {figure(row['spread'])}   correlation {figure(row['correlation'])}   "
            f"{figure(row['seconds'])} s a clip   {figure(row['pace'])} of its length"
            for row in result["portraits"]
            if row["answers"]
        ]
        repeats = [
            f"{row['pseudonym']:5} {row['modality']:10} {row['pairs']:5} clips twice   "
            f"the same {figure(row['exact'])}   mean difference {figure(row['mean_difference'])}   "
            f"ICC(2,1) {shown(row['icc'])}"
            for row in result["repeats"]
            if row["pairs"]
        ]
        gold = [
            f"{row['pseudonym']:5} {row['modality']:10} {row['clips']:5} gold clips   "
            f"hits {figure(row['share'])}   mean distance {figure(row['mean_distance'])}"
            for row in result["gold"]
            if row["clips"]
        ]
        noticed = [
            f"Look into {row['annotator']}, {row['modality']}: {row['pattern'].replace('_', ' ')} "
            f"{row['figure']:.2f} (limit {row['limit']:g})"
            for row in result["suspicions"]
        ]
        parts = [agreement, people, repeats, gold, noticed]
        return "\n\n".join("\n".join(part) for part in parts if part)


def shown(estimate: dict[str, float] | None) -> str:
    """A statistic with its interval, as text of one width."""
    if estimate is None:
        return f"{'–':22}"
    return f"{estimate['value']:+.3f} [{estimate['low']:+.3f}, {estimate['high']:+.3f}]"


def figure(value: float | None) -> str:
    """A figure of one width."""
    return f"{'–':>6}" if value is None else f"{value:+6.2f}"
