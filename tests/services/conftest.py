"""What the tests with workers in other processes stand on."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

ON_SERVICES = bool(os.environ.get("CUESET_TEST_SERVICES"))


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation of its own, with quick leases."""
    environment = {key: value for key, value in os.environ.items() if key != "CELERY_BROKER_URL"}
    environment |= {"CUESET_HOME": str(tmp_path / "home"), "CUESET_JOB_LEASE_SECONDS": "3"}
    if not ON_SERVICES:
        environment.pop("DATABASE_URL", None)
        yield environment
        return
    server, name = os.environ["DATABASE_URL"], f"killed_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        # A Redis database that no other test's worker listens on.
        broker = os.environ["CELERY_BROKER_URL"].rsplit("/", 1)[0] + f"/{1 + os.getpid() % 15}"
        yield environment | {"DATABASE_URL": f"{server.rsplit('/', 1)[0]}/{name}", "CELERY_BROKER_URL": broker}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
