"""The workbench in a browser: every key, and what is never lost."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.conftest import Product
from tests.e2e.workbench import Desk, set_up_desk

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("product")]


@pytest.fixture
def desk(browser: Browser, product: Product) -> Iterator[Desk]:
    """Words can be labelled at once."""
    desk = set_up_desk(browser, product)
    yield desk
    desk.close()


@pytest.fixture
def shown_desk(browser: Browser, product: Product) -> Iterator[Desk]:
    """Two clips that can be labelled in every stage."""
    desk = set_up_desk(browser, product, shown=2)
    yield desk
    desk.close()


def score_keys(page: Page) -> None:
    """Wait until the clip can be answered."""
    expect(page.get_by_role("group", name="Score").get_by_role("button").first).to_be_enabled()


def test_an_undo_pressed_while_the_next_clip_is_not_there_is_not_lost(desk: Desk) -> None:
    page = desk.open("text")
    held: list[Route] = []
    score_keys(page)
    # The server offers four clips at once; the answer that would bring more is kept from arriving.
    answers = re.compile(r"/api/assignments/[^/]+/annotations/$")
    page.route(answers, lambda route: held.append(route))
    for key in "1234":
        score_keys(page)
        page.keyboard.press(key)
    expect(page.get_by_role("group", name="Score")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    (first,) = held  # answers are sent one at a time
    first.continue_()
    page.unroute(answers)
    expect(page.get_by_text("You gave 0 before. Choose again.")).to_be_visible()


def chosen(page: Page) -> str | None:
    """The name of the key that the arrows have chosen."""
    pressed = page.get_by_role("group", name="Score").get_by_role("button", pressed=True)
    return pressed.get_attribute("aria-label") if pressed.count() else None


def done(page: Page, count: int) -> None:
    """Wait until the server has acknowledged this many answers."""
    expect(page.get_by_role("progressbar").first).to_have_attribute("value", str(count))


def test_nothing_is_preset_and_words_are_answered_once_they_can_have_been_read(desk: Desk) -> None:
    page = desk.open("text")
    first = page.get_by_role("group", name="Score").get_by_role("button").first
    expect(first).to_be_disabled()
    page.keyboard.press("5")
    assert chosen(page) is None
    score_keys(page)
    done(page, 0)
    page.keyboard.press("5")
    done(page, 1)


def test_arrows_choose_from_minus_three_to_three_and_enter_answers(desk: Desk) -> None:
    page = desk.open("text")
    score_keys(page)
    page.keyboard.press("ArrowRight")
    assert chosen(page) == "0 Neutral"
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    assert chosen(page) == "−3 Very negative"
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    assert chosen(page) == "+3 Very positive"
    page.keyboard.press("Enter")
    done(page, 1)
    page.keyboard.press("u")
    expect(page.get_by_text("You gave +3 before. Choose again.")).to_be_visible()


def test_each_of_the_seven_digits_answers_with_its_score(desk: Desk) -> None:
    page = desk.open("text")
    for number, score in enumerate(["−3", "−2", "−1", "0", "+1", "+2", "+3"], start=1):
        score_keys(page)
        page.keyboard.press(str(number))
        done(page, 1)
        page.keyboard.press("u")
        expect(page.get_by_text(f"You gave {score} before. Choose again.")).to_be_visible()


def test_the_question_mark_opens_the_help_and_escape_closes_it(desk: Desk) -> None:
    page = desk.open("text")
    score_keys(page)
    page.keyboard.press("?")
    help_dialog = page.get_by_role("dialog", name="Keys")
    expect(help_dialog).to_be_visible()
    page.keyboard.press("7")
    page.keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()
    done(page, 0)


def test_a_clip_that_cannot_be_judged_is_told_with_a_reason_that_reaches_the_admin(desk: Desk) -> None:
    page = desk.open("text")
    score_keys(page)
    page.keyboard.press("x")
    dialog = page.get_by_role("dialog", name="About this clip")
    dialog.get_by_label("The transcript is wrong").check()
    dialog.get_by_label("Comment for the admin").fill("another sentence")
    dialog.get_by_role("button", name="Send without a score").click()
    done(page, 1)
    (flag,) = desk.admin.ask("GET", f"/api/campaigns/{desk.campaign}/flags/")["results"]
    assert (flag["reason"], flag["comment"]) == ("wrong_transcript", "another sentence")
    score_keys(page)
    page.keyboard.press("u")
    expect(page.get_by_text("You could not judge this clip: The transcript is wrong. Choose again.")).to_be_visible()
    campaign = desk.admin.ask("GET", f"/api/campaigns/{desk.campaign}/")
    desk.admin.page.goto(f"/projects/{campaign['project']}/campaigns/{desk.campaign}/preparation")
    expect(desk.admin.page.get_by_role("cell", name="another sentence")).to_be_visible()


def test_a_voice_is_answered_only_after_it_was_played_to_its_end_and_space_plays_it_again(shown_desk: Desk) -> None:
    page = reach_audio(shown_desk)
    first = page.get_by_role("group", name="Score").get_by_role("button").first
    voice = page.locator("video")
    until_it_holds(voice, "player => player.currentTime > 0.2")
    page.keyboard.press("6")
    expect(first).to_be_disabled()
    until_it_holds(voice, "player => player.currentTime > 0.6")
    page.keyboard.press("Space")
    assert voice.evaluate("player => player.currentTime") < 0.6
    voice.evaluate("player => { player.playbackRate = 16 }")
    until_it_holds(voice, "player => player.playbackRate === 1")
    score_keys(page)
    length = voice.evaluate("player => player.duration")
    with page.expect_request(re.compile("/annotations/$")) as sent:
        page.keyboard.press("6")
    body = sent.value.post_data_json
    assert (body["score"], body["plays"]) == (2, 1)
    assert body["seconds"] >= length
    done(page, 1)


def until_it_holds(element: Locator, what: str) -> None:
    """Ask the page until it says yes; its security policy forbids Playwright's own way of waiting."""
    until = time.monotonic() + 60
    while not element.evaluate(what):
        assert time.monotonic() < until, what
        element.page.wait_for_timeout(20)


