"""How long others wait for their commits while something long is done."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# Commits until its input is closed, as answers do, and then prints its waits in seconds.
WRITER = """
import os, select, sys, time
import django
django.setup()
from django.db import connection, transaction
waits = []
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.005)[0]:
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        # A page is written though nothing is another: SQLite commits it only when nobody reads.
        cursor.execute("UPDATE django_migrations SET name = name WHERE id = 1")
    waits.append(time.perf_counter() - start)
print(max(waits), len(waits))
"""


@dataclass
class Waits:
    """What somebody else saw who committed all the while."""

    longest: float = 0.0  # seconds
    commits: int = 0


@contextmanager
def somebody_commits() -> Iterator[Waits]:
    """Another process commits all the while to the database of this one's environment; its waits are known after."""
    waits = Waits()
    command = [sys.executable, "-c", WRITER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        yield waits
        longest, commits = writer.communicate("")[0].split()
    waits.longest, waits.commits = round(float(longest), 2), int(commits)
