"""Downloads of a run's folder: one file, the same bytes each time, taken up again, recorded, hidden from strangers."""

import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from datasets.jobs import claim_next
from datasets.models import Event, Project
from modeling.models import Run
from modeling.run_folder import NAMES
from modeling.runner.execution import execute
from tests.modeling.corpora import make_run, make_version


@pytest.fixture
def waiting(project: Project) -> Run:
    return make_run(make_version(project), epochs=1)


@pytest.fixture
def run(waiting: Run) -> Run:
    execute(waiting, fence=claim_next(worker="test", within=waiting.job).fence, parent=os.getppid())
    return Run.objects.get(pk=waiting.pk)


def fetch(api: APIClient, run: Run, **headers: str) -> Any:
    return api.get(f"/api/runs/{run.pk}/folder/", headers=headers)


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_folder_is_one_zip_with_the_sums_of_its_files(api: APIClient, researcher: User, run: Run) -> None:
    api.force_login(researcher)
    answer = fetch(api, run)
    assert f"run-{run.pk}.zip" in answer["Content-Disposition"]
    content = content_of(answer)
    assert answer["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name.removeprefix(f"run-{run.pk}/"): archive.read(name) for name in archive.namelist()}
    assert set(NAMES) < set(files)
    assert hashlib.sha256(files["model.safetensors"]).hexdigest() == run.weights_sha256
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(each).hexdigest() for name, each in files.items()}


def test_made_again_it_has_the_same_bytes(api: APIClient, researcher: User, run: Run) -> None:
    api.force_login(researcher)
    first = content_of(fetch(api, run))
    default_storage.delete(Run.objects.get(pk=run.pk).archive)
    assert content_of(fetch(api, run)) == first


def test_a_broken_download_goes_on_and_only_its_beginning_is_recorded(
    api: APIClient, researcher: User, run: Run
) -> None:
    api.force_login(researcher)
    whole = fetch(api, run)
    content = content_of(whole)
    rest = fetch(api, run, **{"Range": "bytes=100-", "If-Range": whole["ETag"]})
    assert (rest.status_code, content_of(rest)) == (206, content[100:])
    event = Event.objects.get(verb="downloaded_run")
    assert (event.actor, event.project_id) == (researcher, run.version.project_id)
    assert event.details == {"run": str(run.pk), "sha256": hashlib.sha256(content).hexdigest()}


def test_changed_weights_are_not_handed_out(api: APIClient, researcher: User, run: Run) -> None:
    api.force_login(researcher)
    Path(default_storage.path(run.weights)).write_bytes(b"changed")
    answer = fetch(api, run)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "run_failed")
    assert not default_storage.exists(f"runs/{run.pk}.zip")


def test_a_folder_that_lost_a_file_is_not_handed_out_as_whole(api: APIClient, researcher: User, run: Run) -> None:
    api.force_login(researcher)
    default_storage.delete(f"runs/{run.pk}/params.yaml")
    assert "has lost params.yaml" in fetch(api, run).json()["error"]["message"]


def test_a_run_that_has_not_ended_has_no_folder(api: APIClient, researcher: User, waiting: Run) -> None:
    api.force_login(researcher)
    assert (fetch(api, waiting).status_code, Event.objects.filter(verb="downloaded_run").count()) == (409, 0)


@pytest.mark.parametrize("who", ["annotator", "stranger"])
def test_nobody_else_takes_a_folder_away(api: APIClient, run: Run, who: str, request: pytest.FixtureRequest) -> None:
    api.force_login(request.getfixturevalue(who))
    assert fetch(api, run).status_code == 404
    assert not Event.objects.filter(verb="downloaded_run").exists()


def test_the_command_writes_what_the_page_downloads(api: APIClient, researcher: User, run: Run, tmp_path: Path) -> None:
    call_command("export_run", str(run.pk), out=tmp_path / "new")
    (path,) = (tmp_path / "new").iterdir()
    api.force_login(researcher)
    assert path.read_bytes() == content_of(fetch(api, run))
    with pytest.raises(CommandError, match="There is no run"):
        call_command("export_run", "nothing", out=tmp_path)
