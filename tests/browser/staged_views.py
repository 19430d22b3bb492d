"""The real pages showing views that the real domain made: every state of a screen without waiting for it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Page, Route, WebSocketRoute

VIEWS = Path(__file__).parents[1] / "fixtures" / "views"


def names(screen: str) -> list[str]:
    """Return the states of a screen: of "phone", "control" or "projector"."""
    return sorted(path.stem.removeprefix(f"{screen}-") for path in VIEWS.glob(f"{screen}-*.json"))


def view(screen: str, state: str) -> dict[str, Any]:
    """Return one view as the server would send it."""
    return json.loads((VIEWS / f"{screen}-{state}.json").read_bytes())


class StagedViews:
    """Puts views into the pages of one device. Page, scripts, styles and texts are those of the server.

    Args:
        page: The device.
        address: The page whose data blocks are replaced.
    """

    def __init__(self, page: Page, address: str) -> None:
        self._page = page
        self._address = address
        self._blocks: dict[str, dict[str, Any]] = {}

    async def begin(self) -> None:
        """Stand between the device and the server."""
        await self._page.route(self._address, self._fulfil)
        await self._page.route_web_socket(re.compile(r"/ws$"), self._speak)

    async def phone(self, state: str) -> None:
        """Show a state of a guest's phone."""
        await self._show({"live": {"view": view("phone", state)}})

    async def desk(self, state: str) -> None:
        """Show a state of the dashboard."""
        await self._show({"control": view("control", state), "room": view("room", state)})

    async def wall(self, state: str) -> None:
        """Show a state of the big screen."""
        await self._show({"view": view("projector", state)})

    async def _show(self, blocks: dict[str, dict[str, Any]]) -> None:
        self._blocks = blocks
        await self._page.goto(self._address)
        await self._page.locator("h1").first.wait_for(state="attached")

    async def _fulfil(self, route: Route) -> None:
        response = await route.fetch()
        body = await response.text()
        for name, block in self._blocks.items():
            body = _with_block(body, name, block)
        await route.fulfill(response=response, body=body)

    def _speak(self, socket: WebSocketRoute) -> None:
        def answer(message: str | bytes) -> None:
            if json.loads(message)["t"] == "hello":
                for block in self._blocks.values():
                    socket.send(json.dumps(block.get("view", block)))

        socket.on_message(answer)


def _with_block(body: str, name: str, block: dict[str, Any]) -> str:
    pattern = re.compile(rf'(<script type="application/json" id="{name}">)(.*?)(</script>)', re.DOTALL)
    found = pattern.search(body)
    assert found is not None, f"the page has no data block {name}"
    held = json.dumps({**json.loads(found[2]), **block}).replace("<", "\\u003c")
    return body[: found.start(2)] + held + body[found.end(2) :]
