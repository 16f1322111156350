"""Writers stand in line for SQLite's write lock, and always leave it."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import ConnectionHandler, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db  # each test makes a database of its own


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one table."""
    path = tmp_path / "line.sqlite3"
    with closing(connect(path)) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE written (writer integer)")
    return path


def connect(path: Path) -> BaseDatabaseWrapper:
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    handler = ConnectionHandler({"default": {"ENGINE": "config.sqlite", "NAME": str(path), "OPTIONS": options}})
    return handler["default"]


@contextmanager
def writing(path: Path, writer: int) -> Iterator[None]:
    """A transaction that has written, as transaction.atomic makes it."""
    connection = connect(path)
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO written VALUES (%s)", [writer])
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.set_autocommit(True)
        connection.close()


def written(path: Path) -> list[int]:
    with closing(connect(path)) as connection, connection.cursor() as cursor:
        return [row[0] for row in cursor.execute("SELECT writer FROM written ORDER BY rowid").fetchall()]


def wait_for(condition) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def waiting(path: Path) -> int:
    """How many stand in line, as the kernel lists those blocked on the lock of this file."""
    inode = f":{(path.parent / f'{path.name}-line').stat().st_ino} "
    return sum("->" in line and inode in line for line in Path("/proc/locks").read_text().splitlines())


def test_writers_are_served_in_the_order_in_which_they_came(path):
    def write(number: int) -> None:
        with writing(path, number):
            pass

    threads = [threading.Thread(target=write, args=(number,)) for number in range(1, 6)]
    with writing(path, 0):
        for number, thread in enumerate(threads, start=1):
            thread.start()
            wait_for(lambda number=number: waiting(path) == number)
    for thread in threads:
        thread.join()
    assert written(path) == [0, 1, 2, 3, 4, 5]


def test_whoever_fails_leaves_the_line(path):
    with pytest.raises(OperationalError), writing(path, 1):
        raise OperationalError("disk full")
    with writing(path, 2):
        pass
    assert written(path) == [2]


def test_whoever_closes_the_connection_in_the_middle_leaves_the_line(path):
    connection = connect(path)
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.connection.close()
    connection.close()
    with writing(path, 2):
        pass
    assert written(path) == [2]


def test_readers_do_not_stand_in_line(path):
    with writing(path, 1):
        assert written(path) == []
