"""Put the paper's tables beside what was measured on a version."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from modeling.comparison.measuring import compare_with_paper
from modeling.comparison.writing import as_csv, as_latex
from modeling.recipes import Variant
from modeling.selectors import find_version, scored_runs
from modeling.serializers.comparison import plain


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Print Tables 2, 3 and 4 of the CH-SIMS v2.0 paper beside the runs on a version: mean and standard deviation "
        "over seeds, of runs whose recipe is unchanged."
    )

    def add_options(self, parser: CommandParser) -> None:
        """Version, recipe, features, form."""
        parser.add_argument("version", help="id of the version, as publish_version prints it")
        parser.add_argument("--recipe", type=Variant, choices=list(Variant), default=Variant.RELEASED)
        parser.add_argument("--features", nargs=3, metavar=("TEXT", "AUDIO", "VISION"), help="default: most used")
        parser.add_argument("--as", dest="form", choices=("csv", "tex"), default="csv", help="of the printed text")

    def run(
        self, *, version: str, recipe: Variant, features: list[str] | None, form: str, **options: Any
    ) -> dict[str, Any]:
        """The tables."""
        found = find_version(version)
        chosen = (features[0], features[1], features[2]) if features else None
        comparison = compare_with_paper(scored_runs(found), recipe, chosen)
        write = as_csv if form == "csv" else as_latex
        self.text = write(comparison, f"{found.project.name} {found.number}")
        return {"version": found.pk, **plain(comparison)}

    def describe(self, result: dict[str, Any]) -> str:
        """CSV or LaTeX."""
        return self.text
