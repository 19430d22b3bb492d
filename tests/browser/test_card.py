"""One's own card in a real browser: words become chips, by keys and by taps, and are saved as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.chromium import ENGLISH, ITALIAN
from browser.evening import running_evening
from playwright.async_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from browser.chromium import Chromium
    from browser.evening import Evening
    from playwright.async_api import Locator, Page


async def open_card(
    chromium: Chromium, evening: Evening, *, locale: str = ENGLISH, scripts: bool = True
) -> Page:
    login = evening.cookie(evening.stage.evening.tickets[0].login)
    page = await chromium.open(locale=locale, scripts=scripts, cookie=login)
    await page.goto(f"{evening.phone}/card")
    return page


def chips(page: Page, field: str) -> Locator:
    return page.locator(f".field:has(#{field}) .word-chip > span")


async def saved(page: Page, evening: Evening) -> None:
    """Save the card, and look at it again."""
    await page.get_by_role("button", name="Sav").or_(page.get_by_role("button", name="Salva")).click()
    await page.wait_for_url(lambda url: not url.endswith("/card"))
    await page.goto(f"{evening.phone}/card")


async def test_words_become_chips_by_key_and_are_saved(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await open_card(chromium, evening)
        field = page.get_by_role("combobox", name="What you care about")
        before = await chips(page, "interests").all_inner_texts()
        await field.press_sequentially("zirudelle, gard")
        await expect(field).to_have_value("gard")
        offered = page.get_by_role("listbox", name="What you care about").get_by_role("option")
        await expect(offered.first).to_have_text("gardening")
        await field.press("ArrowDown")
        await expect(offered.and_(page.get_by_role("option", selected=True))).to_have_text("gardening")
        await field.press("Enter")
        await expect(offered).to_have_count(0)
        added = [*before, "zirudelle", "gardening"]
        await expect(chips(page, "interests")).to_have_text(added)
        await expect(page.get_by_role("status").last).to_have_text("gardening added")
        await field.press("Backspace")
        await page.get_by_role("button", name="zirudelle matters a lot").press("Space")
        await saved(page, evening)
        await expect(chips(page, "interests")).to_have_text([*before, "zirudelle"])
        star = page.get_by_role("button", name="zirudelle matters a lot")
        await expect(star).to_have_attribute("aria-pressed", "true")


async def test_words_are_taken_away_and_chosen_from_the_list_by_tap(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await open_card(chromium, evening, locale=ITALIAN)
        (word,) = await chips(page, "offers").all_inner_texts()
        await page.locator(".field:has(#offers)").get_by_role("button", name=f"Togli {word}").click()
        await expect(chips(page, "offers")).to_have_count(0)
        assert await page.evaluate("document.activeElement.id") == "offers", "the focus has a place to go"
        fold = page.locator(".field:has(#offers) details")
        await fold.locator("summary").click()
        await fold.get_by_label("Tema").select_option("Musica e ballo")
        await fold.get_by_role("button", name="cori", exact=True).click()
        await expect(fold.get_by_role("button", name="cori", exact=True)).to_have_count(0)
        await page.locator("#offers").fill("musica cla")
        await page.get_by_role("option", name="musica classica").click()
        await expect(chips(page, "offers")).to_have_text(["cori", "musica classica"])
        await page.locator("#languages").fill("franc")
        await page.get_by_role("option", name="francese").click()
        await saved(page, evening)
        await expect(chips(page, "offers")).to_have_text(["cori", "musica classica"])
        assert "francese" in await chips(page, "languages").all_inner_texts()


async def test_word_left_in_the_field_is_saved_and_a_typing_error_is_said(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await open_card(chromium, evening)
        await page.locator("#needs").fill("fotogarfia")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("status").first).to_contain_text(
            "We read “fotogarfia” as “fotografia”."
        )
        assert "fotografia" in await chips(page, "needs").all_inner_texts()


async def test_so_many_may_be_ticked_and_then_the_others_wait(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await open_card(chromium, evening)
        goals = page.get_by_role("group", name="What you want of this evening")
        ticked = goals.get_by_role("checkbox", checked=True)
        for _ in range(await ticked.count()):
            await ticked.first.uncheck(force=True)
        for name in ("find work", "make friends", "volunteer"):
            await goals.get_by_label(name).check(force=True)
        await expect(goals.get_by_label("raise money")).to_be_disabled()
        await goals.get_by_label("volunteer").uncheck(force=True)
        await expect(goals.get_by_label("raise money")).to_be_enabled()
        await saved(page, evening)
        await expect(goals.get_by_role("checkbox", checked=True)).to_have_count(2)


async def test_card_is_a_plain_form_without_scripts(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        page = await open_card(chromium, evening, scripts=False)
        await page.get_by_label("What you care about").fill("orti urbani, zirudelle")
        await page.get_by_label("The ones that matter most").fill("Zirudelle")
        assert await page.locator("#tag-words option").count() > 300
        await saved(page, evening)
        await expect(page.get_by_label("What you care about")).to_have_value("orti urbani, zirudelle")
        await expect(page.get_by_label("The ones that matter most")).to_have_value("zirudelle")
