"""What comes before a stage, in a browser: standards, calibration, letting in, checks, and the gap."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import ROOT, Product
from tests.e2e.workbench import Desk, set_up_desk

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("product")]

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
STILL = """() => document.getAnimations()
    .every(each => each.playState !== "running" || each.effect.getTiming().iterations === Infinity)"""
SERIOUS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`)"""


@pytest.fixture
def desk(browser: Browser, product: Product) -> Iterator[Desk]:
    """One clip that can be labelled in every stage."""
    desk = set_up_desk(browser, product, shown=1)
    for person in (desk.annotator, desk.admin):
        person.context.add_init_script(path=AXE)
    yield desk
    desk.close()


def prepare(desk: Desk, **settings: object) -> None:
    desk.admin.ask("PATCH", f"/api/campaigns/{desk.campaign}/preparation/", settings)


def preparation_page(desk: Desk) -> Page:
    project = desk.admin.ask("GET", f"/api/campaigns/{desk.campaign}/")["project"]
    desk.admin.page.goto(f"/projects/{project}/campaigns/{desk.campaign}/preparation")
    expect(desk.admin.page.get_by_role("region", name="Who is ready")).to_be_visible()
    return desk.admin.page


def other_clips(desk: Desk) -> list[dict[str, str]]:
    """Clips of the project that the campaign does not ask about."""
    project = desk.admin.ask("GET", f"/api/campaigns/{desk.campaign}/")["project"]
    shown = desk.admin.ask("GET", f"/api/campaigns/{desk.campaign}/renditions/?page_size=200")["results"]
    rated = {rendition["clip"] for rendition in shown}
    clips = desk.admin.ask("GET", f"/api/clips/?project={project}&page_size=20")["results"]
    return [clip for clip in clips if clip["id"] not in rated]


def refer(desk: Desk, clip: dict[str, str], *, modality: str, score: int) -> None:
    body = {"clip": clip["id"], "modality": modality, "use": "calibration", "score": score, "reason": "plain words"}
    desk.admin.ask("POST", f"/api/campaigns/{desk.campaign}/references/", body)


def nothing_serious(page: Page) -> None:
    """axe has nothing serious to say about the page as it stands."""
    page.wait_for_function(STILL)  # what is half faded in has half its contrast
    found = page.evaluate(SERIOUS)
    assert found == [], found


def keys(page: Page) -> Locator:
    return page.get_by_role("group", name="Score").get_by_role("button")


def test_an_example_is_chosen_on_a_page_and_reopened_in_the_stage_with_one_key(desk: Desk) -> None:
    admin, clip = preparation_page(desk), other_clips(desk)[0]
    admin.get_by_role("button", name="Add an example").click()
    dialog = admin.get_by_role("dialog", name="Add an example")
    dialog.get_by_role("combobox", name="Clip").fill(clip["transcript"])
    admin.get_by_role("option", name=clip["transcript"]).click()
    dialog.get_by_role("combobox", name="Score").click()
    admin.get_by_role("option", name="+2 Positive").click()
    dialog.get_by_label("Reason").fill("friendly words")
    dialog.get_by_role("button", name="Add an example").click()
    expect(admin.get_by_role("row").filter(has_text="friendly words")).to_be_visible()
    expect(dialog).to_be_hidden()
    nothing_serious(admin)
    page = desk.open("text")
    expect(keys(page).first).to_be_enabled()
    page.keyboard.press("s")
    examples = page.get_by_role("dialog", name="Examples of each score")
    page.keyboard.press("7")  # the keys of the stage rest meanwhile
    examples.get_by_role("button", name="+2 Positive").click()
    expect(examples.get_by_text("friendly words")).to_be_visible()
    expect(examples.get_by_text(clip["transcript"])).to_be_visible()
    nothing_serious(page)
    page.keyboard.press("Escape")
    expect(examples).to_be_hidden()
    assert desk.annotator.ask("GET", f"/api/my-work/{desk.campaign}/text/")["done"] == 0


