"""Plain WebSocket clients for tests of real servers: phones and dashboards that keep what they promise."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from dataclasses import dataclass, field
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

LIVE = 10.0
"""Seconds until a test gives up waiting for a message."""


@dataclass
class Client:
    """One socket with an outbox: a command stays until it is answered, whatever happens to the connection."""

    url: str
    login: str
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    raw: list[bytes] = field(default_factory=list)
    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)
    accepted: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    socket: ClientConnection | None = None
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    keeps_raw: bool = False
    _ids: Any = field(default_factory=itertools.count)
    _task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(OSError, ConnectionClosed, InvalidHandshake, TimeoutError):
                await self._connected()
            self.socket = None
            await asyncio.sleep(0.05)

    async def _connected(self) -> None:
        headers = {"Authorization": f"Bearer {self.login}"}
        async with connect(
            self.url, additional_headers=headers, open_timeout=LIVE, compression=None, max_size=2**22
        ) as socket:
            await socket.send(msgspec.json.encode({"t": "hello", "protocol": 1, "language": "it"}).decode())
            for sent in list(self.waiting.values()):
                await socket.send(msgspec.json.encode(sent).decode())
            self.socket = socket
            async for message in socket:
                await self._hear(message)

    async def _hear(self, message: str | bytes) -> None:
        raw = message.encode() if isinstance(message, str) else message
        if self.keeps_raw:
            self.raw.append(raw)
        said = msgspec.json.decode(raw)
        async with self.changed:
            if said["t"] in {"view", "control", "room"}:
                self.views[said["t"]] = said
            elif said["t"] == "accepted":
                self.accepted.append(self.waiting.pop(said["id"], said))
            elif said["t"] == "refused" and said["code"] != "not_stored":
                self.refused.append({**said, "sent": self.waiting.pop(said["id"], None)})
            self.changed.notify_all()

    async def say(self, command: dict[str, Any], *, expect: int | None = None, text: str = "") -> str:
        """Put a command into the outbox and send it if there is a line; return its id."""
        request = f"{self.login[:6]}-{next(self._ids)}"
        sent: dict[str, Any] = {"t": "command", "id": request, "command": command}
        if expect is not None:
            sent["expect"] = expect
        if text:
            sent["text"] = text
        self.waiting[request] = sent
        if self.socket is not None:
            with contextlib.suppress(ConnectionClosed):
                await self.socket.send(msgspec.json.encode(sent).decode())
        return request

    async def until(self, condition: Any, seconds: float = LIVE) -> None:
        """Wait until ``condition()`` holds after some message."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(condition)

    async def do(self, command: dict[str, Any], *, text: str = "") -> None:
        """Say a command and wait until it is accepted, with the newest control version for steering.

        Raises:
            AssertionError: If it is refused.
        """
        control = self.views.get("control")
        request = await self.say(command, expect=control["expect"] if control else None, text=text)
        await self.until(lambda: request not in self.waiting)
        denied = [said for said in self.refused if said["id"] == request]
        assert not denied, denied

    @property
    def view(self) -> dict[str, Any]:
        return self.views.get("view", {})

    @property
    def control(self) -> dict[str, Any]:
        return self.views.get("control", {})


async def all_in(desk: Client, phones: list[Client], seconds: float) -> None:
    """Connect everybody, check the guests in, and wait until a plan counts them all."""
    for client in (desk, *phones):
        await client.start()
        await client.until(lambda client=client: bool(client.views), seconds)
    for phone in phones:
        await phone.do({"type": "CheckIn"})
    await desk.until(lambda: desk.control.get("plan", {}).get("current", False), seconds)
