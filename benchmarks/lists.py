"""What every page of lists asks for, in a made project of 100,000 clips: time through the real server, and queries.

Run from the repository root: `python -m benchmarks.lists [--clips 100000] [--asks 20] [--keep FOLDER] [--json]`. The
web server (gunicorn, as `make run` starts it) works on a database of its own, gone afterwards unless --keep names a
folder, where the next run finds it again. Beside the milliseconds that a page waits stand those of CPU that an answer
takes, measured in this process (for a busy machine), and how many queries it is made of. Analyses, which are no lists,
are told apart: those that a worker computes are computed here first, with the seconds that it takes, then asked for.
"""

import argparse
import base64
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from benchmarks.large_project import PERSON, fill

LIMIT = 100  # milliseconds that a list may take


def cursor(position: object) -> str:
    """A place deep in a list, as the addresses of its pages have it."""
    return base64.b64encode(f"p={position}".encode()).decode()


def lists(ids: dict[str, str], clips: int) -> dict[str, str]:
    """Addresses of the lists, by what they show."""
    project, version, run = f"project={ids['project']}", f"/api/versions/{ids['version']}/", f"/api/runs/{ids['run']}/"
    campaign, deep = f"/api/campaigns/{ids['campaign']}/", cursor(clips - clips // 10)
    clip_list = f"/api/clips/?{project}"
    return {
        "projects": "/api/projects/",
        "project": f"/api/projects/{ids['project']}/",
        "members": f"/api/projects/{ids['project']}/members/",
        "events": f"/api/projects/{ids['project']}/events/",
        "clips": clip_list,
        "clips, far down": f"{clip_list}&cursor={deep}",
        "clips of a source": f"{clip_list}&source={ids['source']}",
        "clips of a speaker": f"{clip_list}&speaker=speaker%20399",
        "clips of a scenario": f"{clip_list}&scenario=scenario%2011",
        "clips, unsupervised": f"{clip_list}&supervised=false",
        "clips with labels": f"{clip_list}&has_label=true",
        "clips without labels": f"{clip_list}&has_label=false",
        "supervised clips without labels": f"{clip_list}&has_label=false&supervised=true",
        "clips that say something": f"{clip_list}&search=%E5%A4%A9%E6%B0%94",
        "clips found by id": f"{clip_list}&search={clips - 7:06d}",
        "clips that nobody said": f"{clip_list}&search=%E9%AA%86%E9%A9%BC",
        "clips that nobody said, of a scenario": f"{clip_list}&search=%E9%AA%86%E9%A9%BC&scenario=scenario%2011",
        "clip": f"/api/clips/{ids['clip']}/",
        "facets of clips": f"/api/clips/facets/?{project}",
        "sources": f"/api/sources/?{project}",
        "jobs": f"/api/jobs/?{project}",
        "jobs of all projects": "/api/jobs/",
        "jobs that run": f"/api/jobs/?{project}&state=queued,running",
        "jobs of a kind": f"/api/jobs/?{project}&kind=kind_3",
        "versions": f"/api/versions/?{project}",
        "version": version,
        "clips of a version": f"{version}clips/",
        "clips of a version, far down": f"{version}clips/?cursor={deep}",
        "clips of a split": f"{version}clips/?split=test",
        "unsupervised clips of a version": f"{version}clips/?split=unsupervised",
        "exports": f"{version}exports/",
        "feature sets": f"{version}feature-sets/",
        "lineage": f"{version}lineage/",
        "leaks": f"{version}leaks/",
        "campaigns": f"/api/campaigns/?{project}",
        "campaign and progress": campaign,
        "preparation": f"{campaign}preparation/",
        "references": f"{campaign}references/",
        "renditions": f"{campaign}renditions/",
        "renditions that failed": f"{campaign}renditions/?passed=false",
        "renditions overruled": f"{campaign}renditions/?verdict=overruled",
        "renditions withheld": f"{campaign}renditions/?verdict=withheld",
        "renditions with conflicts": f"{campaign}renditions/?verdict=conflict",
        "renditions of a stage": f"{campaign}renditions/?modality=vision",
        "sources of a campaign": f"{campaign}sources/",
        "transcripts": f"{campaign}transcripts/",
        "transcripts to review": f"{campaign}transcripts/?reviewed=false",
        "transcripts reviewed": f"{campaign}transcripts/?reviewed=true",
        "flags": f"{campaign}flags/",
        "flags of a calibration": f"{campaign}calibration-flags/",
        "flags of a stage": f"{campaign}flags/?modality=vision",
        "contested clip": f"{campaign}contested/{ids['clip']}/",
        "runs of a project": f"/api/runs/?{project}",
        "runs of a version": f"/api/runs/?version={ids['version']}",
        "run": run,
        "epochs": f"{run}epochs/",
        "predictions": f"{run}predictions/",
        "predictions of training clips": f"{run}predictions/?split=train",
        "predictions by clip": f"{run}predictions/?split=train&order=clip",
        "experiments": f"/api/experiments/?{project}",
        "sweeps": f"/api/sweeps/?{project}",
        "recipes": "/api/recipes/",
    }


def analyses(ids: dict[str, str]) -> dict[str, str]:
    """Addresses of what is computed over all rows, by what it tells."""
    campaign, run = f"/api/campaigns/{ids['campaign']}/", f"/api/runs/{ids['run']}/"
    return {
        "figures of a version (stored)": f"/api/versions/{ids['version']}/figures/",
        "difference of two versions": f"/api/versions/{ids['version']}/difference/",
        "comparison with the paper": f"/api/versions/{ids['version']}/comparison/",
        "figures of a campaign": f"{campaign}figures/",
        "quality of a campaign": f"{campaign}quality/",
        "contested clips": f"{campaign}contested/",
        "isolation of a campaign": f"{campaign}isolation/",
        "scatter of a run": f"{run}scatter/",
        "errors of a run": f"{run}errors/",
        "rules of a campaign compared": f"{campaign}rules/",
        "experiment": f"/api/experiments/{ids['experiment']}/",
        "intervals of an experiment": f"/api/experiments/{ids['experiment']}/intervals/",
        "two runs compared": f"{run}compare/{ids['other_run']}/",
    }


@contextmanager
def web_server() -> Iterator[int]:
    """The product's web server, with the settings that `make run` gives it; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = f"-m gunicorn config.wsgi --bind 127.0.0.1:{port} --workers 2 --threads 4 --log-level warning"
    server = subprocess.Popen([sys.executable, *command.split()])
    try:
        for _ in range(150):
            time.sleep(0.2)
            with suppress(ConnectionRefusedError):
                http.client.HTTPConnection("127.0.0.1", port).request("GET", "/api/session/")
                break
        yield port
    finally:
        server.terminate()
        server.wait()


def ask_server(port: int, path: str, session: str, asks: int) -> list[float]:
    """Milliseconds of each answer through the server; the first two warm it up and do not count."""
    connection, waits = http.client.HTTPConnection("127.0.0.1", port, timeout=120), []
    for _ in range(asks + 2):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        response = connection.getresponse()
        content = response.read()
        waits.append(1000 * (time.perf_counter() - start))
        if response.status != 200:
            raise SystemExit(f"GET {path} was answered with {response.status}: {content[:300]!r}")
    connection.close()
    return waits[2:]


def ask_here(client: Any, path: str, asks: int) -> tuple[float, int]:
    """The median of an answer's milliseconds of CPU, and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"GET {path} was answered with {answer.status_code}: {answer.content[:300]!r}")
    queries, spent = len(captured), []
    for _ in range(asks):
        start = time.process_time()
        client.get(path)
        spent.append(1000 * (time.process_time() - start))
    return statistics.median(spent), queries


def compute(client: Any, path: str) -> float:
    """Seconds until what the address is about is computed, as a worker does it; 0 where it answers at once."""
    from datasets.models import Job
    from datasets.runner import finish_here

    start, answer = time.perf_counter(), client.get(path)
    if answer.status_code != 202:
        return 0.0
    finish_here(Job.objects.get(pk=answer.json()["job"]["id"]))
    return time.perf_counter() - start


def measure(port: int, paths: dict[str, str], client: Any, asks: int) -> Iterator[dict[str, Any]]:
    """A row for each address, as soon as it is known."""
    for name, path in paths.items():
        computed = compute(client, path)
        waits = sorted(ask_server(port, path, client.cookies["sessionid"].value, asks))
        cpu, queries = ask_here(client, path, max(3, asks // 4))
        late = waits[min(len(waits) - 1, int(0.95 * len(waits)))]
        yield {
            "name": name, "p50": round(statistics.median(waits), 1), "p95": round(late, 1), "cpu": round(cpu, 1),
            "queries": queries, "computed": round(computed, 1),
        }  # fmt: skip


def show(kind: str, rows: Iterator[dict[str, Any]]) -> None:
    """A table, line by line."""
    print(f"{kind:<40} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'queries':>8} {'job s':>8}")
    for row in rows:
        late = "  late" if row["p95"] > LIMIT else ""
        figures = " ".join(f"{row[name]:>8}" for name in ("p50", "p95", "cpu", "queries", "computed"))
        print(f"{row['name']:<40} {figures}{late}", flush=True)


def prepared(home: Path, clips: int) -> dict[str, str]:
    """The made project's ids; made now unless the folder has them."""
    from config.commands import prepare_home

    prepare_home()
    file = home / "ids.json"
    if not file.exists():
        file.write_text(json.dumps(fill(clips)))
    ids: dict[str, str] = json.loads(file.read_text())
    return ids


def main() -> None:
    """Fill, start, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=100_000)
    parser.add_argument("--asks", type=int, default=20)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="", help="names that hold this text")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cueset-benchmark-") as folder:
        home = options.keep or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        os.environ |= {
            "CUESET_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings",
            "CUESET_ALLOWED_HOSTS": "127.0.0.1,testserver",
        }  # fmt: skip
        os.environ.setdefault("CELERY_BROKER_URL", "memory://")
        import django

        django.setup()
        ids = prepared(home, options.clips)
        from django.contrib.auth.models import User
        from django.test import Client

        client = Client()
        client.force_login(User.objects.get(username=PERSON))
        kinds = {"lists": lists(ids, options.clips), "analyses": analyses(ids)}
        result: dict[str, list[dict[str, Any]]] = {}
        with web_server() as port:
            for kind, paths in kinds.items():
                wanted = {name: path for name, path in paths.items() if options.only in name}
                rows = measure(port, wanted, client, options.asks)
                if options.as_json:
                    result[kind] = list(rows)
                else:
                    show(kind, rows)
    if options.as_json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
