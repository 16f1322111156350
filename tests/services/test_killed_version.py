"""A worker in another process is killed while it writes a version; another one publishes it, once and whole.

Runs on SQLite and the filesystem broker, and under `make test-services` on PostgreSQL and Redis.
"""

import hashlib
from pathlib import Path

from tests.services.installation import ask, rows
from tests.services.killing import finish_with_another_worker, kill_in_the_middle

CLIPS = 10_000

VERSION = f"""
from config.commands import prepare_home
prepare_home()
from datasets.models import Label, Project
from datasets.services.publishing import request_version
from tests.factories import many_clips
project = Project.objects.create(name="killed")
clips = many_clips(project, {CLIPS}, sources=50)
Label.objects.bulk_create(
    Label(clip=clip, modality="multimodal", fifths=number % 11 - 5, origin="import")
    for number, clip in enumerate(clips)
)
request_version(project=project, seed=1)
"""
WRITTEN = "SELECT (SELECT count(*) FROM datasets_version), (SELECT count(*) FROM datasets_versionclip)"


def test_a_version_whose_publisher_was_killed_is_there_once_and_whole(machine):
    ask(machine, VERSION)
    media = Path(machine["CUESET_HOME"]) / "media"
    # The manifest is kept before the transaction that writes the rows.
    kill_in_the_middle(machine, lambda: any(media.glob("versions/*/manifest.json")))
    assert rows(machine, WRITTEN) == [(0, 0)]
    finish_with_another_worker(machine, "publish_version")
    assert rows(machine, WRITTEN) == [(1, CLIPS)]
    ((sha256, key),) = rows(machine, "SELECT sha256, manifest FROM datasets_version")
    (manifest,) = media.glob("versions/*/*")
    assert manifest == media / key
    assert hashlib.sha256(manifest.read_bytes()).hexdigest() == sha256
    assert rows(machine, "SELECT count(*) FROM datasets_event WHERE verb = 'publish_version'") == [(1,)]
    assert rows(machine, "SELECT count(*) FROM datasets_job WHERE kind = 'search_leaks'") == [(1,)]
