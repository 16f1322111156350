"""Reading what is true at one moment, by several queries, whatever others write meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment; nothing may be written inside.

    Not by `transaction.atomic`: on SQLite that takes the lock of those who write, on PostgreSQL each query in it sees a
    moment of its own. Within a transaction of the caller nothing changes. Where SQLite keeps no write-ahead log
    (config.settings) nobody can commit meanwhile, so read first, and work with it afterwards.
    """
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else "BEGIN DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
