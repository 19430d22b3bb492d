"""Every state of every screen at the sizes people have, in both languages and themes: can it be used?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser.chromium import DESK, ENGLISH, ITALIAN, PHONE, WALL, shoot
from browser.evening import running_evening
from browser.staged_views import StagedViews, names

if TYPE_CHECKING:
    from browser.chromium import Chromium
    from playwright.async_api import Page

LOOKS = (Path(__file__).parent / "looks.js").read_text()
NARROW = (320, 664)
SQUARE = (1024, 768)

PHONE_RULES = {"smallest": 16, "target": 48, "link": 24}
DESK_RULES = {"smallest": 13, "target": 24, "link": 20}
ALIKE = {"talk-extended", "talk-late", "talk-second", "feedback-last"}
"""States of the desk and the wall that differ from others by their numbers only."""

WALL_RULES = {"smallest": 16, "target": 24, "link": 24}


async def faults(page: Page, rules: dict[str, Any], language: str) -> list[str]:
    """Return what is wrong with the looks of a page as it stands."""
    return await page.evaluate(f"({LOOKS})", {**rules, "language": language[:2]})


async def size(page: Page, to: tuple[int, int]) -> None:
    await page.set_viewport_size({"width": to[0], "height": to[1]})


def distinct(screen: str) -> list[str]:
    return [state for state in names(screen) if state not in ALIKE]


@pytest.mark.parametrize("language", [ITALIAN, ENGLISH])
async def test_every_state_of_the_phone_is_readable_and_touchable(
    chromium: Chromium, tmp_path: Path, language: str
):
    found = {}
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await chromium.open(
            locale=language, cookie=evening.cookie(evening.stage.evening.tickets[0].login)
        )
        staged = StagedViews(page, evening.phone)
        await staged.begin()
        for state in names("phone"):
            await staged.phone(state)
            for theme in ("light", "dark"):
                await page.emulate_media(color_scheme=theme)
                await shoot(page, f"phone-{state}-{language[:2]}-{theme}")
            found[state] = await faults(page, PHONE_RULES, language)
            await size(page, NARROW)
            found[state] += [f"at 320: {fault}" for fault in await faults(page, PHONE_RULES, language)]
            await size(page, PHONE)
    assert {state: said for state, said in found.items() if said} == {}


async def test_every_state_of_the_dashboard_fits_desk_and_hand(chromium: Chromium, tmp_path: Path):
    found = {}
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await chromium.open(size=DESK, locale=ITALIAN, cookie=evening.cookie(evening.stage.organizer))
        staged = StagedViews(page, f"{evening.phone}/control")
        await staged.begin()
        for state in distinct("control"):
            await staged.desk(state)
            for width, height in (DESK, SQUARE, PHONE):
                await size(page, (width, height))
                await shoot(page, f"desk-{state}-{width}")
                said = await faults(page, DESK_RULES, ITALIAN)
                found |= {f"{state} at {width}": said} if said else {}
    assert found == {}


async def test_every_state_of_the_big_screen_fits_both_shapes(chromium: Chromium, tmp_path: Path):
    found = {}
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await chromium.open(size=WALL, locale=ITALIAN)
        await page.goto(evening.links.projector)
        await page.wait_for_url(f"{evening.phone}/projector")
        staged = StagedViews(page, f"{evening.phone}/projector")
        await staged.begin()
        for state in distinct("projector"):
            await staged.wall(state)
            for width, height in (WALL, SQUARE):
                await size(page, (width, height))
                await shoot(page, f"wall-{state}-{width}")
                said = await faults(page, WALL_RULES, ITALIAN)
                tall = await page.evaluate("document.documentElement.scrollHeight > innerHeight")
                said += ["is higher than the screen"] if tall else []
                found |= {f"{state} at {width}": said} if said else {}
    assert found == {}


@pytest.mark.parametrize("language", [ITALIAN, ENGLISH])
async def test_pages_of_guests_are_readable_and_touchable(chromium: Chromium, tmp_path: Path, language: str):
    found = {}
    async with running_evening(tmp_path, chromium, people=4) as evening:
        login = evening.cookie(evening.stage.evening.tickets[0].login)
        page = await chromium.open(locale=language)
        pages = {"join": evening.links.join, "start": evening.base, "login": f"{evening.base}/login"}
        pages |= {name: f"{evening.phone}/{name}" for name in ("card", "claims", "erase", "leave")}
        for name, address in pages.items():
            if name == "card":
                await page.context.add_cookies([login])
            await page.goto(address)
            for fold in await page.locator("summary").all():
                await fold.click()
            for width, height in (PHONE, NARROW):
                await size(page, (width, height))
                said = await faults(page, PHONE_RULES, language)
                found |= {f"{name} at {width}": said} if said else {}
            await size(page, PHONE)
            for theme in ("light", "dark"):
                await page.emulate_media(color_scheme=theme)
                await shoot(page, f"page-{name}-{language[:2]}-{theme}", whole=True)
    assert found == {}


async def test_pages_of_organizers_fit_desk_and_hand(chromium: Chromium, tmp_path: Path):
    found = {}
    places = (
        "people",
        "people/new",
        "tags",
        "plan",
        "results",
        "settings",
        "questions",
        "import",
        "door",
        "door/new",
    )
    async with running_evening(tmp_path, chromium, people=9) as evening:
        await evening.come(0, 1, 2, 3)
        await evening.play()
        page = await chromium.open(size=DESK, locale=ITALIAN, cookie=evening.cookie(evening.stage.organizer))
        addresses = [f"{evening.phone}/{name}" for name in places]
        for name, address in zip(("new", *places), (f"{evening.base}/events/new", *addresses), strict=True):
            await page.goto(address)
            for width, height in (DESK, SQUARE, PHONE):
                await size(page, (width, height))
                await shoot(page, f"desk-page-{name.replace('/', '-')}-{width}")
                said = await faults(page, DESK_RULES, ITALIAN)
                found |= {f"{name} at {width}": said} if said else {}
    assert found == {}


async def test_sheets_of_the_phone_open_and_close_by_key_and_keep_the_focus_in_sight(
    chromium: Chromium, tmp_path: Path
):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await chromium.open(cookie=evening.cookie(evening.stage.evening.tickets[0].login))
        staged = StagedViews(page, evening.phone)
        await staged.begin()
        await staged.phone("talk_first_half")
        unseen = []
        stops = await page.locator("button:visible, a:visible").count()
        for _ in range(stops):
            await page.keyboard.press("Tab")
            unseen += await page.evaluate(UNSEEN_FOCUS)
        assert unseen == []
        help_button = page.get_by_role("button", name="Help", exact=True)
        await help_button.focus()
        await page.keyboard.press("Enter")
        sheet = page.get_by_role("dialog", name="Help")
        await sheet.wait_for()
        await shoot(page, "phone-sheet-help")
        assert await faults(page, PHONE_RULES, ENGLISH) == []
        await page.keyboard.press("Escape")
        await sheet.wait_for(state="hidden")
        assert await help_button.evaluate("button => button === document.activeElement")


UNSEEN_FOCUS = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const isDrawn = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  const { top, bottom } = element.getBoundingClientRect();
  const isInView = bottom > 0 && top < innerHeight;
  return element === document.body || (isDrawn && isInView) ? [] : [element.outerHTML.slice(0, 120)];
}"""


async def test_checks_of_looks_see_the_faults_they_are_made_for(chromium: Chromium, tmp_path: Path):
    page = await chromium.open(locale=ENGLISH)
    await page.set_content(FAULTY)
    said = "\n".join(await faults(page, PHONE_RULES, ENGLISH))
    for fault in (
        *("scrolls sideways", "has no title", "says it is in xx", "has 0 main headings", "text of 12 px"),
        *("button 20 px high", "link 10 px high", "has no name", "field without a label", "text cut off"),
    ):
        assert fault in said


FAULTY = """<html lang="xx"><body style="margin:0;font-size:16px"><main>
<p style="font-size:12px">small</p><div style="width:500px">wide</div>
<button style="height:20px">low</button><button style="height:60px"></button>
<a href="#" style="display:block;height:10px;overflow:hidden">flat</a><input name="nameless">
<h2 style="width:40px;overflow:hidden;white-space:nowrap">a heading that is cut</h2></main></body></html>"""
