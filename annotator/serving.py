"""Answer a request for a stored file, whole or in part."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

PIECE = 256 * 1024
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def serve_file(request: HttpRequest, key: str, content_type: str) -> HttpResponseBase:
    """The file with 200, one range of it with 206, or 416 for a range beyond its end (RFC 9110, section 14)."""
    size = default_storage.size(key)
    start, stop = 0, size
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked and any(asked.groups()):
        first, last = asked.groups()
        start = int(first) if first else max(0, size - int(last))
        stop = min(size, int(last) + 1) if first and last else size
        if start >= stop:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        asked = None
    response = StreamingHttpResponse(pieces(default_storage.open(key), start, stop), status=206 if asked else 200)
    response["Content-Type"] = content_type
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(stop - start)
    if asked:
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return response


def pieces(file: BinaryIO, start: int, stop: int) -> Iterator[bytes]:
    """The bytes from `start` up to `stop`, closing the file afterwards."""
    with file:
        file.seek(start)
        while start < stop and (piece := file.read(min(PIECE, stop - start))):
            start += len(piece)
            yield piece
