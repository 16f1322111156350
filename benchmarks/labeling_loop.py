"""Seven annotators at once ask for the next clip and save a score: loops a second, their time, the server's work.

Run from the repository root: `python -m benchmarks.labeling_loop [--clips 2000] [--seconds 10] [--json]`. A real web
server (gunicorn, started as `make run` starts it) works on a database of its own that is gone afterwards. Each
annotator sends a request only after the answer to the one before; the audio stage, where every clip needs the look-up
of its rendition, is measured after the text stage.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ANNOTATORS = [f"annotator_{number}" for number in range(1, 8)]
PORT = 9371
STAGES = ("text", "audio")


class Browser:
    """What an annotator's page does, over one kept connection."""

    def __init__(self, username: str, password: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.cookies: dict[str, str] = {}
        self.fetch("GET", "/")  # the page brings the CSRF cookie, built or not
        self.ask("POST", "/api/session/", {"username": username, "password": password})

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request; anything but a 2xx ends the benchmark."""
        status, content = self.fetch(method, path, body)
        if not 200 <= status < 300:
            raise SystemExit(f"{method} {path} was answered with {status}: {content[:300]!r}")
        return json.loads(content)

    def fetch(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, bytes]:
        """Send the cookies, keep those that come back."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"X-CSRFToken": self.cookies.get("csrftoken", ""), "Content-Type": "application/json"}
        self.connection.request(method, path, json.dumps(body) if body else None, headers)
        response = self.connection.getresponse()
        content = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, _ = value.partition(";")
                self.cookies.__setitem__(*cookie.split("=", 1))
        return response.status, content

    def label(self, campaign: str, stage: str, seconds: float) -> tuple[list[float], list[float]]:
        """Next and save, again and again; milliseconds of each."""
        self.connection.close()  # the server hangs up on connections that idle between stages; this opens a new one
        nexts, saves, end = [], [], time.monotonic() + seconds
        while time.monotonic() < end:
            start = time.perf_counter()
            queue = self.ask("GET", f"/api/my-work/{campaign}/{stage}/")["queue"]
            if not queue:
                break
            between = time.perf_counter()
            body = {"score": 1, "seconds": 4.0, "plays": 1, "idempotency_key": uuid.uuid4().hex}
            self.ask("POST", f"/api/assignments/{queue[0]['assignment']}/annotations/", body)
            nexts.append(1000 * (between - start))
            saves.append(1000 * (time.perf_counter() - between))
        return nexts, saves


def fill(clips: int) -> tuple[str, dict[str, str]]:
    """A campaign whose renditions have all passed, as rows; its id and the annotators' passwords."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from annotator.isolation.parameters import IsolationParameters
    from annotator.models import Rendition
    from annotator.services.campaigns import create_campaign
    from annotator.shown import PLAYED
    from datasets.models import Clip, Project, Source

    project = Project.objects.create(name="benchmark")
    source = Source.objects.create(project=project, video_id="video")
    rows = [
        Clip(
            project=project, source=source, clip_id=str(number), order=number, transcript=f"第{number}句话", file="-",
            sha256="0" * 64, seconds=3.0, width=640, height=360, frame_rate=25.0,
        )
        for number in range(clips)
    ]  # fmt: skip
    Clip.objects.bulk_create(rows)
    made = {"isolation_digest": IsolationParameters().digest, "file": "-", "sha256": "0" * 64, "bytes": 1}
    Rendition.objects.bulk_create(
        Rendition(clip=clip, modality=modality, passed=True, **made) for clip in rows for modality in PLAYED
    )
    created = create_campaign(project=project, annotators=ANNOTATORS)
    return str(created.campaign.pk), dict(created.new_accounts)


def finish_text_stage() -> None:
    """Open the audio stage for everybody by importing what is left of the text stage."""
    from annotator.foreign_scores import COLUMNS
    from annotator.models import Assignment, Campaign
    from annotator.services.imports import import_annotations

    left = Assignment.objects.filter(modality="text", current=None).select_related("clip", "membership__annotator")
    lines = [f"video,{row.clip.clip_id},text,{row.membership.annotator.username},0" for row in left]
    import_annotations(campaign=Campaign.objects.get(), table="\n".join([",".join(COLUMNS), *lines]))


@contextmanager
def web_server() -> Iterator[int]:
    """The product's web server, with the settings that `make run` gives it."""
    command = f"-m gunicorn config.wsgi --bind 127.0.0.1:{PORT} --workers 2 --threads 4 --log-level warning"
    server = subprocess.Popen([sys.executable, *command.split()])
    try:
        for _ in range(100):
            time.sleep(0.2)
            with suppress(ConnectionRefusedError):
                http.client.HTTPConnection("127.0.0.1", PORT).request("GET", "/api/session/")
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


def measure(server: int, browsers: list[Browser], campaign: str, stage: str, seconds: float) -> dict[str, Any]:
    """All annotators at once in one stage."""
    before, start = cpu_seconds(server), time.perf_counter()
    with ThreadPoolExecutor(len(browsers)) as threads:
        results = list(threads.map(lambda browser: browser.label(campaign, stage, seconds), browsers))
    passed, spent = time.perf_counter() - start, cpu_seconds(server) - before
    nexts, saves = ([each for result in results for each in result[kind]] for kind in (0, 1))
    loops = [following + save for following, save in zip(nexts, saves, strict=True)]
    return {
        "loops": len(loops),
        "loops_per_second": round(len(loops) / passed, 1),
        "server_cpu_ms_per_loop": round(1000 * spent / len(loops), 1),
        "next_ms": percentiles(nexts),
        "save_ms": percentiles(saves),
        "loop_ms": percentiles(loops),
    }


def percentiles(values: list[float]) -> dict[str, float]:
    """The median, and what one in twenty and one in a hundred exceed."""
    cuts = statistics.quantiles(values, n=100)
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1)}


def main() -> None:
    """Fill, start, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=10.0, help="per stage")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cueset-benchmark-") as home:
        os.environ |= {"CUESET_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(home) / 'benchmark.sqlite3'}"
        campaign, passwords = fill(options.clips)
        figures: dict[str, Any] = {"clips": options.clips, "annotators": len(ANNOTATORS)}
        with web_server() as server:
            browsers = [Browser(name, passwords[name]) for name in ANNOTATORS]
            for stage in STAGES:
                if stage == "audio":
                    finish_text_stage()
                figures[stage] = measure(server, browsers, campaign, stage, options.seconds)
    print(json.dumps(figures) if options.as_json else json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
