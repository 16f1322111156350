"""The workbench in a browser: every key, and what is never lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import Product
from tests.e2e.workbench import Desk, set_up_desk

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("product")]


@pytest.fixture
def desk(browser: Browser, product: Product) -> Iterator[Desk]:
    desk = set_up_desk(browser, product, clips=6)
    yield desk
    desk.annotator.context.close()
    desk.admin.context.close()


def score_keys(page: Page) -> None:
    """Wait until the clip can be answered."""
    expect(page.get_by_role("group", name="Score").get_by_role("button").first).to_be_enabled()


def test_an_undo_pressed_while_the_next_clip_is_not_there_is_not_lost(desk: Desk) -> None:
    page = desk.open("text")
    held: list[Route] = []
    score_keys(page)
    # The server offers four clips at once; what it would offer next is kept from arriving.
    page.route(re.compile(r"/api/my-work/[^/]+/text/$"), lambda route: held.append(route))
    for key in "1234":
        score_keys(page)
        page.keyboard.press(key)
    expect(page.get_by_role("group", name="Score")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    for route in held:
        route.continue_()
    page.unroute(re.compile(r"/api/my-work/[^/]+/text/$"))
    expect(page.get_by_text("You gave 0 before. Choose again.")).to_be_visible()
