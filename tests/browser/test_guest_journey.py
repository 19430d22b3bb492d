"""A guest's evening on a phone: in by a badge, to a table, through a talk, home with the contacts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from browser.chromium import ITALIAN, NO_NETWORK, shoot_for_readme
from browser.evening import calm_rules, running_evening
from browser.wire import Wire
from playwright.async_api import expect

from event_server.demo.people import example_people

if TYPE_CHECKING:
    from pathlib import Path

    from browser.chromium import Chromium
    from browser.evening import Evening
    from playwright.async_api import Page

COLOURS = ("blue", "orange", "sky", "red", "pink", "yellow", "green")
SHAPES = ("Circle", "Square", "Triangle", "Diamond", "Star", "Cross", "Hexagon", "Drop")
MOST_TAPS = 3
TEN_MINUTES_MS = 600_000
COUNT_TAPS = (
    "addEventListener('click', e => e.detail && sessionStorage.taps++, true); sessionStorage.taps ??= 0"
)


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def headed(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the screen says so in its heading."""
    await expect(page.get_by_role("heading", level=1)).to_contain_text(words)


async def come_in(page: Page, evening: Evening, place: int = 0) -> None:
    """Let somebody scan their badge and say that they are here."""
    await page.goto(evening.links.badges[place])
    await press(page, "I'm here")
    await headed(page, "You're in")


def first(name: str) -> str:
    return name.split(maxsplit=1)[0]


