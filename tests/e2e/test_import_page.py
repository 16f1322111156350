"""The import form in a browser: a folder of videos, a bad path, and a feature file that becomes a version."""

import json
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.conftest import ROOT, Product, environment_of, serving
from tests.videos import make_video

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("product")]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product without the sample: one project and its admin, so that nothing waits for renditions."""
    home = tmp_path_factory.mktemp("empty")
    manage(home, "create_project", "talks")
    made = manage(home, "give_role", "li", "--project", "talks", "--kind", "admin", "--json")
    with serving(home, "--no-sample") as address:
        yield Product(address, home, {"li": json.loads(made)["password"]})


def manage(home: Path, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment_of(home), check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def dialog(browser: Browser, empty: Product) -> Iterator[Locator]:
    context = browser.new_context(base_url=empty.address, locale="en-GB", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("User name").fill("li")
    page.get_by_label("Password", exact=True).fill(empty.passwords["li"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Clips").first.click()
    page.get_by_role("button", name="Import clips").first.click()
    yield page.get_by_role("dialog", name="Import clips")
    context.close()


def test_a_folder_of_videos_goes_in_and_each_bad_row_is_told(dialog: Locator, empty: Product) -> None:
    folder = empty.home / "imports" / "monday"
    make_video(folder / "talk.mp4", seconds=1)
    (folder / "clips.csv").write_text(
        "video,start,end,transcript\ntalk.mp4,0,0.4,来自浏览器\nmissing.mp4,0,1,没有\n", encoding="utf-8"
    )
    dialog.get_by_label("Folder on the server").fill("nowhere")
    dialog.get_by_role("button", name="Start the import").click()
    expect(dialog.get_by_role("alert")).to_contain_text("There is no folder")
    dialog.get_by_label("Folder on the server").fill("monday")
    dialog.get_by_label("CSV table in that folder").fill("clips.csv")
    dialog.get_by_role("button", name="Start the import").click()
    expect(dialog.get_by_text("Done")).to_be_visible(timeout=60_000)
    row = dialog.get_by_role("row").filter(has_text="missing.mp4")
    expect(row).to_contain_text("3")
    expect(row).to_contain_text("there is no file")
    page = dialog.page
    page.keyboard.press("Escape")
    page.get_by_label("Search transcript or id").fill("来自浏览器")
    expect(page.get_by_role("cell", name="来自浏览器")).to_be_visible()


def test_a_feature_file_becomes_a_version_that_the_report_leads_to(dialog: Locator, empty: Product) -> None:
    folder = empty.home / "imports" / "published"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "s.pkl").write_bytes(pickle.dumps({
        name: {
            "id": [f"published$_${name}"],
            "raw_text": [f"来自特征文件 {name}"],
            "regression_labels": np.array([0.2]),
            **{key: np.ones((1, 3, 2), np.float32) for key in ("text", "audio", "vision")},
        }
        for name in ("train", "valid", "test")
    }))  # fmt: skip
    dialog.get_by_text("Feature files", exact=True).click()
    dialog.get_by_label("Folder on the server").fill("published")
    dialog.get_by_label("Feature files (.pkl) in that folder").fill("s.pkl")
    dialog.get_by_role("button", name="Start the import").click()
    expect(dialog.get_by_text("Done")).to_be_visible(timeout=60_000)
    dialog.get_by_role("link", name=re.compile("^Version ")).click()
    page = dialog.page
    expect(page.get_by_role("heading", name=re.compile("^Version "))).to_be_visible()
    expect(page.get_by_text("imported").first).to_be_visible()


def test_a_feature_file_that_would_run_something_is_refused_by_name(dialog: Locator, empty: Product) -> None:
    folder = empty.home / "imports" / "evil"
    folder.mkdir(parents=True, exist_ok=True)
    was_run = folder / "was-run"
    (folder / "evil.pkl").write_bytes(f"cos\nsystem\n(S'touch {was_run}'\ntR.".encode())
    dialog.get_by_text("Feature files", exact=True).click()
    dialog.get_by_label("Folder on the server").fill("evil")
    dialog.get_by_label("Feature files (.pkl) in that folder").fill("evil.pkl")
    dialog.get_by_role("button", name="Start the import").click()
    expect(dialog.get_by_role("alert")).to_contain_text("evil.pkl asks for os.system")
    assert not was_run.exists()
