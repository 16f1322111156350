"""Several queries that see one moment."""

import time
from pathlib import Path
from threading import Event

from config.moment import one_moment
from datasets.models import Project
from tests.factories import ProjectFactory
from tests.threads import shared_database, together


def test_what_others_write_meanwhile_is_not_seen_before_the_moment_is_over(transactional_db: None, tmp_path: Path):
    has_read = Event()

    def read() -> list[int]:
        with one_moment():
            counts = [Project.objects.count()]
            has_read.set()
            time.sleep(0.3)
            counts.append(Project.objects.count())
        return counts

    def write() -> int:
        has_read.wait(10)
        ProjectFactory()
        return Project.objects.count()

    with shared_database(tmp_path):
        assert together([read, write]) == [[0, 0], 1]


def test_within_a_transaction_of_the_caller_nothing_changes(db: None):
    ProjectFactory()
    with one_moment():
        assert Project.objects.count() == 1
