"""Mend what crashes left in the ledger, once or for ever."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import OperationalError, connection

from config.commands import CuesetCommand
from datasets.jobs import sweep
from datasets.media import storage


class Command(CuesetCommand):
    """Give lost work to other workers, and wake them."""

    help = "give work that crashed workers left behind to others"

    def add_options(self, parser: CommandParser) -> None:
        """Once, or until stopped."""
        parser.add_argument("--forever", action="store_true", help="sweep every few seconds until stopped")

    def run(self, *, forever: bool, **options: Any) -> dict[str, Any]:
        """Sweep; returns how many jobs wait in each queue."""
        storage.sweep_workspaces()
        while forever:
            try:
                sweep()
            except OperationalError as error:  # a busy or restarting database: the next round will do
                self.stderr.write(f"The sweep is put off: {error}")
            connection.close()
            time.sleep(settings.JOB_SWEEP_SECONDS)
        return {"queued": sweep()}
