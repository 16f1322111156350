"""A database engine in which writers stand in line for SQLite's one write lock instead of asking for it now and then.

SQLite itself sleeps longer and longer (up to 100 ms) between two tries, so under load whoever came last is served first
and some wait for a second. Here a transaction first takes an advisory lock on a file beside the database; the kernel
wakes those who wait in their order. What keeps data whole is SQLite's own lock, which is taken as before: programs that
know nothing of the line only wait as SQLite makes them.
"""

import fcntl
import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; at most one thread uses it at a time. The stubs do not tell of the methods it extends."""

    line: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_line()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if autocommit:  # the transaction is over, whether it was committed or rolled back
            self._leave_line()

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]
        self._leave_line()

    def _stand_in_line(self) -> None:
        name = self.settings_dict["NAME"]
        if self.is_in_memory_db():
            return
        self.line = os.open(f"{name}-line", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self.line, fcntl.LOCK_EX)

    def _leave_line(self) -> None:
        if self.line is not None:
            os.close(self.line)
            self.line = None
