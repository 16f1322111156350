"""Start the whole product: web server, worker and job sweeper under one supervisor, until Ctrl-C."""

import os
import shutil
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from honcho.manager import Manager

from config.commands import CuesetCommand
from config.errors import DomainError

LEAST_FREE_BYTES = 500_000_000
WEB = "-m gunicorn {application} --bind {host}:{port} --workers 2 --threads 4 --log-level warning --graceful-timeout 5"


class CannotServe(DomainError):
    """Something on this machine stands in the way."""

    code = "cannot_serve"


class Command(CuesetCommand):
    """Check, set up, load the sample on first start, then supervise three processes."""

    help = "start web server, worker and job sweeper until Ctrl-C"

    def add_options(self, parser: CommandParser) -> None:
        """Where to listen, and with how many workers."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 2, help="jobs done at the same time")
        parser.add_argument("--no-sample", action="store_true", help="do not load the sample project on first start")

    def run(self, *, host: str, port: int, workers: int, no_sample: bool, **options: Any) -> dict[str, Any]:
        """Supervise until something ends or a person asks to stop."""
        check_port(host, port)
        check_disk()
        check_pages()
        if not no_sample:
            call_command("load_sample", first_start=True, stdout=self.stderr)
        self.stderr.write(f"\n  Cueset is at http://{host}:{port}  (Ctrl-C ends it)\n")
        accounts = settings.HOME / "sample_accounts.txt"
        if accounts.is_file():
            self.stderr.write(f"  Sample accounts, from {accounts}:\n")
            self.stderr.write("".join(f"    {line}\n" for line in accounts.read_text().splitlines()))
        status = supervise(host, port, workers)
        if status:
            sys.exit(status)
        return {"stopped": True}


def check_port(host: str, port: int) -> None:
    """Refuse a port that somebody listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(
                f"Port {port} on {host} cannot be used ({error.strerror}): stop what listens there, or choose another "
                f"with CUESET_PORT={port + 1} make run."
            ) from error


def check_disk() -> None:
    """Refuse a disk on which the first recording would not fit."""
    free = shutil.disk_usage(settings.HOME).free
    if free < LEAST_FREE_BYTES:
        raise CannotServe(
            f"Only {free // 1_000_000} MB are free where {settings.HOME} is, and Cueset needs "
            f"{LEAST_FREE_BYTES // 1_000_000} MB: make room, or choose another folder with CUESET_HOME."
        )


def check_pages() -> None:
    """Refuse to start without the built pages."""
    if not (settings.FRONTEND_DIST / "index.html").is_file():
        raise CannotServe("The pages are not built: start with `make run`, or build them with `make frontend`.")


def supervise(host: str, port: int, workers: int) -> int:
    """Run the three processes; when one ends or Ctrl-C comes, end them all. Returns an exit status."""
    python = sys.executable
    manager = Manager()
    common = {"env": {**os.environ, "PYTHONUNBUFFERED": "1"}, "cwd": str(settings.BASE_DIR), "quiet": False}
    manager.add_process(
        "web",
        f"exec {python} {WEB.format(application='config.wsgi', host=host, port=port)}",
        **common,
    )
    manager.add_process(
        "worker",
        # Pages answer first; encoding and training take what is left of the cores.
        f"exec nice -n 10 {python} -m celery --quiet --app config worker --queues media,features,training "
        f"--concurrency {workers} --loglevel WARNING --without-gossip --without-mingle --without-heartbeat",
        **common,
    )
    manager.add_process("sweeper", f"exec {python} manage.py sweep_jobs --forever", **common)
    manager.loop()
    # Ended by a signal is how Ctrl-C looks; honcho reports that as 130.
    return 0 if manager.returncode in (None, 0, 130, -2, -15) else int(manager.returncode)
