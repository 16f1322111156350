"""What benchmarks of the web server share: the server as `make run` starts it, a browser's connection, figures."""

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any


class Connection:
    """One kept connection with its cookies; hangs up and calls again when the server has closed it."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": cookies.get("csrftoken", ""),
            "Content-Type": "application/json",
        }

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request; anything but a 2xx ends the benchmark."""
        self.connection.request(method, path, json.dumps(body) if body else None, self.headers)
        response = self.connection.getresponse()
        content = response.read()
        if not 200 <= response.status < 300:
            raise SystemExit(f"{method} {path} was answered with {response.status}: {content[:300]!r}")
        return json.loads(content)

    def begin(self) -> None:
        """Call anew: the server hangs up on connections that idle between two measurements."""
        self.connection.close()


@contextmanager
def web_server(port: int, application: str, **environment: str) -> Iterator[int]:
    """The process number of a server that answers, started with the arguments that `manage.py serve` gives it."""
    from config.management.commands.serve import WEB

    command = [sys.executable, *WEB.format(application=application, host="127.0.0.1", port=port).split()]
    server = subprocess.Popen(command, env=os.environ | environment)
    try:
        for _ in range(100):
            time.sleep(0.2)
            with suppress(ConnectionRefusedError):
                http.client.HTTPConnection("127.0.0.1", port).request("GET", "/api/session/")
                break
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def cpu_seconds(server: int) -> float:
    """CPU time of the server's process and its workers so far, as Linux counts it."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            # Fields after the name in parentheses: state, parent, … user ticks (12th), system ticks (13th).
            fields = path.read_text().rpartition(")")[2].split()
            if server in (int(path.parent.name), int(fields[1])):
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """The median, what one in twenty and one in a hundred exceed, and the most."""
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return {
        "p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1), "max": round(max(values), 1),
    }  # fmt: skip
