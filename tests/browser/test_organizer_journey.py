"""An organizer's evening: from the printed link to the results, and what happens when two steer at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from browser.chromium import DESK, NO_NETWORK, shoot
from browser.evening import calm_rules, first_start, running_evening
from browser.wire import Wire
from playwright.async_api import expect

if TYPE_CHECKING:
    from browser.chromium import Chromium
    from browser.evening import Evening
    from playwright.async_api import Page

LIST = Path(__file__).parents[1] / "fixtures" / "lists" / "luma.csv"
LISTED = 3
"""Of the seven on the list, two are approved and one has no name yet."""
BADGE_MM = 95
PX_PER_MM = 96 / 25.4


async def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the first button of that name; some stand twice, for narrow and wide screens."""
    button = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
    await button.and_(page.locator(":visible")).first.click()


async def phase(page: Page, words: str) -> None:
    await expect(page.locator(".clock-title")).to_have_text(words)


async def test_from_the_first_link_to_a_list_with_badges_and_open_doors(chromium: Chromium, tmp_path: Path):
    async with first_start(tmp_path, chromium) as link:
        page = await chromium.open(size=DESK)
        await signs_in(page, link)
        await makes_event(page)
        people = await imports(page)
        await prints_badges(page, people)
        await opens_doors(page)
        await checks_in(page)


async def signs_in(page: Page, link: str) -> None:
    await page.goto(link)
    await page.get_by_label("Your name").fill("Fay Bozza")
    await page.get_by_label("E-mail").fill("fay@esempio.invalid")
    await page.get_by_label("Password").fill("una frase lunga e segreta")
    await press(page, "Save and sign in")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Fay Bozza.")


async def makes_event(page: Page) -> None:
    await press(page, "New event")
    await page.get_by_label("Name", exact=True).fill("Serata di prova")
    await page.get_by_label("Place").fill("Sala Esempio")
    await page.get_by_label("Rounds", exact=True).fill("3")
    await press(page, "Create the event")
    await page.wait_for_url(re.compile(r"/e/[0-9a-f]+/"))


async def imports(page: Page) -> int:
    """Bring a list, mend the one row without a name; return how many people it made."""
    await page.goto(f"{event_of(page)}/people")
    await press(page, "Import a list")
    await page.locator("input[type=file]").set_input_files(LIST)
    await press(page, "Go on to the columns")
    await press(page, "Go on to the rows")
    await expect(page.get_by_role("heading", level=1)).to_have_text("1 row to mend")
    await shoot(page, "desk-import")
    await page.get_by_label("Name", exact=True).fill("Cleo Finta")
    await press(page, "Go on to the differences")
    await press(page, "Apply")
    await expect(page.get_by_role("heading", level=1)).to_have_text("People")
    count = await page.locator(".people-table tbody tr").count()
    assert count == LISTED
    return count


async def prints_badges(page: Page, people: int) -> None:
    """One badge a person, at full size, and on paper nothing but badges."""
    await page.goto(f"{event_of(page)}/badges")
    await page.emulate_media(media="print")
    await expect(page.locator(".badge")).to_have_count(people)
    await expect(page.locator(".print-bar")).to_be_hidden()
    box = await page.locator(".badge").first.bounding_box()
    assert box is not None
    assert abs(box["width"] / PX_PER_MM - BADGE_MM) < 1
    await expect(page.get_by_role("img", name="Personal code of")).to_have_count(people)
    await shoot(page, "badges")
    await page.emulate_media(media="screen")


async def opens_doors(page: Page) -> None:
    await page.goto(f"{event_of(page)}/control")
    await phase(page, "Doors closed")
    await press(page, "Open the doors")
    await phase(page, "Doors open")


async def checks_in(page: Page) -> None:
    """By hand in the list, and at the door by the code of a badge."""
    await page.goto(f"{event_of(page)}/people")
    rows = page.locator(".people-table tbody tr")
    code = await rows.nth(1).locator(".code").inner_text()
    await rows.nth(0).get_by_role("button", name="Check in").click()
    await expect(page.locator(".people-table").get_by_text("here", exact=True)).to_have_count(1)
    await page.goto(f"{event_of(page)}/door")
    await page.get_by_role("searchbox").fill(code)
    await page.get_by_role("searchbox").press("Enter")
    await press(page, re.compile("^Check in"))
    await expect(page.locator(".result-word")).to_have_text("In")
    await expect(page.locator(".count b")).to_have_text("2")


def event_of(page: Page) -> str:
    """Return the address of the event of a page."""
    found = re.match(r"http://[^/]+/e/[0-9a-f]+", page.url)
    assert found is not None, page.url
    return found[0]


async def test_demonstration_is_one_click_away(chromium: Chromium, tmp_path: Path):
    async with first_start(tmp_path, chromium) as link:
        page = await chromium.open(size=DESK)
        await signs_in(page, link)
        await press(page, "Demonstration evening")
        await phase(page, "Doors open")
        # Simulated guests come in by themselves.
        await expect(page.locator(".clock-card .ring-digits")).to_have_text(re.compile(r"^[1-9]\d?$"))


