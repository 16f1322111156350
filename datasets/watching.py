"""Following long work: one service runs in a request, a command, or a job that is watched (datasets.runner.Work)."""

from contextlib import AbstractContextManager
from typing import Protocol

from django.db import transaction

from config.sentences import NOTHING, Sentence


class Watch(Protocol):
    """What follows long work: told how far it is, and asked before anything is written."""

    def progress(self, done: int, total: int, doing: Sentence = NOTHING) -> None:
        """Take note; raises when the work is to stop."""

    def commit(self) -> AbstractContextManager[None]:
        """A transaction that is entered only while the work is still ours."""


class Unwatched:
    """For work outside the ledger."""

    def progress(self, done: int, total: int, doing: Sentence = NOTHING) -> None:
        """Nobody looks."""

    def commit(self) -> AbstractContextManager[None]:
        """A transaction."""
        return transaction.atomic()
