"""A phone's way to the server, which a test can cut: pages, polls and the socket."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page, WebSocketRoute


@dataclass
class Wire:
    """The network of one device; an open socket falls with it, as it does when a phone leaves the Wi-Fi."""

    page: Page
    is_cut: bool = False
    sockets: list[WebSocketRoute] = field(default_factory=list)

    async def lay(self) -> None:
        """Stand between the device and the server; before its page is opened."""
        await self.page.route_web_socket(re.compile(r"/ws$"), self._connect)

    async def cut(self) -> None:
        """Take the network away."""
        self.is_cut = True
        await self.page.context.set_offline(True)
        for socket in self.sockets:
            await socket.close()
        self.sockets.clear()

    async def mend(self) -> None:
        """Give the network back."""
        self.is_cut = False
        await self.page.context.set_offline(False)

    async def _connect(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            await socket.close()
            return
        self.sockets.append(socket)
        socket.connect_to_server()
