"""Calls at the same moment, each in a thread with a connection of its own."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

from django.db import connection


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """Inside, threads share what the database holds now: SQLite's is in memory, so they get a copy of it in a file."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = str(folder / "shared.sqlite3")
        with closing(sqlite3.connect(folder / "shared.sqlite3")) as copy:
            connection.connection.backup(copy)
    yield
    connection.settings_dict["NAME"] = name


def together(calls: list[Callable[[], Any]], *, expected: type[Exception] | tuple[()] = ()) -> list[Any]:
    """Results, or the expected errors raised, of calls that all start at the same moment."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        except expected as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))
