"""Tell how far other rules' labels lie from the paper's, and choose the rule of a campaign."""

from argparse import ArgumentParser
from typing import Any

from annotator.aggregation.rules import RuleName
from annotator.selectors.progress import find_campaign
from annotator.services.aggregation import choose_rule
from annotator.services.questions import RulesQuestion
from config.commands import CuesetCommand
from datasets.services.analyses import answer_here

CHANGED_PRINTED = 10


class Command(CuesetCommand):
    """`manage.py compare_rules --campaign NAME [--choose RULE]`."""

    help = "Labels by every other rule beside the paper's; with --choose, the rule that aggregate uses from now on."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign, and which rule."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")
        parser.add_argument("--choose", choices=[str(rule) for rule in RuleName], help="make labels by this rule")

    def run(self, *, campaign: str, choose: str | None, **_: Any) -> dict[str, Any]:
        """The same as the page shows, of this moment."""
        found = find_campaign(campaign)
        if choose:
            found = choose_rule(campaign=found, rule=RuleName(choose))
        return {"campaign": found.pk, **answer_here(RulesQuestion(found))}

    def describe(self, result: dict[str, Any]) -> str:
        """A line per stage and rule, then the clips that change most."""
        stages = [
            f"{row['modality']:10} {row['rule']:12} {row['changed']:5} of {row['clips']} labels change   "
            f"{row['class_changes']:5} classes   mean difference {figure(row['mean_difference'])}   "
            f"correlation {figure(row['correlation'])}"
            for row in result["stages"]
        ]
        changed = [
            f"{row['video_id']}$_${row['clip_id']} {row['modality']}: "
            + ", ".join(f"{rule} {value:+.1f}" for rule, value in row["labels"].items())
            for row in result["changed"][:CHANGED_PRINTED]
        ]
        return "\n".join([f"Labels are made by {result['rule']}.", *stages, *changed])


def figure(value: float | None) -> str:
    """A figure of one width."""
    return f"{'–':>6}" if value is None else f"{value:6.3f}"