async def test_badge_lets_in_without_a_single_further_tap(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await chromium.open()
        await page.goto(evening.links.badges[0])
        await page.wait_for_url(evening.phone)
        await headed(page, f"Hello, {first(example_people(4)[0].name)}")
        assert "#" not in page.url, "the badge's secret must not stay in the address"


async def test_event_code_lets_in_with_at_most_three_taps(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await chromium.open()
        await page.add_init_script(COUNT_TAPS)
        await evening.come(0)
        code = evening.guests[0].view["me"]["code"]
        await page.goto(evening.links.join)
        field = page.get_by_label("Code on your badge")
        await field.click()
        await field.fill(code.lower())
        await press(page, "Come in")
        await press(page, "That is me")
        await headed(page, "You're in")
        assert int(await page.evaluate("sessionStorage.taps")) == MOST_TAPS


async def test_somebody_not_on_the_list_joins_with_name_and_consent(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await chromium.open(locale=ITALIAN)
        await page.goto(evening.links.join)
        await page.get_by_text("Non sono nella lista").click()
        form = page.locator("form[action$='/new']")
        await form.locator("input[name=name]").fill("Zeta Prova")
        await form.get_by_role("checkbox").check()
        await form.get_by_role("button").click()
        await headed(page, "Zeta")
        await evening.organizer.until(lambda: evening.organizer.control["counts"]["listed"] == 5)


async def test_call_names_the_table_before_any_script_runs(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        await evening.come(0, 1, 2, 3)
        await evening.call()
        ada = evening.guests[0]
        await ada.until(lambda: ada.view["phase"] == "call")
        bare = await chromium.open(
            scripts=False, cookie=evening.cookie(evening.stage.evening.tickets[0].login)
        )
        await bare.goto(evening.phone)
        await is_sent_to_table(bare, ada.view)


async def is_sent_to_table(page: Page, view: dict) -> None:
    """See number, shape, colour, seat and partner of a call."""
    number = view["table"]["number"]
    await headed(page, f"Go to table {number}")
    await expect(page.locator(".table-card-number")).to_have_text(str(number))
    name = f"{SHAPES[(number - 1) % 8]} · {COLOURS[(number - 1) % 7]}"
    await expect(page.locator(".table-card-name")).to_have_text(name)
    await expect(page.get_by_text(f"Seat {view['table']['seat']}")).to_be_visible()
    await expect(page.locator(".person-name")).to_have_text(view["partners"][0]["name"])
    shape = await page.locator(".hero svg").last.bounding_box()
    assert shape is not None
    assert shape["width"] > 60, "the shape is to be seen from across a room"


async def test_a_round_from_the_call_to_the_answer(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=6) as evening:
        page = await chromium.open()
        await come_in(page, evening)
        await evening.come(1, 2, 3, 4, 5)
        await evening.call()
        await headed(page, "Go to table")
        await press(page, "I'm at the table")
        await headed(page, "You're at the table")
        await evening.organizer.until(lambda: evening.organizer.control["counts"]["at_table"] == 1)
        await evening.steer("StartRound")
        await talks(page)
        await evening.steer("EndRound")
        await answers(page)
        await evening.answered(1)
        await page.reload()
        await expect(page.get_by_role("radio", name="Maybe")).to_be_checked()


async def talks(page: Page) -> None:
    """See the countdown run, a turn, and another question without any network."""
    await headed(page, re.compile("Now listen|Now you speak"))
    timer = page.locator(".hero .ring-digits")
    before = await timer.inner_text()
    assert re.fullmatch(r"[34]:\d\d", before)
    await expect(timer).not_to_have_text(before)
    await expect(page.locator(".turn-now time")).to_have_text(re.compile(r"^[12]:\d\d$"))
    question = await page.locator(".prompt").inner_text()
    await shoot_for_readme(page, "phone")
    await page.context.set_offline(True)
    await press(page, "Another question")
    await expect(page.locator(".prompt")).not_to_have_text(question)
    await page.context.set_offline(False)


async def answers(page: Page) -> None:
    """Choose, change one's mind, rate and write: each is said to be saved."""
    await headed(page, "Who would you like to see again?")
    await expect(page.get_by_text("Only mutual choices are shared.")).to_be_visible()
    await expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    for choice in ("Yes", "No", "Maybe"):
        await page.get_by_text(choice, exact=True).click()
        await expect(page.get_by_role("radio", name=choice)).to_be_checked()
    await expect(page.locator(".saved")).to_have_text("Saved")
    await press(page, "Note and rating")
    await page.get_by_role("group", name="How was the conversation?").get_by_text("4", exact=True).click()
    await page.get_by_label("Your note about").fill("Ask about the greenhouse")
    await page.get_by_label("Your note about").blur()
    await expect(page.locator(".saved")).to_have_text("Saved")


async def test_answer_given_without_network_arrives_when_it_is_back(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=6) as evening:
        page = await chromium.open()
        wire = Wire(page)
        await wire.lay()
        await come_in(page, evening)
        await evening.come(1, 2, 3, 4, 5)
        await evening.call()
        await evening.steer("StartRound")
        await evening.steer("EndRound")
        await headed(page, "Who would you like to see again?")
        await wire.cut()
        await expect(page.locator(".pill")).to_have_text("Reconnecting…")
        await expect(page.get_by_text("No network for")).to_be_visible()
        await page.get_by_text("Yes", exact=True).click()
        await expect(page.locator(".waiting")).to_have_text("Waiting to be sent")
        await expect(page.get_by_text("1 thing waits to be sent.")).to_be_visible()
        assert evening.answers_done == 0
        await wire.mend()
        await expect(page.locator(".saved")).to_have_text("Saved")
        await expect(page.locator(".pill")).to_have_text("Live")
        await evening.answered(1)
        chromium.forgive(NO_NETWORK)


async def test_odd_room_rests_somebody_with_a_promise_and_keeps_it(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=3) as evening:
        await evening.come(0, 1, 2)
        await evening.call()
        for guest in evening.guests:
            await guest.until(lambda guest=guest: guest.view["phase"] == "call")
        out = next(place for place, guest in enumerate(evening.guests) if "sit_out" in guest.view)
        page = await chromium.open(cookie=evening.cookie(evening.stage.evening.tickets[out].login))
        await page.goto(evening.phone)
        await headed(page, "This round you get a breather")
        await expect(page.get_by_text("There are 3 of us")).to_be_visible()
        await expect(page.get_by_text("You're in for round 2.")).to_be_visible()
        await evening.steer("StartRound")
        await evening.steer("EndRound")
        await evening.call()
        await headed(page, "Go to table")


async def test_pause_message_break_rest_and_leaving(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await chromium.open()
        await come_in(page, evening)
        await evening.come(1, 2, 3)
        await evening.call()
        await evening.steer("StartRound")
        await headed(page, re.compile("Now"))
        await evening.steer("Pause")
        await headed(page, "Time stands still")
        await expect(page.get_by_text("The organizers go on in a moment.")).to_be_visible()
        await evening.steer("Resume")
        await evening.organizer.do(
            {"type": "PostMessage", "message": "m1", "to": "all"}, text="Drinks at the bar."
        )
        await expect(page.get_by_text("Drinks at the bar.")).to_be_visible()
        await evening.steer("EndRound")
        until = evening.organizer.control["now"] + TEN_MINUTES_MS
        await evening.steer("StartBreak", ends_at=until)
        await headed(page, "A break for all")
        await leaves_and_returns(page)


async def leaves_and_returns(page: Page) -> None:
    """Leave by two taps, and come back by one."""
    await press(page, "I'm leaving")
    await press(page, "Yes, I'm leaving")
    await headed(page, "Safe home")
    await press(page, "I'm back")
    await headed(page, "A break for all")


async def test_language_is_switched_and_kept(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await chromium.open(locale=ITALIAN)
        await page.goto(evening.links.badges[0])
        await headed(page, "Ciao")
        assert await page.get_attribute("html", "lang") == "it"
        await press(page, "English")
        await headed(page, "Hello")
        await page.reload()
        assert await page.get_attribute("html", "lang") == "en"
        await press(page, "Italiano")
        await headed(page, "Ciao")


async def test_wrap_up_gives_contacts_of_mutual_choices_and_hides_them_on_request(
    chromium: Chromium, tmp_path: Path
):
    async with running_evening(tmp_path, chromium, people=2, rules=calm_rules(rounds=1, tables=2)) as evening:
        page = await chromium.open()
        await come_in(page, evening)
        await evening.come(1)
        await evening.play()
        await page.get_by_text("Yes", exact=True).click()
        await expect(page.locator(".saved")).to_have_text("Saved")
        bo = evening.guests[0]
        await bo.until(lambda: bo.view["phase"] == "feedback")
        await evening.all_say("yes")
        await evening.steer("FinishEvent")
        await expect(page.get_by_text("Contacts in")).to_be_visible()
        await expect(page.get_by_role("link", name="Save")).to_have_count(0)
        await evening.steer("RevealContacts")
        await headed(page, "One hand shaken")
        await has_contact_card(page, example_people(2)[1].name, example_people(2)[1].email)
        await hides_contacts(page)
        await bo.until(lambda: not bo.view.get("contacts"))


async def has_contact_card(page: Page, name: str, email: str) -> None:
    """See a contact, and load the card that a phone's address book opens."""
    contact = page.get_by_role("article").filter(has_text=name)
    await expect(contact.get_by_text(email)).to_be_visible()
    link = await contact.get_by_role("link", name="Save").get_attribute("href")
    response = await page.request.get(urljoin(page.url, link))
    assert response.headers["content-type"] == "text/vcard; charset=utf-8"
    card = await response.text()
    assert card.startswith("BEGIN:VCARD\r\nVERSION:")
    assert f"FN:{name}\r\n" in card
    assert email in card


async def hides_contacts(page: Page) -> None:
    await press(page, "Hide my contact details")
    await press(page, "Hide them for good")
    await headed(page, "Thank you")
    await expect(page.get_by_text("Your contact details are hidden")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(0)
