"""Tell how well a campaign's modalities are isolated."""

from argparse import ArgumentParser
from typing import Any

from annotator.models import Rendition
from annotator.selectors.isolation import isolation_of
from annotator.selectors.progress import find_campaign, renditions_of
from annotator.selectors.transcripts import transcripts_to_review
from config.commands import CuesetCommand
from config.sentences import as_records, in_english


class Command(CuesetCommand):
    """`manage.py audit_isolation --campaign NAME`."""

    help = (
        "Print a campaign's isolation: mode and parameters, how many renditions of each stage passed, the distribution "
        "of every figure, the outliers, and transcripts that tell of other modalities."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        """Which campaign."""
        parser.add_argument("--campaign", required=True, help="name of the campaign")

    def run(self, *, campaign: str, **_: Any) -> dict[str, Any]:
        """What the audit page shows, with the clips of outliers by name."""
        found = find_campaign(campaign)
        report = isolation_of(found)
        rows = Rendition.objects.select_related("clip__source").in_bulk(
            [row["rendition"] for row in report["outliers"]]
        )
        by_id = {str(pk): rendition for pk, rendition in rows.items()}
        outliers = [row | {"clip": str(by_id[row["rendition"]].clip)} for row in report["outliers"]]
        open_ones = transcripts_to_review(found, flagged=False)
        flagged = [
            f"{row['video_id']}$_${row['clip_id']}: {' '.join(row['markers'])}" for row in open_ones if row["markers"]
        ]
        transcripts = {"not_reviewed": len(open_ones), "flagged": flagged}
        withheld = [
            {
                "rendition": row.pk,
                "clip": str(row.clip),
                "modality": row.modality,
                "findings": as_records(row.audit.findings),
            }
            for row in renditions_of(found).withheld().select_related("audit", "clip__source").order_by("clip__order")
        ]
        return {
            "campaign": found.pk,
            **report,
            "outliers": outliers,
            "withheld": withheld,
            "transcripts": transcripts,
        }

    def describe(self, result: dict[str, Any]) -> str:
        """Verdicts and figures, one a line."""
        lines = [f"{result['mode']} ({result['parameters']['audio_method']})"]
        for row in result["verdicts"]:
            lines.append(
                f"{row['modality']:12} {row['passed']} passed, {row['overruled']} overruled, "
                f"{row['withheld']} withheld, {row['missing']} not made"
            )
        lines.append(f"{'':24}{'mean':>8}{'least':>8}{'median':>8}{'most':>8}  threshold")
        for figure in result["figures"]:
            values = "".join(f"{figure[name]:8.2f}" for name in ("mean", "least", "median", "most"))
            limit = "" if figure["threshold"] is None else f"{figure['threshold']:11.2f}"
            lines.append(f"{figure['name']:24}{values}{limit}")
        lines += [
            f"withheld {row['clip']} {row['modality']}: {in_english(row['findings'])}" for row in result["withheld"]
        ]
        for row in result["outliers"]:
            values = ", ".join(f"{name} {value:.2f}" for name, value in row["figures"].items())
            lines.append(f"outlier {row['clip']}: {values}")
        lines.append(f"{result['transcripts']['not_reviewed']} transcripts not reviewed")
        lines += [f"flagged {line}" for line in result["transcripts"]["flagged"]]
        return "\n".join(lines)
