"""The guests of demonstrations on a running server: processes of their own that end with it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING

import msgspec
import structlog

if TYPE_CHECKING:
    from event_server.demo.seed import DemoEvening

log = structlog.get_logger(__name__)

MOST_CROWDS = 2
"""Demonstrations at a time; another one ends the oldest crowd."""


class Crowd:
    """Starts ``girotondo bots`` for each demonstration and ends it with the server."""

    def __init__(self) -> None:
        self._processes: list[asyncio.subprocess.Process] = []

    async def come(self, evening: DemoEvening, url: str) -> None:
        """Let the guests of ``evening`` come; ``url`` is the address of the event's phone socket."""
        self._processes = [process for process in self._processes if process.returncode is None]
        while len(self._processes) >= MOST_CROWDS:
            await _ended(self._processes.pop(0))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "event_server",
            "bots",
            "--tickets",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
        )
        # Known before anything is sent: whatever goes wrong with that, they go home with the server.
        self._processes.append(process)
        if process.stdin is None:
            raise OSError("the guests have no pipe")
        process.stdin.write(msgspec.json.encode({"url": url, "tickets": evening.tickets}))
        await process.stdin.drain()
        process.stdin.close()
        log.info("crowd_came", event_id=evening.event, guests=len(evening.tickets))

    async def close(self) -> None:
        """Send everybody home."""
        for process in self._processes:
            await _ended(process)
        self._processes = []


async def _ended(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
