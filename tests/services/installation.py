"""An installation of its own for tests that start workers in other processes."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import django, json, sys
django.setup()
{body}
"""


def ask(machine: dict[str, str], body: str) -> str:
    """What a short program inside that installation prints."""
    command = [sys.executable, "-c", SCRIPT.format(body=body)]
    environment = machine | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def start_worker(
    machine: dict[str, str], queue: str = "media", prepare: Callable[[], None] | None = None
) -> subprocess.Popen[bytes]:
    """A Celery worker with one process; `prepare` is called in it before it begins."""
    command = f"-m celery --quiet --app config worker --queues {queue} --concurrency 1 --loglevel ERROR"
    quiet = "--without-gossip --without-mingle --without-heartbeat"
    arguments = [sys.executable, *command.split(), *quiet.split()]
    return subprocess.Popen(arguments, env=machine, cwd=ROOT, start_new_session=True, preexec_fn=prepare)


def rows(machine: dict[str, str], query: str) -> list[tuple[Any, ...]]:
    """Read the tables directly: quick enough to catch a job in the middle."""
    if url := machine.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            return connection.execute(query).fetchall()
    path = Path(machine["CUESET_HOME"]) / "cueset.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as connection:
        return connection.execute(query).fetchall()
