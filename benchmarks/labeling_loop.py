"""Annotators who all label at once: loops a second, their time, the server's work, beside the least that Django can do.

Run from the repository root:

    python -m benchmarks.labeling_loop [--clips 2000] [--annotators 7] [--seconds 12] [--database URL] [--json]
    python -m benchmarks.labeling_loop --scale [--stage audio] [--database URL]

A real web server (gunicorn, started as `manage.py serve` starts it) works on a database of its own: SQLite that is gone
afterwards, or the empty PostgreSQL database at URL. Each annotator sends a request only after the answer to the one
before. Measured in turns, so that all share what else the machine does:

    page   what the workbench does: one request that saves an answer and brings the next clips
    apart  what other clients may do: ask for the next clip, then save; `next` and `save` are told apart
    floor  benchmarks.plain_loop, without sessions, rights, stages or checks

`--scale` prints a table of the page's loop over numbers of clips and annotators, in one database.
"""

import argparse
import json
import os
import tempfile
import time
import uuid
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.web_server import Connection, cpu_seconds, percentiles, web_server

PORT, FLOOR_PORT = 9371, 9372
TURNS = 3
SCALE = ((100, 7), (2_000, 7), (20_000, 7), (100_000, 7), (2_000, 70))
ANSWER = {"score": 1, "seconds": 4.0, "plays": 1}


@dataclass
class Figures:
    """What one way of labeling took, over all its turns."""

    passed: float = 0.0
    cpu: float = 0.0
    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def summary(self) -> dict[str, Any]:
        """Loops a second, the server's CPU for each, and the times of its requests."""
        loops = len(self.milliseconds["loop"])
        return {
            "loops": loops,
            "loops_per_second": round(loops / self.passed, 1),
            "server_cpu_ms_per_loop": round(1000 * self.cpu / loops, 2),
            **{f"{name}_ms": percentiles(values) for name, values in self.milliseconds.items()},
        }


class Annotator:
    """What one person's page asks of the server; each loop returns the milliseconds of its parts."""

    def __init__(self, cookies: dict[str, str], campaign: str, stage: str) -> None:
        self.product, self.floor = Connection(PORT, cookies), Connection(FLOOR_PORT, {})
        self.stage = f"/api/my-work/{campaign}/{stage}/"
        self.next: str | None = None
        self.clip = 0

    def page(self) -> dict[str, float] | None:
        """Save; the answer brings the next clips. None when the stage has no more."""
        if self.next is None:
            self.next = first_of(self.product.ask("GET", self.stage))
        if self.next is None:
            return None
        start = time.perf_counter()
        answered = self.product.ask("POST", f"/api/assignments/{self.next}/annotations/", keyed(ANSWER))
        self.next = first_of(answered)
        return {"loop": since(start)}

    def apart(self) -> dict[str, float] | None:
        """Ask for the next clip, then save."""
        start = time.perf_counter()
        self.next = first_of(self.product.ask("GET", self.stage))
        between = time.perf_counter()
        if self.next is None:
            return None
        self.product.ask("POST", f"/api/assignments/{self.next}/annotations/", keyed(ANSWER))
        self.next = None
        return {"next": 1000 * (between - start), "save": since(between), "loop": since(start)}

    def plain(self) -> dict[str, float] | None:
        """The floor's loop."""
        start = time.perf_counter()
        queue = self.floor.ask("POST", "/answer/", keyed(ANSWER | {"clip": self.clip}))["queue"]
        self.clip = queue[0]["assignment"] if queue else 0
        return {"loop": since(start)}

    def work(self, way: str, seconds: float) -> list[dict[str, float]]:
        """Loop after loop until the time is over or nothing is left."""
        for connection in (self.product, self.floor):
            connection.begin()
        loops, end = [], time.monotonic() + seconds
        while time.monotonic() < end and (loop := getattr(self, way)()):
            loops.append(loop)
        return loops


def first_of(stage: dict[str, Any]) -> str | None:
    """The clip to rate next."""
    return stage["queue"][0]["assignment"] if stage["queue"] else None


