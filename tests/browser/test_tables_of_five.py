"""An evening at tables of up to five: a line for each person, turns by seat, answers in a tap each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from browser.chromium import DESK, PHONE, WALL, shoot
from browser.evening import calm_rules, running_evening
from playwright.async_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from browser.chromium import Chromium
    from browser.evening import Evening
    from playwright.async_api import Page

PEOPLE = 11
RULES = calm_rules(rounds=2, tables=3, seats=5)
"""Eleven at three tables: at one of them at least four."""


async def press(page: Page, name: str | re.Pattern[str]) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def headed(page: Page, words: str | re.Pattern[str]) -> None:
    await expect(page.get_by_role("heading", level=1)).to_contain_text(words)


async def test_a_guest_meets_several_at_once_and_answers_about_all(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=PEOPLE, rules=RULES) as evening:
        page, others = await seated_with_several(chromium, evening)
        await sees_who_comes(page, others)
        await evening.steer("StartRound")
        await talks(page, evening, others)
        await evening.steer("EndRound")
        await answers_row_by_row(page, others)
        for guest in evening.guests:
            await guest.until(lambda guest=guest: guest.view["phase"] == "feedback")
        await evening.all_say("yes")
        await evening.steer("FinishEvent")
        await evening.steer("RevealContacts")
        await headed(page, "One hand shaken")
        await expect(page.locator(".ring-wrap-up")).to_contain_text(f"of {others}")


async def seated_with_several(chromium: Chromium, evening: Evening) -> tuple[Page, int]:
    """Return the phone of somebody who is called to a table of four or five, and with how many others."""
    await evening.come(*range(PEOPLE))
    await evening.present(PEOPLE)
    await evening.call()
    for place, guest in enumerate(evening.guests):
        await guest.until(lambda guest=guest: guest.view.get("table"))
        if (others := len(guest.view["partners"])) > 2:
            login = evening.stage.evening.tickets[place].login
            evening.guests.remove(guest)
            await guest.stop()
            page = await chromium.open(cookie=evening.cookie(login))
            await page.goto(evening.phone)
            return page, others
    raise AssertionError("nobody sits at a table of four")


async def sees_who_comes(page: Page, others: int) -> None:
    await headed(page, "Go to table")
    await expect(page.locator(".mates li")).to_have_count(others)
    await press(page, "I'm at the table")
    await headed(page, "You're at the table")
    await expect(page.locator(".strip-words")).to_contain_text("with")


async def talks(page: Page, evening: Evening, others: int) -> None:
    """See whose turn it is, and say quietly that somebody is not here."""
    await headed(page, re.compile("Now listen|Now you speak"))
    await expect(page.locator(".turn")).to_have_count(2)
    mates = page.locator("details.mate")
    await expect(mates).to_have_count(others)
    await mates.last.locator("summary").click()
    await press(page, re.compile("is not here"))
    await expect(mates.last.locator(".mate-words")).to_contain_text("is not here")
    attention = evening.organizer
    await attention.until(
        lambda: "short" in [one["kind"] for one in attention.views["room"].get("attention", ())]
    )
    await press(page, "Here now")
    await attention.until(
        lambda: "short" not in [one["kind"] for one in attention.views["room"].get("attention", ())]
    )


async def answers_row_by_row(page: Page, others: int) -> None:
    """One tap each: the row folds, can be opened again, and is still there after a reload."""
    await headed(page, "Who would you like to see again?")
    rows = page.locator(".answer-row")
    await expect(rows).to_have_count(others)
    await rows.nth(0).get_by_text("Yes", exact=True).click()
    await expect(rows.nth(0)).to_have_class(re.compile("is-done"))
    await expect(rows.nth(0).get_by_role("button")).to_be_focused()
    await rows.nth(1).get_by_text("No", exact=True).click()
    await rows.nth(2).get_by_role("button", name=re.compile("^More about")).click()
    await page.get_by_role("group", name=re.compile("conversation")).get_by_text("5", exact=True).click()
    await shoot(page, "phone-rows-of-answers")
    await page.reload()
    await expect(page.locator(".answer-row.is-done")).to_have_count(3)
    await page.get_by_role("button", name=re.compile("Change")).first.click()
    opened = page.locator(".answer:not(.answer-row)")
    await expect(opened.get_by_role("radio", name="Yes")).to_be_checked()


async def test_the_team_moves_people_between_tables_and_the_wall_shows_every_size(
    chromium: Chromium, tmp_path: Path
):
    async with running_evening(tmp_path, chromium, people=PEOPLE, rules=RULES) as evening:
        await evening.come(*range(PEOPLE))
        await evening.present(PEOPLE)
        await evening.call()
        desk = await chromium.open(size=DESK, cookie=evening.cookie(evening.stage.organizer))
        await desk.goto(f"{evening.phone}/control")
        await expect(desk.locator(".tile")).to_have_count(3)
        await moves_somebody(desk, evening)
        name = desk.locator(".tile bdi").first
        await expect(name).to_be_visible()
        await desk.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        await expect(name).to_be_hidden()
        wall = await chromium.open(size=WALL)
        await wall.goto(evening.links.projector)
        await headed(wall, "Round 1: to the tables")
        await evening.steer("StartRound")
        await headed(wall, "Seat A speaks")
        sizes = {len(table["people"]) for table in room_of(evening)["tables"]}
        assert len(sizes) > 1
        await expect(wall.locator(".wall-size-time")).to_have_count(len(sizes))
        await expect(wall.locator(".wall-seat-now").first).to_have_text("A")


def room_of(evening: Evening) -> dict[str, Any]:
    return evening.organizer.views["room"]


def seated_at(evening: Evening, number: int) -> list[str]:
    tables = {table["number"]: table["people"] for table in room_of(evening)["tables"]}
    return [person["id"] for person in tables[number]]


async def moves_somebody(desk: Page, evening: Evening) -> None:
    """Move the first person of one table to another with a free chair."""
    await evening.organizer.until(lambda: len(room_of(evening)["tables"]) == 3)
    here, *others = room_of(evening)["tables"]
    there = min(others, key=lambda table: len(table["people"]))
    person = here["people"][0]
    await desk.locator(".tile").nth(0).click()
    drawer = desk.get_by_role("dialog")
    await drawer.locator(".desk-person").nth(0).get_by_role("button", name="Move or swap").click()
    await drawer.get_by_label("Where to?").select_option(f"table:{there['number']}")
    await expect(drawer.get_by_text("1 person moves:")).to_be_visible()
    await drawer.get_by_role("button", name="Do that").click()
    await evening.organizer.until(lambda: person["id"] in seated_at(evening, there["number"]))


async def test_settings_ask_what_concerns_the_size_of_tables_and_the_plan_says_what_came_of_it(
    chromium: Chromium, tmp_path: Path
):
    async with running_evening(tmp_path, chromium, people=PEOPLE, rules=RULES) as evening:
        await evening.come(*range(PEOPLE))
        await evening.planned()
        desk = await chromium.open(size=DESK, cookie=evening.cookie(evening.stage.organizer))
        await desk.goto(f"{evening.phone}/settings")
        mix, seats = (
            desk.get_by_role("group", name="Mix at every table"),
            desk.get_by_label("People at a table"),
        )
        cards, odd = desk.get_by_label("a printed card"), desk.get_by_role("group", name="In pairs, when")
        await seats.fill("2")
        for asked, hidden in ((odd, mix), (odd, cards)):
            await expect(asked).to_be_visible()
            await expect(hidden).to_be_hidden()
        await seats.fill("5")
        await expect(odd).to_be_hidden()
        await cards.check()
        await mix.get_by_label("sectors").check()
        await desk.locator(".sheet-head").get_by_role("button", name="Save").click()
        await expect(mix.get_by_label("sectors")).to_be_checked()
        await evening.planned()
        await desk.goto(f"{evening.phone}/plan")
        await expect(desk.locator(".proofs")).to_contain_text("same sector")
        await expect(desk.locator(".proofs, .banner").filter(has_text="in step")).to_be_visible()