async def test_organizer_steers_an_evening_to_its_end(chromium: Chromium, tmp_path: Path):
    rules = calm_rules(rounds=2, tables=4)
    async with running_evening(tmp_path, chromium, people=6, rules=rules) as evening:
        desk = await chromium.open(size=DESK)
        await desk.goto(evening.enter)
        phone = await chromium.open()
        await phone.goto(evening.links.badges[0])
        await phone.get_by_role("button", name="I'm here").click()
        await evening.come(1, 2, 3, 4, 5)
        await reads_the_plan(desk, evening)
        await calls_and_takes_back(desk, phone)
        await holds_a_talk(desk, phone)
        await rests_and_holds_the_last(desk, phone)
        await finishes(desk, phone)


async def reads_the_plan(desk: Page, evening: Evening) -> None:
    """Everybody has a table in every round of the plan."""
    await phase(desk, "Doors open")
    await evening.planned()
    await desk.goto(f"{evening.phone}/plan")
    await expect(desk.locator(".plan-table tbody tr")).to_have_count(6)
    await expect(desk.locator(".plan-table tbody .chip")).to_have_count(12)
    await shoot(desk, "desk-plan")
    await desk.goto(f"{evening.phone}/control")


async def calls_and_takes_back(desk: Page, phone: Page) -> None:
    """Undo of a call leaves everybody where they were."""
    await press(desk, "Call round 1 to the tables")
    await phase(desk, "To the tables")
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("Go to table")
    await desk.locator(".toast").get_by_role("button", name="Undo").first.click()
    await phase(desk, "Doors open")
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("You're in")
    await press(desk, "Call round 1 to the tables")


async def holds_a_talk(desk: Page, phone: Page) -> None:
    """Start, one minute more, pause, resume, a message, and the end."""
    await press(desk, "Start the round")
    await phase(desk, "Talking")
    await expect(desk.locator(".tile")).to_have_count(3)
    await press(desk, "+1 min")
    await expect(phone.get_by_text("+1 min")).to_be_visible()
    await expect(desk.locator(".clock-card .ring-digits")).to_have_text(re.compile(r"^4:[345]\d$"))
    await press(desk, "Pause the clock")
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("Time stands still")
    await press(desk, re.compile("^Resume"))
    await phase(desk, "Talking")
    await press(desk, "Message to the room")
    await desk.get_by_label("Text").fill("Drinks are at the bar.")
    await press(desk, "Send")
    await expect(phone.get_by_text("Drinks are at the bar.")).to_be_visible()
    await press(desk, "End the round")
    await expect(desk.get_by_text("in five seconds")).to_be_visible()
    await phase(desk, "Choices")
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("Who would you like to see again?")


async def rests_and_holds_the_last(desk: Page, phone: Page) -> None:
    """A break of some minutes, and the second round."""
    await press(desk, "Coffee break")
    await desk.get_by_label("Minutes").fill("7")
    await press(desk, "Begin the break")
    await phase(desk, "Coffee break")
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("A break for all")
    await press(desk, "Call round 2 to the tables")
    await press(desk, "Start the round")
    await phase(desk, "Talking")
    await press(desk, "End the round")
    await phase(desk, "Choices")


async def finishes(desk: Page, phone: Page) -> None:
    """The end, the contacts, the results, and the close: each asks first."""
    await press(desk, "Finish the evening")
    await desk.get_by_role("dialog").get_by_role("button", name="Finish the evening").click()
    await phase(desk, "Goodbyes")
    await press(desk, "Show the contacts")
    await desk.get_by_role("dialog").get_by_role("button", name="Show the contacts").click()
    await phase(desk, "Contacts shown")
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")
    await press(desk, "Close the event")
    await desk.get_by_role("dialog").get_by_role("button", name="Close the event").click()
    await phase(desk, "Closed")
    await press(desk, "Results")
    await expect(desk.locator(".figure b").nth(1)).to_have_text("6")
    await expect(desk.get_by_text("Nobody met the same person twice.")).to_be_visible()
    await shoot(desk, "desk-results")


async def test_second_organizer_who_presses_too_late_is_told_who_was_faster(
    chromium: Chromium, tmp_path: Path
):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        await evening.come(0, 1, 2, 3)
        await evening.call()
        late = await chromium.open(size=DESK, cookie=evening.cookie(evening.links.colleague))
        wire = Wire(late)
        await wire.lay()
        await late.goto(f"{evening.phone}/control")
        await phase(late, "To the tables")
        await wire.cut()
        await press(late, "Start the round")
        await evening.steer("StartRound")
        started = evening.organizer.control["starts_at"]
        await wire.mend()
        await expect(late.get_by_role("alert")).to_contain_text("Fay Bozza was faster: Round 1 started.")
        await phase(late, "Talking")
        assert evening.organizer.control["starts_at"] == started
        chromium.forgive(NO_NETWORK)
