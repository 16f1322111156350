"""Writers stand in line for SQLite's write lock, and always leave it."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import ConnectionHandler, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from config.api import answer_error
from config.sqlite.base import DatabaseBusy

pytestmark = pytest.mark.django_db  # each test makes a database of its own


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one table."""
    path = tmp_path / "line.sqlite3"
    with closing(connect(path)) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE written (writer integer)")
    return path


def connect(path: Path, *, patience: float = 20) -> BaseDatabaseWrapper:
    options = {"transaction_mode": "IMMEDIATE", "timeout": patience}
    handler = ConnectionHandler({"default": {"ENGINE": "config.sqlite", "NAME": str(path), "OPTIONS": options}})
    return handler["default"]


@contextmanager
def writing(path: Path, writer: int, *, patience: float = 20) -> Iterator[None]:
    """A transaction that has written, as transaction.atomic makes it."""
    connection = connect(path, patience=patience)
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


def test_whoever_has_waited_long_enough_is_told_so_and_has_changed_nothing(path):
    with writing(path, 1):
        start = time.monotonic()
        with pytest.raises(DatabaseBusy, match=r"0\.2 seconds.*try again") as told, writing(path, 2, patience=0.2):
            pass
    assert 0.2 <= time.monotonic() - start < 5
    assert (told.value.status, told.value.code) == (503, "database_busy")
    assert written(path) == [1]


def test_whoever_gave_up_keeps_nobody_from_their_turn(path):
    with writing(path, 1):
        for _ in range(3):
            with pytest.raises(DatabaseBusy), writing(path, 2, patience=0.05):
                pass
        assert waiting(path) == 3  # their places are given up when their turns come
    with writing(path, 3):
        pass
    wait_for(lambda: waiting(path) == 0)
    assert written(path) == [1, 3]


def test_a_connection_whose_turn_did_not_come_writes_when_it_tries_again(path):
    connection = connect(path, patience=0.05)
    with writing(path, 1), pytest.raises(DatabaseBusy):
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO written VALUES (2)")
    connection.commit()
    connection.set_autocommit(True)
    connection.close()
    assert written(path) == [1, 2]


def test_a_program_that_knows_nothing_of_the_line_is_waited_for_no_longer_either(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy, match="try again"), writing(path, 1, patience=0.1):
            pass
        stranger.execute("ROLLBACK")
    with writing(path, 2):
        pass
    assert written(path) == [2]


def test_the_api_answers_that_the_database_is_busy_with_an_error_that_may_pass():
    answered = answer_error(DatabaseBusy("Try again.", seconds=20), {})
    assert (answered.status_code, answered.data["error"]["code"]) == (503, "database_busy")