def keyed(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with a key of its own."""
    return answer | {"idempotency_key": uuid.uuid4().hex}


def since(start: float) -> float:
    """Milliseconds."""
    return 1000 * (time.perf_counter() - start)


def measure(servers: dict[str, int], people: list[Annotator], ways: list[str], seconds: float) -> dict[str, Any]:
    """All at once, each way in turns."""
    figures = {way: Figures() for way in ways}
    for _ in range(TURNS):
        for way, kept in figures.items():
            before, start = cpu_seconds(servers[way]), time.perf_counter()
            with ThreadPoolExecutor(len(people)) as threads:
                done = list(threads.map(lambda one, way=way: one.work(way, seconds / TURNS), people))
            kept.passed += time.perf_counter() - start
            kept.cpu += cpu_seconds(servers[way]) - before
            for loop in (each for loops in done for each in loops):
                for name, value in loop.items():
                    kept.milliseconds[name].append(value)
    return {way: kept.summary() for way, kept in figures.items()}


def run(options: argparse.Namespace, environment: dict[str, str]) -> dict[str, Any]:
    """Fill, start both servers, measure."""
    from benchmarks.labeling_data import finish_text_stage, make_campaign
    from benchmarks.plain_loop import make_tables

    make_tables(clips=2000)
    figures: dict[str, Any] = {"database": os.environ["DATABASE_URL"].partition(":")[0]}
    with ExitStack() as stack:
        product = stack.enter_context(web_server(PORT, "config.wsgi", **environment))
        floor = stack.enter_context(
            web_server(FLOOR_PORT, "benchmarks.plain_loop", DJANGO_SETTINGS_MODULE="benchmarks.plain_loop")
        )
        servers = {"page": product, "apart": product, "plain": floor}
        if options.scale:
            for clips, annotators in SCALE:
                campaign, people = make_campaign(clips=clips, annotators=annotators, stages=[options.stage])
                if options.stage == "audio":
                    finish_text_stage(campaign)  # of the one clip that has it
                crew = [Annotator(cookies, campaign, options.stage) for cookies in people]
                taken = measure(servers, crew, ["page", "plain"], options.seconds)
                figures[f"{clips} clips, {annotators} annotators"] = taken
            return figures
        campaign, people = make_campaign(clips=options.clips, annotators=options.annotators)
        figures |= {"clips": options.clips, "annotators": options.annotators}
        for stage in ("text", "audio"):
            if stage == "audio":
                finish_text_stage(campaign)
            crew = [Annotator(cookies, campaign, stage) for cookies in people]
            figures[stage] = measure(servers, crew, ["page", "apart", "plain"], options.seconds)
    return figures


def table(figures: dict[str, Any]) -> str:
    """One line a measurement."""
    lines = [f"{'':34}{'loops/s':>9}{'CPU ms':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}"]
    for title, ways in figures.items():
        for way, taken in ways.items() if isinstance(ways, dict) else ():
            for part in ("loop", "next", "save"):
                if times := taken.get(f"{part}_ms"):
                    line = f"{f'{title}, {way}' if part == 'loop' else f'  of it {part}':34}"
                    whole = (taken["loops_per_second"], taken["server_cpu_ms_per_loop"]) if part == "loop" else ("", "")
                    lines.append(line + "".join(f"{n:>9}" for n in (*whole, times["p50"], times["p95"], times["p99"])))
    return "\n".join(lines)


def main() -> None:
    """Fill, start, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=2000)
    parser.add_argument("--annotators", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=12.0, help="per stage and way")
    parser.add_argument("--database", help="URL of an empty PostgreSQL database; SQLite of its own without it")
    parser.add_argument("--scale", action="store_true", help="the page's loop over numbers of clips and annotators")
    parser.add_argument("--stage", default="text", choices=("text", "audio"), help="of --scale")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cueset-benchmark-") as home:
        url = options.database or f"sqlite:///{Path(home) / 'benchmark.sqlite3'}"
        environment = {"CUESET_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": url}
        os.environ |= environment
        import django

        django.setup()
        figures = run(options, environment)
    print(json.dumps(figures) if options.as_json else f"{figures['database']}\n{table(figures)}")


if __name__ == "__main__":
    main()
