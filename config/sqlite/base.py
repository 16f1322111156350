"""A database engine in which writers stand in line for SQLite's one write lock instead of asking for it now and then.

SQLite itself sleeps longer and longer (up to 100 ms) between two tries, so under load whoever came last is served first
and some wait for a second. Here a transaction first takes an advisory lock on a file beside the database; the kernel
wakes those who wait in their order. What keeps data whole is SQLite's own lock, which is taken as before: programs that
know nothing of the line only wait as SQLite makes them. Nobody waits longer than the connection's `timeout`, in either.
"""

from pathlib import Path
from typing import NoReturn

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from config.errors import DomainError
from config.sqlite.line import Place


class DatabaseBusy(DomainError, OperationalError):
    """Others have been writing for so long that this one gave up; nothing was changed, and it may succeed later."""

    code = "database_busy"
    status = 503


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; at most one thread uses it at a time. The stubs do not tell of the methods it extends."""

    place: Place | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException as error:
            self._leave_line()
            if isinstance(error, OperationalError) and "database is locked" in str(error):
                self._give_up(error)
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if autocommit:  # the transaction is over, whether it was committed or rolled back
            self._leave_line()

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]
        self._leave_line()

    def _stand_in_line(self) -> None:
        if self.is_in_memory_db():
            return
        self.place = Place(Path(f"{self.settings_dict['NAME']}-line"))
        if not self.place.wait(self.patience):
            self._leave_line()
            self._give_up()

    def _leave_line(self) -> None:
        if self.place is not None:
            self.place.leave()
            self.place = None

    @property
    def patience(self) -> float:
        """Seconds that a writer waits, in line and again for SQLite's own lock."""
        return float(self.settings_dict["OPTIONS"].get("timeout", 5))

    def _give_up(self, cause: Exception | None = None) -> NoReturn:
        raise DatabaseBusy(
            f"Other work has been writing to the database for more than {self.patience:g} seconds, so nothing was "
            "changed: try again; if it stays so, look for a long import or command and let it end.",
            seconds=self.patience,
        ) from cause
