"""Every page of every person: nothing that axe calls serious, and nothing wider than the screen."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import ROOT, Product, environment_of
from tests.e2e.workbench import Person, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("product")]

AXE = (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
FIND = """async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })).violations
    .filter(each => ["serious", "critical"].includes(each.impact))
    .map(each => `${each.id}: ${each.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")}`)"""
TOO_WIDE = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"

# One screen of each kind, so that both languages, schemes and widths are met on every page.
SCREENS = {
    "wide, light, English": {"locale": "en-GB", "color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "narrow, dark, Chinese": {"locale": "zh-CN", "color_scheme": "dark", "viewport": {"width": 360, "height": 800}},
}
PROJECT = ("", "/clips", "/campaigns", "/versions", "/runs", "/experiments", "/sweeps")
CAMPAIGN = ("", "/figures", "/isolation", "/quality", "/contested", "/labels", "/preparation")
VERSION = ("", "/figures", "/splits", "/changes", "/lineage", "/comparison")
RUN = ("", "/swap")
STAGES = ("text", "audio")


def manage(product: Product, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "manage.py", *arguments, "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment_of(product.home), check=True, capture_output=True, text=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def run(browser: Browser, product: Product) -> str:
    """A finished run of the sample: the one of an earlier journey, else one made here."""
    admin = sign_in(browser, product, "sample_admin", product.passwords["sample_admin"])
    finished = [each for each in admin.ask("GET", "/api/runs/")["results"] if each["state"] == "succeeded"]
    admin.context.close()
    if finished:
        return str(finished[0]["id"])
    manage(product, "aggregate", "--campaign", "sample")
    version = manage(product, "publish_version", "--project", "sample")["version"]
    features = ("--text", "lsa", "--audio", "egemaps", "--vision", "landmarks")
    manage(product, "extract_features", version, *features, "--wait")
    return str(manage(product, "train", version, "--epochs", "2", "--wait")["run"])


@pytest.fixture(params=SCREENS)
def people(browser: Browser, product: Product, request: pytest.FixtureRequest) -> Iterator[dict[str, Person]]:
    """An admin, who sees the pages of researchers too, and an annotator, each at such a screen."""
    names = ("sample_admin", "sample_a7")
    people = {
        name: sign_in(browser, product, name, product.passwords[name], **SCREENS[request.param]) for name in names
    }
    yield people
    for person in people.values():
        person.context.close()


def open_page(page: Page, path: str) -> None:
    """Go there and wait until the page has what it asked for."""
    page.goto(path)
    page.locator("h1").first.wait_for()
    page.wait_for_function("() => !document.querySelector('.mantine-Loader-root')")
    page.wait_for_timeout(300)


def faults_of(page: Page, path: str) -> list[str]:
    """What is wrong with the page that is shown, a sentence each."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(FIND)
    overhang = page.evaluate(TOO_WIDE)
    return [f"{path}: {each}" for each in found + ([f"{overhang} px wider than the screen"] if overhang > 0 else [])]


def computed(admin: Person, address: str) -> dict[str, Any]:
    """The answer of an address that has a job compute it first."""
    until = time.monotonic() + 60
    while (answer := admin.send("GET", address)).status == 202 and time.monotonic() < until:
        time.sleep(0.5)
    assert answer.status == 200, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def pages_of_the_sample(admin: Person, run: str) -> list[str]:
    """Every address that shows something of the sample, with real ids in it."""
    trained = admin.ask("GET", f"/api/runs/{run}/")
    project = next(each for each in admin.ask("GET", "/api/projects/") if each["name"] == "sample")["id"]
    campaign = next(
        each for each in admin.ask("GET", f"/api/campaigns/?project={project}")["results"] if each["name"] == "sample"
    )["id"]
    contested = computed(admin, f"/api/campaigns/{campaign}/contested/")["clips"][0]["clip"]
    home = f"/projects/{project}"
    version = f"{home}/versions/{trained['version']}"
    return [
        "/projects",
        *(home + part for part in PROJECT),
        *(f"{home}/campaigns/{campaign}{part}" for part in CAMPAIGN),
        f"{home}/campaigns/{campaign}/contested/{contested}",
        *(version + part for part in VERSION),
        *(f"{home}/runs/{run}{part}" for part in RUN),
        f"{home}/experiments/{experiment_of(admin, trained)}",
        f"{home}/sweeps/{sweep_of(admin, trained)}",
        f"{home}/compare?first={run}&second={run}",
    ]


def experiment_of(admin: Person, run: dict[str, Any]) -> str:
    """An experiment of the run's version, launched here unless there is one."""
    found = admin.ask("GET", f"/api/experiments/?project={run['project']}")["results"]
    if found:
        return str(found[0]["id"])
    body = {"version": run["version"], "seeds": [1, 2], "epochs": 1}
    return str(admin.ask("POST", "/api/experiments/", body)["id"])


def sweep_of(admin: Person, run: dict[str, Any]) -> str:
    """A sweep of the run's version, launched here unless there is one."""
    found = admin.ask("GET", f"/api/sweeps/?project={run['project']}")["results"]
    if found:
        return str(found[0]["id"])
    space = [{"setting": "learning_rate", "kind": "loguniform", "low": 0.0001, "high": 0.01}]
    body = {"version": run["version"], "space": space, "trials": 2, "epochs": 1}
    return str(admin.ask("POST", "/api/sweeps/", body)["id"])


def test_no_page_has_a_serious_fault_or_is_too_wide(people: dict[str, Person], run: str) -> None:
    admin, annotator = people["sample_admin"], people["sample_a7"]
    faults = []
    for path in pages_of_the_sample(admin, run):
        open_page(admin.page, path)
        faults += faults_of(admin.page, path)
    work = next(each for each in annotator.ask("GET", "/api/my-work/") if each["name"] == "sample")
    for path in ("/work", *(f"/work/{work['campaign']}/{stage}" for stage in STAGES)):
        open_page(annotator.page, path)
        faults += faults_of(annotator.page, path)
    assert not faults, "\n".join(faults)


def test_no_route_of_the_pages_is_left_out(browser: Browser, product: Product, run: str) -> None:
    text = (ROOT / "frontend" / "src" / "app" / "routes.tsx").read_text(encoding="utf-8")
    admin = sign_in(browser, product, "sample_admin", product.passwords["sample_admin"])
    visited = [path.split("?")[0] for path in pages_of_the_sample(admin, run)] + ["/work", "/work/x/text", "/sign-in"]
    admin.context.close()
    parent, left_out = "", []
    for path in re.findall(r'path: "([^"*]+)"', text):
        parent = path if path.startswith("/") else parent
        whole = path if path.startswith("/") else f"{parent}/{path}"
        pattern = re.sub(r":\w+", "[^/]+", whole)
        left_out += [] if any(re.fullmatch(pattern, each) for each in visited) else [whole]
    assert not left_out
