"""The newcomer's path in a browser: six open clips become labels, a version, and a trained model."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Product

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("product")]

STAGES = ("Text", "Audio", "Vision", "Multimodal")
OPEN_CLIPS, ALL_CLIPS = 6, 63  # three of the sixty come twice
# Renditions, extraction and training really happen behind these pages, on machines that may be slow.
PATIENCE = 600_000


def sign_in(page: Page, product: Product, username: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password", exact=True).fill(product.passwords[username])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name=f"Account of {username}")).to_be_visible()


def as_person(browser: Browser, product: Product, username: str) -> Page:
    context = browser.new_context(base_url=product.address, locale="en-GB", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sign_in(page, product, username)
    return page


def label_stage(page: Page, stage: str) -> None:
    """Answer every open clip with one key; the second answer of every stage is taken back once."""
    page.get_by_role("link", name=re.compile(f"(Start|Continue|Next stage): {stage}")).click()
    expect(page.get_by_role("heading", name=stage, exact=True)).to_be_visible()
    if stage != "Text":
        # The machine that runs this has neither ears nor eyes.
        page.get_by_role("button", name="I cannot do this check").click()
        page.get_by_role("button", name="Go on without").click()
    assert_only_this_modality(page, stage)
    for number in range(OPEN_CLIPS):
        answer(page, key="1234567"[number], done=ALL_CLIPS - OPEN_CLIPS + number + 1)
        if number == 1:
            expect(page.get_by_role("button", name="Undo")).to_be_enabled()
            page.keyboard.press("u")
            expect(page.get_by_text("before. Choose again.")).to_be_visible()
            answer(page, key="6", done=ALL_CLIPS - OPEN_CLIPS + number + 1)
    expect(page.get_by_role("heading", name=f"{stage} is done")).to_be_visible()


def answer(page: Page, *, key: str, done: int) -> None:
    keys = page.get_by_role("group", name="Score").get_by_role("button")
    expect(keys.first).to_be_enabled(timeout=PATIENCE)
    page.keyboard.press(key)
    progress = page.get_by_role("progressbar").first
    ended = page.get_by_role("heading", name=re.compile(" is done$"))
    if done < ALL_CLIPS:
        expect(progress).to_have_attribute("value", str(done))
    else:
        expect(ended).to_be_visible()


def assert_only_this_modality(page: Page, stage: str) -> None:
    """What is on the page besides the keys is of this stage alone."""
    expect(page.get_by_role("group", name="Score").get_by_role("button").first).to_be_visible(timeout=PATIENCE)
    words = page.locator("main").inner_text()
    has_transcript = bool(re.search(r"[\u4e00-\u9fff]{4,}", words))
    assert has_transcript == (stage in ("Text", "Multimodal")), words
    pictures = 1 if stage in ("Vision", "Multimodal") else 0
    # The voice has a player too, of one pixel and without a picture in its file.
    wide = "players => players.filter(player => player.clientWidth > 50).length"
    until = time.monotonic() + 60
    while page.locator("video").evaluate_all(wide) != pictures:
        assert time.monotonic() < until, f"the {stage} stage does not show {pictures} picture(s)"
        page.wait_for_timeout(200)


def test_a_newcomer_finishes_the_campaign_takes_the_dataset_home_and_trains_a_model(
    browser: Browser, product: Product
) -> None:
    annotator = as_person(browser, product, "sample_a7")
    annotator.get_by_role("link", name=re.compile("My work")).first.click()
    expect(annotator.get_by_text("57 of 63 clips").first).to_be_visible()
    for stage in STAGES:
        wait_until_prepared(annotator)
        label_stage(annotator, stage)
    expect(annotator.get_by_text("This batch is done in all four stages.")).to_be_visible()

    admin = as_person(browser, product, "sample_admin")
    admin.get_by_role("link", name="Campaigns").click()
    admin.get_by_role("link", name="sample", exact=True).first.click()
    admin.get_by_role("button", name="Aggregate scores").click()
    expect(admin.get_by_role("status").filter(has_text="240")).to_be_visible()
    admin.get_by_role("link", name="Publish a version").click()
    dialog = admin.get_by_role("dialog", name="Publish a version")
    expect(dialog.get_by_role("table").first).to_be_visible()
    dialog.get_by_role("button", name="Publish", exact=True).click()
    expect(admin.get_by_role("heading", name="Version 1.0.0")).to_be_visible()
    check_export(admin)

    researcher = as_person(browser, product, "sample_researcher")
    researcher.goto(admin.url)
    researcher.get_by_role("button", name="Extract features").click()
    expect(researcher.get_by_role("cell", name="Done")).to_have_count(3, timeout=PATIENCE)
    train(researcher)


def wait_until_prepared(page: Page) -> None:
    """The first renditions are being made while the newcomer reads; the stage says so until they are there."""
    expect(page.get_by_text("still being prepared")).to_have_count(0, timeout=PATIENCE)


def check_export(admin: Page) -> None:
    admin.get_by_role("button", name="Export as CH-SIMS").click()
    link = admin.get_by_role("link", name="Download")
    expect(link.first).to_be_visible(timeout=PATIENCE)
    with admin.expect_download() as download:
        link.first.click()
    assert download.value.path().stat().st_size > 1_000_000


def train(researcher: Page) -> None:
    researcher.get_by_role("link", name="Train on this version").click()
    dialog = researcher.get_by_role("dialog", name="Launch a run")
    dialog.get_by_label("Epochs at most").fill("3")
    dialog.get_by_role("button", name="Launch", exact=True).click()
    expect(researcher.get_by_role("heading", name="Scores on the test split")).to_be_visible(timeout=PATIENCE)
    row = researcher.get_by_role("row", name=re.compile("^Multimodal"))
    assert re.search(r"\d\.\d{2,}|\d+\.\d", row.first.inner_text())
    researcher.get_by_role("button", name=re.compile("^Show ")).first.click()
    expect(researcher.locator("video")).to_be_visible()
