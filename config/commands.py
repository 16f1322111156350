"""What every `manage.py` command of ours keeps to: one JSON object or short text, one line on error."""

import errno
import json
import sys
from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from config.errors import DomainError


def prepare_home() -> None:
    """Refuse settings that cannot work, set up an empty CUESET_HOME, and bring an older database up to date."""
    for problem in run_checks(tags=["cueset"]):
        raise CommandError(problem.msg)
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        refuse_full_disk(error)
        name = connections[DEFAULT_DB_ALIAS].settings_dict["NAME"]
        raise CommandError(
            f"The database {name} cannot be used ({error}). Restore a backup, or move it away to start empty."
        ) from error


def refuse_full_disk(error: Exception) -> None:
    """Raise one line if the disk is full, in the words of the file system or of SQLite; return if it is not that."""
    if getattr(error, "errno", None) == errno.ENOSPC or "disk is full" in str(error):
        raise CommandError(
            f"The disk is full where {settings.HOME} is: make room and run this again, or choose another folder with "
            "CUESET_HOME. What was finished before is kept."
        ) from error


class CuesetCommand(BaseCommand):
    """A command that answers with one machine-readable object (`--json`) or with words.

    Subclasses write `add_options` and `run`; `run` returns the object, `describe` its words.
    """

    # Our own settings are checked in prepare_home, with one line; Django's checks run in `make check`.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --json beside the command's own options."""
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object and nothing else"
        )
        self.add_options(parser)

    def add_options(self, parser: CommandParser) -> None:
        """Declare the command's own options."""

    def run(self, *args: Any, **options: Any) -> dict[str, Any]:
        """Do it; returns ids, counts and metrics."""
        raise NotImplementedError

    def describe(self, result: dict[str, Any]) -> str:
        """The result in words, for people."""
        return "\n".join(f"{key.replace('_', ' ')}: {in_words(value)}" for key, value in result.items())

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, print the answer; a DomainError becomes one line and a non-zero exit."""
        prepare_home()
        try:
            result = self.run(**options)
        except DomainError as error:
            raise CommandError(error.message) from error
        except (OSError, DatabaseError) as error:
            refuse_full_disk(error)
            raise
        text = json.dumps(result, ensure_ascii=False, default=str) if options["as_json"] else self.describe(result)
        self.stdout.write(text)

    def say(self, line: str) -> None:
        """Tell a person who waits what happens now; on stderr, so that --json stays clean."""
        if sys.stderr.isatty():
            self.stderr.write(line)


def in_words(value: Any) -> str:
    """A value of an answer as people read it: lists one entry a line, and no brackets."""
    if value is None or value in ("", [], (), {}):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "".join(f"\n  {in_words(each)}" for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{str(key).replace('_', ' ')} {in_words(each)}" for key, each in value.items())
    return str(value)