def reach_audio(desk: Desk) -> Page:
    """Answer the text stage by the API and open the next one."""
    annotator = desk.annotator
    while queue := annotator.ask("GET", f"/api/my-work/{desk.campaign}/text/")["queue"]:
        for entry in queue:
            body = {"score": 1, "seconds": 9, "plays": 0, "idempotency_key": entry["assignment"]}
            annotator.ask("POST", f"/api/assignments/{entry['assignment']}/annotations/", body)
    return desk.open("audio")


# What is never lost ---------------------------------------------------------------------------------------------------


def test_answers_given_offline_survive_a_crash_of_the_page_and_arrive_when_the_network_is_back(desk: Desk) -> None:
    page = desk.open("text")
    score_keys(page)
    page.context.route(re.compile("/annotations/$"), lambda route: route.abort())
    for key in "12":
        score_keys(page)
        page.keyboard.press(key)
    expect(page.get_by_text("2 answers not saved yet")).to_be_visible()
    expect(page.get_by_text("Answers are kept in this browser")).to_be_visible()
    page.close()  # without being asked: as a crash ends a page
    page = desk.annotator.page = desk.annotator.context.new_page()
    page.goto(f"/work/{desk.campaign}/text")
    expect(page.get_by_text("2 answers not saved yet")).to_be_visible()
    page.context.unroute(re.compile("/annotations/$"))
    done(page, 2)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def test_answers_given_while_signed_out_arrive_after_signing_in_again(desk: Desk, product: Product) -> None:
    page = desk.open("text")
    score_keys(page)
    (cookie,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("4")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.context.add_cookies([{key: cookie[key] for key in ("name", "value", "domain", "path")}])  # type: ignore[list-item]
    desk.open("text")
    done(page, 1)


def test_two_tabs_send_every_answer_once_and_do_not_show_what_the_other_has_answered(desk: Desk) -> None:
    one = desk.open("text")
    other = desk.annotator.context.new_page()
    other.goto(f"/work/{desk.campaign}/text")
    score_keys(one)
    score_keys(other)
    sent: list[str] = []
    one.context.on("requestfinished", lambda request: "/annotations/" in request.url and sent.append(request.url))
    one.context.route(re.compile("/annotations/$"), lambda route: route.abort())
    words = one.locator("main p").first.inner_text()
    one.keyboard.press("1")
    expect(other.get_by_text("1 answer not saved yet")).to_be_visible()
    expect(other.get_by_text(words)).to_have_count(0)
    score_keys(other)
    other.keyboard.press("7")
    expect(one.get_by_text("2 answers not saved yet")).to_be_visible()
    one.context.unroute(re.compile("/annotations/$"))
    done(one, 2)
    done(other, 2)
    assert len(sent) == len(set(sent)) == 2
