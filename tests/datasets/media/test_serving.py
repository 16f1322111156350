"""Stored files over HTTP: whole, in part, and nothing told beside them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory

from config.errors import NotFound
from datasets.media.serving import CHUNK, Part, serve_file

BYTES = bytes(range(256)) * 4
SIZE = len(BYTES)


@pytest.fixture
def key():
    name = default_storage.save("clips/served.mp4", ContentFile(BYTES))
    yield name
    default_storage.delete(name)


def ask(key, wanted=None, **headers):
    if wanted:
        headers["Range"] = wanted
    return serve_file(RequestFactory().get("/", headers=headers), key)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_without_a_range_the_file_comes_whole(key):
    response = ask(key)
    assert (response.status_code, response["Content-Length"], response["Accept-Ranges"]) == (200, str(SIZE), "bytes")
    assert body(response) == BYTES
    assert "Content-Range" not in response


@pytest.mark.parametrize(
    ("wanted", "first", "behind"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, SIZE),
        ("bytes=10-19", 10, 20),
        ("bytes=1000-99999", 1000, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=-1", SIZE - 1, SIZE),
        ("bytes=-99999", 0, SIZE),
        ("Bytes=0-1", 0, 2),
    ],
)
def test_a_range_is_answered_with_206_and_exactly_its_bytes(key, wanted, first, behind):
    response = ask(key, wanted)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{behind - 1}/{SIZE}"
    assert response["Content-Length"] == str(behind - first)
    assert body(response) == BYTES[first:behind]


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=99999-", "bytes=-0"])
def test_a_range_without_any_byte_is_answered_with_416_and_the_size(key, wanted):
    response = ask(key, wanted)
    assert (response.status_code, response["Content-Range"], body(response)) == (416, f"bytes */{SIZE}", b"")


@pytest.mark.parametrize(
    "wanted",
    ["bytes=5-4", "bytes=-", "bytes=a-b", "lines=0-1", "bytes=0-1,5-6", "0-5", "bytes=٣-", f"bytes={'9' * 5000}-"],
)
def test_a_range_that_is_none_is_ignored(key, wanted):
    assert ask(key, wanted).status_code == 200


def test_a_conditional_range_gets_the_whole_file(key):
    assert ask(key, "bytes=0-1", **{"If-Range": '"some-tag"'}).status_code == 200


def test_files_larger_than_a_chunk_come_complete():
    content = b"0123456789" * (CHUNK // 5)
    key = default_storage.save("clips/large.mp4", ContentFile(content))
    assert body(ask(key)) == content
    assert body(ask(key, f"bytes={CHUNK - 3}-{CHUNK + 2}")) == content[CHUNK - 3 : CHUNK + 3]
    default_storage.delete(key)


def test_headers_tell_nothing_about_the_file(key):
    response = ask(key)
    body(response)
    assert {name: value for name, value in response.items() if name != "Content-Length"} == {
        "Content-Type": "video/mp4",
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


@pytest.mark.parametrize("name", ["page.html", "picture.svg", "script.js", "nothing"])
def test_a_file_that_could_be_a_page_is_only_bytes(name):
    key = default_storage.save(f"clips/{name}", ContentFile(b"<script>alert(1)</script>"))
    response = ask(key)
    body(response)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    default_storage.delete(key)


def test_closing_an_answer_that_nobody_read_closes_its_file(key):
    file = default_storage.open(key)
    Part(file, 0, SIZE).close()
    assert file.closed


def test_a_lost_file_is_named():
    with pytest.raises(NotFound, match="no longer in storage"):
        ask("clips/gone.mp4")
