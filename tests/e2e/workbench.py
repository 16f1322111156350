"""Campaigns of their own for tests of the workbench, so that they label nothing that another journey labels."""

import secrets
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import APIResponse, Browser, BrowserContext, Page

from tests.e2e.conftest import Product

STAGES_WITH_A_FILE = 3
# The sample's renditions are made in the background, one clip after another.
PATIENCE = 600
TOO_MANY, ATTEMPTS = 429, 5


@dataclass
class Person:
    """Somebody signed in with a browser profile of their own, who can also ask the API directly."""

    context: BrowserContext
    page: Page

    def send(self, method: str, path: str, body: object = None) -> APIResponse:
        """What the API answers, whatever it is."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}
        headers = {"X-CSRFToken": cookies.get("csrftoken", ""), "Referer": self.page.url}
        return self.context.request.fetch(path, method=method, data=body, headers=headers)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The JSON that the API answers; the test fails on any error."""
        answer = self.send(method, path, body)
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json()


def sign_in(browser: Browser, product: Product, username: str, password: str, **options: Any) -> Person:
    """A fresh browser profile in which this person is signed in; the form itself is walked by the newcomer.

    Tests sign in more often than people, so that the server may ask to wait.
    """
    options = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}} | options
    context = browser.new_context(base_url=product.address, **options)
    page = context.new_page()
    page.goto("/sign-in")
    person = Person(context, page)
    for _ in range(ATTEMPTS):
        answer = person.send("POST", "/api/session/", {"username": username, "password": password})
        if answer.status != TOO_MANY:
            break
        time.sleep(int(answer.headers["retry-after"]))
    assert answer.ok, answer.text()
    return person


@dataclass
class Desk:
    """A campaign of a few clips with one annotator at their page and the admin at the API."""

    campaign: str
    annotator: Person
    admin: Person

    def open(self, modality: str) -> Page:
        """The annotator's page in one stage."""
        self.annotator.page.goto(f"/work/{self.campaign}/{modality}")
        return self.annotator.page

    def close(self) -> None:
        """Both browser profiles."""
        self.annotator.context.close()
        self.admin.context.close()


def set_up_desk(browser: Browser, product: Product, *, shown: int | None = None, **options: Any) -> Desk:
    """A new campaign over the sample's clips, or over this many of which all files are there to be shown."""
    admin = sign_in(browser, product, "sample_admin", product.passwords["sample_admin"])
    (sample,) = admin.ask("GET", "/api/campaigns/")["results"][-1:]
    name = f"desk {secrets.token_hex(4)}"
    created = admin.ask(
        "POST",
        "/api/campaigns/",
        {
            "project": sample["project"],
            "name": name,
            "annotators": [name.replace(" ", "_")],
            "clips": showable_clips(admin, sample["id"], shown) if shown else "supervised",
        },
    )
    # Whoever needs the checks of sound and screen turns them on.
    admin.ask("PATCH", f"/api/campaigns/{created['campaign']}/preparation/", {"checks": False})
    (account,) = created["new_accounts"]
    annotator = sign_in(browser, product, account["username"], account["password"], **options)
    return Desk(created["campaign"], annotator, admin)


def showable_clips(admin: Person, campaign: str, count: int) -> list[str]:
    """Clips whose renditions all passed their audit, waiting until there are enough."""
    until = time.monotonic() + PATIENCE
    while True:
        passed = admin.ask("GET", f"/api/campaigns/{campaign}/renditions/?passed=true&page_size=200")["results"]
        made = Counter(rendition["clip"] for rendition in passed)
        whole = [clip for clip, files in made.items() if files == STAGES_WITH_A_FILE]
        if len(whole) >= count:
            return whole[:count]
        assert time.monotonic() < until, f"only {len(whole)} clips can be shown"
        time.sleep(1)
