"""Taking in files of scores: written to the disk piece by piece as they arrive, and looked into once."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Protocol
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.utils import timezone

from annotator.errors import FileCutOff, FileTooLarge
from annotator.foreign_scores import layout_of
from annotator.models import Campaign, ScoreFile
from annotator.services.writing_scores import require_taking_scores
from config.errors import NotFound
from datasets.media import storage
from datasets.models import Job

PIECE = 1 << 20
KEPT = timedelta(days=7)


class Stream(Protocol):
    """What a file arrives by."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes; none at the end."""


def receive_score_file(
    *, campaign: Campaign, name: str, body: Stream, announced: int, actor: User | None = None
) -> ScoreFile:
    """Keep a file of `announced` bytes until its scores are imported, a week at most.

    Raises FileTooLarge, FileCutOff, or why it is no text (TableError), and keeps nothing then.
    """
    require_taking_scores(campaign)
    forget_old_files()
    with storage.workspace() as folder:
        path = folder / plain_name(name)
        size, sha256 = write_pieces(body, path, announced)
        layout = layout_of(path)
        key = storage.keep(path, f"scores/{uuid4()}{path.suffix}")
    return ScoreFile.objects.create(
        campaign=campaign,
        name=plain_name(name),
        file=key,
        bytes=size,
        sha256=sha256,
        kind=layout.kind,
        encoding=layout.encoding_name,
        columns=list(layout.columns),
        sent_by=actor,
    )


def write_pieces(body: Stream, path: Path, announced: int) -> tuple[int, str]:
    """Write what arrives; returns bytes and digest. A file that is refused is read to its end all the same.

    A browser hears an answer only once it has sent everything.
    """
    size, digest = 0, hashlib.sha256()
    limit = settings.UPLOAD_MEGABYTES * 1_000_000
    with path.open("wb") as file:
        while piece := body.read(PIECE):
            size += len(piece)
            if announced <= limit:
                digest.update(piece)
                file.write(piece)
    if announced > limit:
        raise FileTooLarge(
            f"The file has {announced / 1e6:,.0f} MB, and this server takes {settings.UPLOAD_MEGABYTES} MB: split it, "
            "import it by the command import_annotations, or have CUESET_UPLOAD_MEGABYTES raised.",
            megabytes=settings.UPLOAD_MEGABYTES,
        )
    if size != announced or not size:
        raise FileCutOff(f"{size} of {announced} bytes arrived: send the file again.")
    return size, digest.hexdigest()


def plain_name(name: str) -> str:
    """A name that can stand in a message and on the disk.

    >>> plain_name("C:\\\\work\\\\scores.csv"), plain_name("../"), plain_name("a/b\\n.csv")
    ('scores.csv', 'scores', 'b.csv')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    while len(printable.encode()) > 100:
        printable = printable[1:]
    return printable or "scores"


def forget_old_files() -> None:
    """Delete files whose time is over, except those that a job is reading."""
    old = ScoreFile.objects.filter(sent_at__lt=timezone.now() - KEPT)
    needed = Job.objects.filter(kind="import_annotations").exclude(state__in=Job.ENDED)
    in_use = set(needed.values_list("payload__file", flat=True))
    for each in old:
        if str(each.pk) not in in_use:
            each.delete()
            default_storage.delete(each.file)


@contextmanager
def stored(pk: str) -> Iterator[Path]:
    """A file that was sent, under the name that it was sent by."""
    found = ScoreFile.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("The file is no longer here: it is kept for a week. Send it again.")
    with storage.local(found.file) as path, storage.workspace() as folder:
        named = folder / found.name
        named.symlink_to(path)
        yield named
