"""Questions an organizer writes, on the way to a phone that asks for another one and is loaded again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.chromium import DESK, ENGLISH
from browser.evening import running_evening
from playwright.async_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from browser.chromium import Chromium

ABOUT = "What is it about {tag}, for you?"
LEVELS = ("about_help", "about_both_care", "about_both_want", "about_other_fields")


async def test_written_questions_reach_the_phones_and_go_deeper(chromium: Chromium, tmp_path: Path):
    async with running_evening(tmp_path, chromium, people=4) as evening:
        desk = await chromium.open(size=DESK, locale=ENGLISH, cookie=evening.cookie(evening.stage.organizer))
        await desk.goto(f"{evening.phone}/questions")
        preview = desk.locator("[data-preview]")
        for level in LEVELS:
            await desk.locator(f"[name={level}]").fill(ABOUT)
        await expect(preview).to_have_text("What is it about school · energy, for you?")
        await desk.get_by_label("A little closer").fill("First line?\nCloser?")
        await expect(preview).to_have_text("Closer?", use_inner_text=True)
        await desk.keyboard.press("ArrowUp")
        await expect(preview).to_have_text("First line?")
        await desk.get_by_label("A little closer").fill("Closer?")
        await desk.get_by_label("Deep", exact=True).fill("Deep?")
        await desk.get_by_role("button", name="Save").first.click()
        await expect(desk.get_by_role("status")).to_have_text("Saved.")

        phone = await chromium.open(cookie=evening.cookie(evening.stage.evening.tickets[0].login))
        await phone.goto(evening.phone)
        await phone.get_by_role("button", name="I'm here").click()
        await evening.come(1)
        await evening.present(2)
        await evening.call()
        await evening.steer("StartRound")
        question = phone.locator(".prompt")
        await expect(question).to_contain_text("What is it about ")
        for deeper in ("Closer?", "Deep?"):
            await phone.get_by_role("button", name="Another question").click()
            await expect(question).to_have_text(deeper)
        await phone.route("**/questions/**", lambda route: route.abort())
        await phone.reload()
        await expect(question).to_have_text("Deep?")
