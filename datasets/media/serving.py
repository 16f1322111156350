"""Answer requests for stored files, whole or in part, telling nothing about them but their bytes."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.files import File
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from config.errors import NotFound

# Nothing else is ever named to a browser, so no stored file can be taken for a page or a script.
CONTENT_TYPES = {
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".json": "application/json",
    ".zip": "application/zip",
    ".csv": "text/csv; charset=utf-8",
}
CHUNK = 256 * 1024
# More digits than any file has bytes are no number to compute with.
ONE_RANGE = re.compile(r"bytes=(?P<first>\d{0,18})-(?P<last>\d{0,18})", re.ASCII)


class Unsatisfiable(Exception):
    """No byte of the file lies in the range asked for."""


def serve_file(request: HttpRequest, key: str, *, cache_seconds: int = 0, etag: str = "") -> HttpResponseBase:
    """The stored file: 200, or 206 and 416 where a Range asks for a part (RFC 9110, section 14).

    No file name or date goes with it, and a tag only where one is given, so that a broken download can be taken up
    again (If-Range). `cache_seconds` lets this one browser keep it; 0 forbids keeping it.
    Raises NotFound when storage holds no such file.
    """
    try:
        file = default_storage.open(key)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFound("This file is no longer in storage: restore it from a backup.") from error
    same = request.headers.get("If-Range", "") in ("", f'"{etag}"' if etag else "")
    response = _answer(file, request.headers.get("Range", "") if same else "")
    if etag:
        response["ETag"] = f'"{etag}"'
    response["Content-Type"] = CONTENT_TYPES.get(PurePosixPath(key).suffix, "application/octet-stream")
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"private, max-age={cache_seconds}" if cache_seconds else "private, no-store"
    return response


def wanted_part(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the byte behind the last of a Range header; None for the whole file; raises Unsatisfiable.

    A header that is malformed, in another unit or for several parts at once is ignored, as RFC 9110 permits.

    >>> wanted_part("bytes=0-99", 1000), wanted_part("bytes=-100", 1000), wanted_part("bytes=900-", 1000)
    ((0, 100), (900, 1000), (900, 1000))
    """
    match = ONE_RANGE.fullmatch(header.strip().lower())
    if match is None or not (match["first"] or match["last"]):
        return None
    if not match["first"]:
        first, behind = max(0, size - int(match["last"])), size
    else:
        first, behind = int(match["first"]), size
        if match["last"]:
            if int(match["last"]) < first:
                return None
            behind = min(size, int(match["last"]) + 1)
    if first >= size:
        raise Unsatisfiable
    return first, behind


class Part:
    """Bytes of an open file from `first` up to `behind`, in chunks; closing it closes the file."""

    def __init__(self, file: "File[bytes]", first: int, behind: int) -> None:
        self.file, self.first, self.behind = file, first, behind

    def __iter__(self) -> Iterator[bytes]:
        """Read on until the part ends."""
        self.file.seek(self.first)
        left = self.behind - self.first
        while left > 0 and (chunk := self.file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Called by the response when it has been sent or given up."""
        self.file.close()


def _answer(file: "File[bytes]", wanted: str) -> HttpResponseBase:
    size = file.size
    try:
        part = wanted_part(wanted, size)
    except Unsatisfiable:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, behind = part or (0, size)
    response = StreamingHttpResponse(Part(file, first, behind), status=206 if part else 200)
    response["Content-Length"] = str(behind - first)
    if part:
        response["Content-Range"] = f"bytes {first}-{behind - 1}/{size}"
    return response
