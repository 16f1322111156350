"""The admin's path in a browser: a campaign is made, filled, watched, adjudicated, paused and closed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ROOT, Product
from tests.e2e.test_newcomer import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("product")]

RATERS = [f"rater_{number}" for number in range(1, 8)]


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    """The sample's simulated scores under the new annotators' names, and one bad row."""
    text = (ROOT / "sample" / "scores.csv").read_text(encoding="utf-8")
    table = tmp_path / "scores.csv"
    table.write_text(
        text.replace("sample_a", "rater_").rstrip() + "\nvideo_0001,0001,text,rater_9,1\n", encoding="utf-8"
    )
    return table


def test_an_admin_makes_fills_watches_and_closes_a_campaign(page: Page, product: Product, scores: Path):
    sign_in(page, product, "sample_admin")
    make_campaign(page, "Second opinion")
    import_scores(page, scores)
    change_an_annotator(page)
    look_at_quality(page)
    ask_an_eighth_person(page)
    decide_a_contested_label(page)
    pause_resume_and_close(page)


def make_campaign(page: Page, name: str) -> None:
    page.get_by_role("link", name="Campaigns").click()
    page.get_by_role("button", name="New campaign").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill(name)
    form.get_by_label("Annotators").fill("\n".join(RATERS))
    form.get_by_role("button", name="Make the campaign").click()
    for rater in RATERS:
        password = form.get_by_role("row", name=rater).get_by_role("cell").last
        expect(password).to_have_text(re.compile(r"^\S{16}$"))
    form.get_by_role("link", name="Go to the campaign").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def import_scores(page: Page, scores: Path) -> None:
    section = page.get_by_role("region", name="Import scores")
    section.locator("input[type=file]").set_input_files(scores)
    section.get_by_label("These scores were made by a program").check()
    section.get_by_role("button", name="Import", exact=True).click()
    report = section.get_by_role("status").filter(has_text="Added")
    expect(report).to_contain_text("“rater_9” is not an annotator of the campaign.", timeout=60_000)
    expect(report).to_contain_text(re.compile(r"Added\s*1,\d{3}"))


def change_an_annotator(page: Page) -> None:
    row = page.get_by_role("row", name=re.compile("rater_2"))
    for act, shown in (("Pause", "Paused"), ("Take back", None)):
        row.get_by_role("button", name="Change rater_2").click()
        page.get_by_role("menuitem", name=act).click()
        page.get_by_label("Reason").fill("on holiday")
        page.get_by_role("dialog").get_by_role("button", name=act).click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(row.get_by_text("Paused")).to_have_count(1 if shown else 0)


def look_at_quality(page: Page) -> None:
    page.get_by_role("tab", name="Quality").click()
    agreement = page.get_by_role("region", name="Agreement").get_by_role("row", name=re.compile("Audio"))
    expect(agreement).to_contain_text(re.compile(r"0\.\d\d \[0\.\d\d, 0\.\d\d\]"))
    page.get_by_role("radiogroup", name="Stage").get_by_text("Vision").click()
    expect(page).to_have_url(re.compile("stage=vision"))
    portrait = page.get_by_role("region", name="Annotators beside the others").get_by_role("row")
    expect(portrait).to_have_count(1 + len(RATERS))


def ask_an_eighth_person(page: Page) -> None:
    page.get_by_role("tab", name="Contested").click()
    page.get_by_role("button", name="Ask more people…").click()
    form = page.get_by_role("dialog")
    form.get_by_label("User names").fill("rater_8")
    form.get_by_label("Clips").fill("3")
    form.get_by_role("button", name="Ask them").click()
    expect(form.get_by_role("status")).to_contain_text(re.compile(r"rater_8 \S{16}"))
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()


def decide_a_contested_label(page: Page) -> None:
    page.get_by_role("radiogroup", name="Order").get_by_text("By conflict").click()
    page.get_by_role("row").nth(1).get_by_role("link").click()
    page.get_by_role("combobox", name="Label").click()
    page.get_by_role("option", name="−0.4").click()
    page.get_by_label("Reason").fill("The words are ironic.")
    page.get_by_role("button", name="Record the decision").click()
    decision = page.get_by_role("region", name="Decisions").get_by_role("row")
    expect(decision).to_contain_text("The words are ironic.")
    expect(decision).to_contain_text("sample_admin")


def pause_resume_and_close(page: Page) -> None:
    for act, state in (("Pause", "Paused"), ("Resume", "Open")):
        page.get_by_role("button", name=act, exact=True).click()
        expect(page.get_by_role("banner").or_(page.locator("header")).get_by_text(state, exact=True)).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).last.click()
    expect(page.locator("header").get_by_text("Closed", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_have_count(0)
