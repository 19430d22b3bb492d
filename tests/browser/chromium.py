"""One real Chromium for a test: at most six contexts, each watched for what a page must never say."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import async_playwright, expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, BrowserContext, Page

SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
MOST_CONTEXTS = 6
PATIENCE_MS = 15_000
"""How long a condition of a page is waited for."""

PHONE = (390, 844)
DESK = (1440, 900)
WALL = (1920, 1080)
ITALIAN, ENGLISH = "it-IT", "en-GB"

RESULTS = Path(__file__).parents[2] / "test-results"
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"

NO_NETWORK = r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket connection to .* failed"


def executable() -> str:
    """Return the path of Chromium; without one the test is skipped, or fails where a browser is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    if os.environ.get("GIROTONDO_BROWSER") == "required":
        pytest.fail("Chromium is required and not installed")
    pytest.skip("Chromium is not installed: apt-get install chromium")


@dataclass
class Chromium:
    """A running browser, and every complaint that its pages put into their consoles."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def open(
        self,
        *,
        size: tuple[int, int] = PHONE,
        locale: str = ENGLISH,
        dark: bool = False,
        scripts: bool = True,
        cookie: dict[str, Any] | None = None,
    ) -> Page:
        """Return the page of a new device."""
        assert len(self.contexts) < MOST_CONTEXTS, "another device would be more than this machine bears"
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            timezone_id="Europe/Rome",
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if cookie:
            await context.add_cookies([cookie])  # type: ignore[list-item]
        page = await context.new_page()
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        return page

    async def shut_all(self) -> None:
        """Put all devices away: a server that ends under an open page would make it complain."""
        while self.contexts:
            await self.contexts.pop().close()

    def _hear(self, kind: str, text: str) -> None:
        # What the content security policy refuses is an error in the console too.
        if kind == "error":
            self.complaints.append(text)

    def forgive(self, pattern: str) -> None:
        """Drop complaints that a test has caused on purpose."""
        self.complaints = [text for text in self.complaints if not re.search(pattern, text)]


@asynccontextmanager
async def running_chromium() -> AsyncIterator[Chromium]:
    """Give a browser; at the end no page may have complained."""
    path = executable()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        expect.set_options(timeout=PATIENCE_MS)
        try:
            chromium = Chromium(browser)
            yield chromium
            assert not chromium.complaints, "\n".join(dict.fromkeys(chromium.complaints))
        finally:
            await browser.close()


async def shoot(page: Page, name: str, *, whole: bool = False) -> None:
    """Put a picture of the page into ``test-results/``."""
    RESULTS.mkdir(exist_ok=True)
    await page.screenshot(path=RESULTS / f"{name}.png", full_page=whole, animations="disabled")


async def shoot_for_readme(page: Page, name: str) -> None:
    """Take a picture of the README anew, where that was asked for."""
    await shoot(page, f"readme-{name}")
    if os.environ.get("GIROTONDO_PICTURES") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
