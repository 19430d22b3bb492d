"""The big screen follows the evening by itself, and says nothing about anybody's choices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from browser.chromium import DESK, WALL, shoot_for_readme
from browser.evening import calm_rules, running_evening
from playwright.async_api import expect

from event_server.demo.people import example_people

if TYPE_CHECKING:
    from pathlib import Path

    from browser.chromium import Chromium
    from browser.evening import Evening
    from playwright.async_api import Page

PEOPLE = 24
TEN_MINUTES_MS = 600_000


async def titled(page: Page, words: str | re.Pattern[str]) -> None:
    await expect(page.get_by_role("heading", level=1)).to_contain_text(words)


async def test_projector_follows_from_the_welcome_to_the_totals(chromium: Chromium, tmp_path: Path):
    rules = calm_rules(rounds=8, tables=PEOPLE // 2 + 1)
    async with running_evening(tmp_path, chromium, people=PEOPLE, rules=rules) as evening:
        wall = await chromium.open(size=WALL)
        await wall.goto(evening.links.projector)
        await welcomes(wall, evening)
        await sends_to_tables(wall, evening)
        await shows_the_time(wall, evening)
        await dashboard_picture(chromium, evening)
        await asks_and_rests(wall, evening)
        await ends_with_totals(wall, evening)
        await gives_way_to_a_message(wall, evening)


async def welcomes(wall: Page, evening: Evening) -> None:
    """The event, its code, its address, and how many are here."""
    await titled(wall, "Aperitivo degli incontri")
    await expect(wall.get_by_role("img", name="Code to join")).to_be_visible()
    address = (await wall.locator(".wall-url").inner_text()).replace("\n", "")
    assert evening.links.join.endswith(address)
    await evening.come(*range(PEOPLE))
    await expect(wall.locator(".wall-arrivals b")).to_have_text(str(PEOPLE))


async def sends_to_tables(wall: Page, evening: Evening) -> None:
    """Everybody's name beside the table that their own phone names."""
    await evening.call()
    await titled(wall, "Round 1: to the tables")
    await expect(wall.locator(".wall-names li")).to_have_count(PEOPLE)
    ada = evening.guests[0]
    await ada.until(lambda: "table" in ada.view)
    row = wall.locator(".wall-names li").filter(has_text=ada.view["me"]["name"])
    await expect(row).to_contain_text(re.compile(rf"\b{ada.view['table']['number']}$"))


async def shows_the_time(wall: Page, evening: Evening) -> None:
    """A timer that runs, whose turn it is, and a pause in which it stands."""
    await evening.steer("StartRound")
    await titled(wall, "Seat A speaks")
    digits = wall.locator(".ring-digits")
    before = await digits.inner_text()
    assert re.fullmatch(r"[34]:\d\d", before)
    await expect(digits).not_to_have_text(before)
    await shoot_for_readme(wall, "projector")
    await evening.steer("Pause")
    await titled(wall, "Paused")
    assert -(-evening.organizer.control["paused"]["remaining"] // 1000) == seconds(await digits.inner_text())
    await evening.steer("Resume")


def seconds(digits: str) -> int:
    minutes, rest = digits.split(":")
    return int(minutes) * 60 + int(rest)


async def dashboard_picture(chromium: Chromium, evening: Evening) -> None:
    """The room as its organizer sees it while everybody talks."""
    desk = await chromium.open(size=DESK, cookie=evening.cookie(evening.stage.organizer))
    await desk.goto(f"{evening.phone}/control")
    await expect(desk.locator(".tile")).to_have_count(PEOPLE // 2)
    await shoot_for_readme(desk, "dashboard")


async def asks_and_rests(wall: Page, evening: Evening) -> None:
    """Choices with a share of answers, then a break until a time of day."""
    await evening.steer("EndRound")
    await wall.get_by_text("Who would you like to see again?").wait_for()
    for guest in evening.guests:
        await guest.until(lambda guest=guest: guest.view["phase"] == "feedback")
    await evening.all_say("yes")
    await expect(wall.locator(".wall-figure")).to_have_text("100%")
    await evening.steer("StartBreak", ends_at=evening.organizer.control["now"] + TEN_MINUTES_MS)
    await titled(wall, re.compile(r"Break until \d\d:\d\d"))


async def ends_with_totals(wall: Page, evening: Evening) -> None:
    """Sums of the whole room, and no name of anybody."""
    await evening.steer("FinishEvent")
    await titled(wall, "Thank you!")
    await evening.steer("RevealContacts")
    await expect(wall.get_by_text(f"{PEOPLE} people, {PEOPLE // 2} mutual choices")).to_be_visible()
    await expect(wall.locator(".ring-digits")).to_have_text(str(PEOPLE // 2))
    said = await wall.locator("body").inner_text()
    assert [one.name for one in example_people(PEOPLE) if one.name in said] == []


async def gives_way_to_a_message(wall: Page, evening: Evening) -> None:
    await evening.organizer.do(
        {"type": "PostMessage", "message": "m1", "to": "all"}, text="Drinks at the bar."
    )
    await expect(wall.get_by_text("Drinks at the bar.")).to_be_visible()
    await expect(wall.get_by_text("From the organizers")).to_be_visible()
