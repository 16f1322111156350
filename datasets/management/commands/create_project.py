"""Make an empty project."""

from typing import Any

from django.core.management.base import CommandParser

from config.commands import CuesetCommand
from datasets.services.projects import create_project


class Command(CuesetCommand):
    """See the help."""

    help = "make an empty project; give_role then says who administers it"

    def add_options(self, parser: CommandParser) -> None:
        """Its name and what it is."""
        parser.add_argument("name", help="name of the project")
        parser.add_argument("--description", default="", help="what is collected in it, and for whom")

    def run(self, name: str, description: str, **options: Any) -> dict[str, Any]:
        """Make it; returns its id."""
        return {"project": create_project(name=name, description=description).pk, "name": name}
