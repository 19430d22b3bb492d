"""The real server on loopback in the test's own loop, with a clock to turn and a solver at hand."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from builders import NOW
from rooms import InlineSolver, ManualClock
from sockets import LIVE, Client
from uvicorn import Server

from event_server.runtime import actor, planner, writer
from event_server.settings import Settings
from event_server.storage.folder import DataFolder
from event_server.web.app import create_app
from event_server.web.server import open_services, uvicorn_config

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from event_server.runtime.room import Room
    from event_server.runtime.solver import Solver
    from event_server.web.services import Services

LOOPBACK = "127.0.0.1"
SOON = 10.0
NAP = 0.001
CALM_LOOKS = 2
"""How often in a row nothing must move until it is taken to be still."""


@dataclass(slots=True)
class LiveServer:
    """A server that answers on a port of its own."""

    services: Services
    clock: ManualClock
    port: int
    clients: list[Client] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def client(self, path: str, login: str) -> Client:
        """Return a socket client at ``path`` that keeps every byte; it is stopped with the server."""
        client = Client(f"ws://{LOOPBACK}:{self.port}{path}", login, keeps_raw=True)
        self.clients.append(client)
        return client

    async def turn(self, seconds: float) -> None:
        """Let time pass; dashboards look again, as they do by themselves every few seconds."""
        self.clock.at += seconds
        for room in self.services.rooms.opened():
            room.hub.wake_staff()

    async def settle(self, event: str) -> None:
        """Wait until nothing moves: the plan is made, every view is out, and everybody has read theirs."""
        room = await self.services.rooms.open(event)
        still = 0
        async with asyncio.timeout(SOON):
            while still < CALM_LOOKS:
                before = self._read()
                await self._heard_all()
                calm = is_planned(room) and not any(c.dirty.is_set() for c in room.hub.connections)
                still = still + 1 if calm and before == self._read() else 0
                await asyncio.sleep(NAP)

    def _read(self) -> list[int]:
        return [len(client.raw) for client in self.clients]

    async def _heard_all(self) -> None:
        """Wait for a pong on every socket: what was sent before it has arrived."""
        for client in self.clients:
            if client.socket is not None:
                async with asyncio.timeout(LIVE):
                    await (await client.socket.ping())


def is_planned(room: Room) -> bool:
    """Tell whether the planner owes this evening nothing."""
    is_owed = room.planning.is_owed() and room.planning.briefing() is not None
    return not room.is_planning and not is_owed


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the rests between two looks, which would make a test wait or its bytes depend on chance."""
    monkeypatch.setattr(writer, "LEAST_SECONDS", {"view": 0.0, "control": 0.0, "room": 0.0})
    monkeypatch.setattr(planner, "QUIET_SECONDS", 0.01)
    # What polishing finds, and when, is up to the machine.
    monkeypatch.setattr(planner, "CALM_SECONDS", 3600.0)
    monkeypatch.setattr(actor, "LONGEST_NAP", 0.02)


@asynccontextmanager
async def live_server(
    folder: Path, *, solver: Solver | None = None, **settings: Any
) -> AsyncIterator[LiveServer]:
    """Give a server over ``folder`` on a free port; sockets are closed and everything ended at the end."""
    clock = ManualClock(NOW)
    made = Settings(data=folder, vacuum=False, stop_seconds=1, **settings)
    data = DataFolder(folder)
    async with open_services(made, data, clock=clock, solver=solver or InlineSolver()) as services:
        config = uvicorn_config(create_app(services), made)
        config.host, config.port = LOOPBACK, 0
        server = Server(config)
        # Signals are the test runner's.
        serving = asyncio.create_task(server._serve())
        live = None
        try:
            async with asyncio.timeout(SOON):
                while not server.started:
                    await asyncio.sleep(NAP)
            live = LiveServer(services, clock, server.servers[0].sockets[0].getsockname()[1])
            yield live
        finally:
            for client in live.clients if live else ():
                await client.stop()
            server.should_exit = True
            async with asyncio.timeout(SOON):
                await serving
