"""The writer of one connection: builds the newest view when the last one is out, and skips what is equal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import msgspec

from event_server.runtime.hub import ROOM_SECONDS, SEND_SECONDS, Connection, Viewer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.views.scene import View

LEAST_SECONDS: Mapping[str, float] = {"view": 0.0, "control": 0.25, "room": 1.0}
"""How long a section rests between two views."""

_encode = msgspec.json.Encoder().encode


class Gallery(Protocol):
    """What builds views.

    Attributes:
        turns: Taken while views are built, and given back one pass of the loop later.
    """

    turns: asyncio.Semaphore

    def views(self, viewer: Viewer) -> Mapping[str, View]:
        """Return the sections ``viewer`` may see now."""
        ...


async def write_views(connection: Connection, gallery: Gallery) -> None:
    """Send ``connection`` its views whenever they may have changed, until cancelled.

    Raises:
        TimeoutError: If the other end does not read.
    """
    periodic = ROOM_SECONDS if connection.viewer.kind == "organizer" else None
    while True:
        try:
            async with asyncio.timeout(periodic):
                await connection.dirty.wait()
        except TimeoutError:
            connection.dirty.set()
        connection.dirty.clear()
        rest = await _write_due(connection, gallery)
        if rest > 0:
            await asyncio.sleep(rest)
            connection.dirty.set()


async def _write_due(connection: Connection, gallery: Gallery) -> float:
    """Send the sections that changed and are due; return how long until the next one is due, 0 for none."""
    now = asyncio.get_running_loop().time()
    rest = 0.0
    async with gallery.turns:
        views = gallery.views(connection.viewer)
        # A round starts for all phones at once: others have their turn before the next of them are served.
        await asyncio.sleep(0)
    for section, view in views.items():
        payload = _encode(view)
        content = _without_now(payload)
        if content == connection.last_sent.get(section):
            continue
        wait = connection.sent_at.get(section, -1e9) + LEAST_SECONDS[section] - now
        if wait > 0:
            rest = wait if rest == 0 else min(rest, wait)
            continue
        async with asyncio.timeout(SEND_SECONDS):
            await connection.socket.send(payload)
        connection.last_sent[section] = content
        connection.sent_at[section] = now
    return rest


def _without_now(payload: bytes) -> bytes:
    """Return what of a view counts as news: all but the moment it was built."""
    head, _, rest = payload.partition(b'"now":')
    return head + rest.partition(b",")[2]
