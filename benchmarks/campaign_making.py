"""How long others wait to write while a campaign of the paper's size is made: 4,402 clips, 4 stages, 7 annotators.

Run from the repository root: `python -m benchmarks.campaign_making [--clips 4402] [--json]`. Another process commits
all the while, as answers do; its longest wait is the longest time that SQLite let nobody else write.
"""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Fill, make a campaign beside the writer, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=4402)
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cueset-benchmark-") as home:
        os.environ |= {"CUESET_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(home) / 'benchmark.sqlite3'}"
        import django

        django.setup()
        from annotator.models import Assignment, Campaign
        from annotator.services.campaigns import create_campaign
        from benchmarks.labeling_data import make_campaign
        from benchmarks.waiting import somebody_commits

        make_campaign(clips=options.clips, annotators=1, stages=["text"])
        project, before = Campaign.objects.get().project, Assignment.objects.count()
        with somebody_commits() as waits:
            start = time.perf_counter()
            create_campaign(project=project, name="measured", annotators=[f"a{number}" for number in range(7)])
            took = time.perf_counter() - start
        figures = {
            "assignments": Assignment.objects.count() - before,
            "seconds": round(took, 1),
            "longest_wait_seconds": waits.longest,
            "commits_meanwhile": waits.commits,
        }
    print(json.dumps(figures) if options.as_json else "\n".join(f"{name:22} {n}" for name, n in figures.items()))


if __name__ == "__main__":
    main()