def test_a_stage_opens_once_a_round_of_calibration_is_close_enough(desk: Desk) -> None:
    scores = {"-3": "1", "2": "6"}  # a score by the key that gives it
    for clip, score in zip(other_clips(desk), scores, strict=False):
        refer(desk, clip, modality="text", score=int(score))
    admin = preparation_page(desk)
    admin.get_by_role("switch", name="Text").check()
    admin.get_by_label("Text: clips").fill("2")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("Not calibrated")).to_be_visible()
    page = desk.open("text")
    for progress in ("1 of 2", "2 of 2"):
        expect(keys(page).first).to_be_enabled()
        page.keyboard.press("4")
        expect(page.get_by_text("plain words")).to_be_visible()
        expect(page.get_by_role("status").filter(has_text="Calibration")).to_contain_text(progress)
        nothing_serious(page)
        if progress == "1 of 2":
            page.keyboard.press("Enter")
    expect(page.get_by_text("2.5 from the references on average; 1.0 or less opens the stage.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    known = {
        row["transcript"]: scores[str(row["score"])]
        for row in desk.admin.ask("GET", f"/api/campaigns/{desk.campaign}/references/")["results"]
    }
    for _ in range(2):
        expect(keys(page).first).to_be_enabled()
        page.keyboard.press(known[page.locator("main p[lang]").inner_text()])
        expect(page.get_by_text("the same")).to_be_visible()
        page.keyboard.press("Enter")
    expect(page.get_by_text("How does the speaker feel")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert desk.admin.ask("GET", f"/api/campaigns/{desk.campaign}/")["counts"]["answered"] == 0
    preparation_page(desk)
    expect(admin.get_by_text("Calibrated (2.5, 0.0)")).to_be_visible()


def test_a_reference_clip_that_does_not_play_is_told_to_the_admin_and_counts_nowhere(desk: Desk) -> None:
    for clip in other_clips(desk)[:2]:
        refer(desk, clip, modality="text", score=0)
    prepare(desk, calibration={"text": {"clips": 2, "distance": 0}})
    page = desk.open("text")
    expect(keys(page).first).to_be_enabled()
    expect(page.get_by_role("button", name="It does not play or show")).to_be_visible()
    page.keyboard.press("x")
    dialog = page.get_by_role("dialog", name="This clip does not play or show")
    dialog.get_by_label("Comment for the admin").fill("the words are cut off")
    nothing_serious(page)
    dialog.get_by_role("button", name="Send and go on").click()
    expect(page.get_by_text("Told to the admin.")).to_be_visible()
    expect(dialog).to_be_hidden()
    nothing_serious(page)
    page.keyboard.press("Enter")
    expect(keys(page).first).to_be_enabled()
    page.keyboard.press("4")
    expect(page.get_by_text("0.0 from the references on average: within 0.0.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("progressbar")).to_be_visible()
    admin = preparation_page(desk)
    told = admin.get_by_role("region", name="Reference clips that did not play")
    expect(told.get_by_role("row").filter(has_text="the words are cut off")).to_contain_text("A1")
    nothing_serious(admin)


def test_a_stage_waits_for_the_gap_then_for_the_admin_then_for_the_ears(desk: Desk) -> None:
    desk.annotator.context.add_init_script("Math.random = () => 0")  # two tones, of two to six
    refer(desk, other_clips(desk)[0], modality="audio", score=1)
    prepare(desk, gap_hours=24, checks=True, calibration={"audio": {"clips": 1, "distance": 0}})
    page = desk.open("text")
    expect(keys(page).first).to_be_enabled()
    page.keyboard.press("5")
    expect(page.get_by_role("heading", name="Text is done")).to_be_visible()
    desk.open("audio")
    expect(page.get_by_role("heading", name="Opens on")).to_be_visible()
    nothing_serious(page)
    page.get_by_role("link", name="Back to my work").click()
    expect(page.get_by_text("Audio opens on")).to_be_visible()
    expect(page.get_by_text("Last session")).to_contain_text("1 clip")
    nothing_serious(page)
    prepare(desk, gap_hours=0)
    desk.open("audio")
    hear(page, told="3")
    expect(page.get_by_text("It was another number.")).to_be_visible()
    nothing_serious(page)
    hear(page, told="2")
    expect(page.get_by_role("group", name="Count")).to_have_count(0)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    let_in(desk)
    desk.open("audio")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(keys(page).first).to_be_visible()


def hear(page: Page, *, told: str) -> None:
    """Play the tones, of which there are two, and tell a number by its key."""
    expect(page.get_by_role("heading", name="Is the sound right?")).to_be_visible()
    expect(page.get_by_role("group", name="Count").get_by_role("button").first).to_be_disabled()
    page.get_by_role("button", name="Play the tones").click()
    expect(page.get_by_role("group", name="Count").get_by_role("button").first).to_be_enabled()
    page.keyboard.press(told)


def let_in(desk: Desk) -> None:
    admin = preparation_page(desk)
    admin.get_by_role("button", name="Let in").click()
    admin.get_by_label("Why without calibration?").fill("rated in the pilot")
    admin.get_by_role("dialog").get_by_role("button", name="Let in").click()
    expect(admin.get_by_text("Let in by sample_admin: rated in the pilot")).to_be_visible()
    expect(admin.get_by_text("Checked")).to_be_visible()
    nothing_serious(admin)
