"""Say what a project is, where its sources come from, and under which terms."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.ingest.terms_table import read_terms
from datasets.people import find_project
from datasets.provenance import TEXTS
from datasets.services.projects import change_settings
from datasets.services.provenance import describe_sources


class Command(CuesetCommand):
    """See the help."""

    help = (
        "Say what a project is and under which terms its material may be used; versions published from then on carry "
        "it, and their data cards tell it. Prints what is recorded now."
    )

    def add_options(self, parser: CommandParser) -> None:
        """The project and what to say of it; what is not given stays."""
        parser.add_argument("project", help="name of the project")
        parser.add_argument("--description", help="what is collected in it, and for whom")
        parser.add_argument("--licence", help="licence of the dataset, such as “CC BY-NC 4.0”")
        parser.add_argument("--collection", help="how the sources were collected, by whom and when")
        parser.add_argument("--consent", help="what the people in the sources agreed to, where it is the same for all")
        parser.add_argument(
            "--sources", type=Path, help="CSV with the columns video_id and origin or consent, source by source"
        )

    def run(self, project: str, sources: Path | None, **options: Any) -> dict[str, Any]:
        """Write it down, sources first, since they may be refused; returns what is recorded now."""
        found = find_project(project)
        changed = describe_sources(project=found, terms=read_terms(sources)) if sources else []
        said = {name: options[name] for name in TEXTS if options[name] is not None}
        if said:
            change_settings(project=found, actor=None, **said)
        return {
            "project": str(found.pk),
            **{name: getattr(found, name) for name in TEXTS},
            "sources": found.sources.count(),
            "without_origin": found.sources.filter(origin="").count(),
            "without_consent": found.sources.filter(consent="").count(),
            "sources_changed": len(changed),
        }
