"""Where the server's time in a labeling loop goes: by layer, and the database's statements one by one.

Run from the repository root:

    python -m benchmarks.labeling_profile [--stage audio] [--way page|apart] [--loops 3000] [--functions]

One annotator's requests go straight to the product's WSGI application in this process, on an SQLite database of its
own; what gunicorn and the network add is the difference to `benchmarks.labeling_loop`. Every millisecond of CPU time
the process is looked at: a look counts for the innermost layer that it is in.
"""

import argparse
import io
import json
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.labeling_loop import ANSWER, first_of, keyed

# The innermost frame that names one of these says where the process is.
LAYERS = (
    ("SQLite and its disk", ("django/db/backends/sqlite3", "config/sqlite", "django/db/backends/utils")),
    ("transactions", ("django/db/transaction", "django/db/backends/base")),
    ("ORM", ("django/db/", "config/compiled")),
    ("session and account", ("django/contrib/sessions", "django/contrib/auth", "config/sessions")),
    ("CSRF", ("django/middleware/csrf",)),
    ("REST framework", ("rest_framework/",)),
    ("signing", ("django/core/signing", "hmac.py", "django/utils/crypto")),
    ("middleware, routes, request", ("django/", "whitenoise/", "config/")),
    ("our code", ("annotator/", "datasets/")),
)


class Looks:
    """What the process was doing, looked at once a millisecond of its CPU time."""

    def __init__(self) -> None:
        self.layers: Counter[str] = Counter()
        self.functions: Counter[str] = Counter()

    def look(self, _signal: int, frame: FrameType | None) -> None:
        """Count the layer and the function that the process is in."""
        while frame is not None:
            name = frame.f_code.co_filename
            for layer, marks in LAYERS:
                if any(mark in name for mark in marks):
                    self.layers[layer] += 1
                    self.functions[f"{'/'.join(Path(name).parts[-3:])}:{frame.f_code.co_name}"] += 1
                    return
            frame = frame.f_back
        self.layers["the rest"] += 1

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look until the block ends."""
        signal.signal(signal.SIGPROF, self.look)
        signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


def asking(cookies: dict[str, str]) -> Callable[..., Any]:
    """A function that sends a request to the application as gunicorn would."""
    from config.wsgi import application

    common = {
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1", "CONTENT_TYPE": "application/json", "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(), "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True,
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "HTTP_X_CSRFTOKEN": cookies["csrftoken"],
    }  # fmt: skip

    def ask(method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        sent = json.dumps(body).encode() if body else b""
        request = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "CONTENT_LENGTH": str(len(sent))}
        told: list[str] = []
        response = application(
            common | request | {"wsgi.input": io.BytesIO(sent)}, lambda status, headers: told.append(status)
        )
        content = b"".join(response)
        response.close()
        if not told[0].startswith("2"):
            raise SystemExit(f"{method} {path} was answered with {told[0]}: {content[:300]!r}")
        return json.loads(content)

    return ask


def label(ask: Callable[..., Any], stage: str, way: str, loops: int) -> None:
    """So many answers, each bringing the next clips (page) or with a question of its own for them (apart)."""
    queue = ask("GET", stage)
    for _ in range(loops):
        answered = ask("POST", f"/api/assignments/{first_of(queue)}/annotations/", keyed(ANSWER))
        queue = ask("GET", stage) if way == "apart" else answered


def main() -> None:
    """Fill, warm up, count the statements of one loop, look at the rest, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", default="text", choices=("text", "audio"))
    parser.add_argument("--way", default="page", choices=("page", "apart"))
    parser.add_argument("--loops", type=int, default=3000)
    parser.add_argument("--functions", action="store_true", help="also the functions that take most, and the SQL")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cueset-benchmark-") as home:
        url = f"sqlite:///{Path(home) / 'benchmark.sqlite3'}"
        os.environ |= {"CUESET_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": url}
        import django

        django.setup()
        profile(options)


def profile(options: argparse.Namespace) -> None:
    """Fill, warm up, look, print."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from benchmarks.labeling_data import finish_text_stage, make_campaign

    campaign, (cookies,) = make_campaign(clips=options.loops + 200, annotators=1)
    if options.stage == "audio":
        finish_text_stage(campaign)
    ask, stage = asking(cookies), f"/api/my-work/{campaign}/{options.stage}/"
    label(ask, stage, options.way, 100)
    with CaptureQueriesContext(connection) as captured:
        label(ask, stage, options.way, 1)
    looks, before, start = Looks(), time.process_time(), time.perf_counter()
    with looks.looking():
        label(ask, stage, options.way, options.loops)
    cpu, passed = (1000 * (now - then) / options.loops for now, then in (
        (time.process_time(), before), (time.perf_counter(), start)
    ))  # fmt: skip
    print(f"{options.stage}, {options.way}: {cpu:.2f} ms of CPU a loop, {passed:.2f} ms in all")
    total = looks.layers.total()
    for layer, count in looks.layers.most_common():
        print(f"  {layer:30}{cpu * count / total:6.2f} ms{100 * count / total:6.0f} %")
    if options.functions:
        for name, count in looks.functions.most_common(60):
            print(f"  {cpu * count / total:8.3f} ms  {name}")
        for query in captured.captured_queries:
            print(f"  {query['sql']}\n")


if __name__ == "__main__":
    main()
