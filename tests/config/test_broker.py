"""Messages of the file transport are whole whenever a worker looks."""

import os
import threading
from pathlib import Path

from kombu import Connection

from config.broker import Transport

MESSAGES = 2000


def folders(home: Path) -> dict[str, str]:
    """Where a transport keeps its files."""
    for name in ("messages", "control"):
        (home / name).mkdir()
    messages = str(home / "messages")
    return {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(home / "control")}


def watch(folder: Path, ended: threading.Event, empty: list[str]) -> None:
    """Look for messages without content until it ends."""
    while not ended.is_set():
        for entry in os.scandir(folder):
            try:
                if entry.stat().st_size == 0:
                    empty.append(entry.name)
            except FileNotFoundError:
                continue


def test_no_message_is_seen_before_it_is_whole(tmp_path: Path) -> None:
    ended, empty = threading.Event(), []
    with Connection(transport=Transport, transport_options=folders(tmp_path)) as connection:
        watcher = threading.Thread(target=watch, args=(tmp_path / "messages", ended, empty))
        watcher.start()
        queue = connection.SimpleQueue("work")
        for number in range(MESSAGES):
            queue.put({"number": number})
            if number % 20 == 0:
                for path in (tmp_path / "messages").iterdir():
                    path.unlink()
        ended.set()
        watcher.join()
        queue.put({"number": "last"})
    assert empty == []


def test_a_message_is_read_as_it_was_sent(tmp_path: Path) -> None:
    with Connection(transport=Transport, transport_options=folders(tmp_path)) as connection:
        queue = connection.SimpleQueue("other")
        queue.put({"text": "你好"})
        assert queue.get(timeout=5).payload == {"text": "你好"}
