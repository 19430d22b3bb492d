"""Simulated guests: real WebSocket clients that behave like people at an evening."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Literal, cast

import msgspec
import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

log = structlog.get_logger(__name__)

Manner = Literal["ordinary", "late", "silent", "offline", "leaver"]

FIRST_TRY_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 15.0
STEP_SECONDS = 0.05
"""How often a guest looks at what they see, at least; nobody reacts faster."""

OVER = 4001
"""From this close code on there is no use in trying again."""

_encode = msgspec.json.encode
_decode = msgspec.json.decode


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a simulated guest needs: their login, and how they behave."""

    login: str
    manner: Manner = "ordinary"


@dataclass(slots=True)
class Tally:
    """What one guest sent and had accepted."""

    sent: int = 0
    accepted: int = 0
    refused: int = 0
    connects: int = 0
    views: int = 0


@dataclass(slots=True)
class _Outbox:
    """Commands not yet acknowledged, by what they are about: a newer one replaces an older."""

    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, key: str, command: dict[str, Any]) -> None:
        self.waiting[key] = {"t": "command", "id": secrets.token_hex(8), "command": command}

    def drop(self, request_id: str) -> None:
        self.waiting = {key: sent for key, sent in self.waiting.items() if sent["id"] != request_id}


class Guest:
    """One simulated guest. ``speed`` divides how long they take, never the clock."""

    def __init__(self, url: str, ticket: Ticket, *, speed: float = 1.0, seed: int = 0) -> None:
        self.tally = Tally()
        self._url = url
        self._ticket = ticket
        self._speed = speed
        self._chance = random.Random(seed)  # noqa: S311 - people, not secrets
        self._outbox = _Outbox()
        self._view: dict[str, Any] = {}
        self._skew = 0.0
        self._done: set[str] = set()
        self._offline_until = 0.0

    async def run(self) -> None:
        """Take part until the evening is over, reconnecting like a phone does."""
        await self._come()
        pause = FIRST_TRY_SECONDS / self._speed
        while self._view.get("phase") != "closed":
            away = self._offline_until - time.monotonic()
            if away > 0:
                await asyncio.sleep(away)
            try:
                await self._connected()
                pause = FIRST_TRY_SECONDS / self._speed
            except ConnectionClosed as closed:
                if closed.rcvd is not None and OVER <= closed.rcvd.code < OVER + 9:
                    return
            except (OSError, InvalidStatus, TimeoutError):
                log.debug("guest_reconnects")
            await asyncio.sleep(self._chance.uniform(0, pause))
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _come(self) -> None:
        late = self._ticket.manner == "late"
        await self._take(150 if late else self._chance.uniform(0, 20))

    async def _take(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)

    async def _connected(self) -> None:
        headers = {"Authorization": f"Bearer {self._ticket.login}"}
        async with connect(
            self._url, additional_headers=headers, open_timeout=20, max_size=2**20, compression=None
        ) as socket:
            self.tally.connects += 1
            await socket.send(_encode({"t": "hello", "protocol": 1, "language": "it"}).decode())
            for sent in self._outbox.waiting.values():
                await self._send(socket, sent)
            await self._listen(socket)

    async def _listen(self, socket: ClientConnection) -> None:
        while True:
            try:
                async with asyncio.timeout(STEP_SECONDS + self._chance.uniform(0, 2) / self._speed):
                    message = _decode(await socket.recv())
                self._hear(message)
            except TimeoutError:
                pass
            if self._view.get("phase") == "closed":
                return
            if self._goes_offline():
                await socket.close()
                return
            await self._act(socket)

    def _hear(self, message: dict[str, Any]) -> None:
        match message["t"]:
            case "view":
                self.tally.views += 1
                self._view = message
                self._skew = message["now"] / 1000 - time.time()
            case "accepted":
                self.tally.accepted += 1
                self._outbox.drop(message["id"])
            case "refused" if message["code"] != "not_stored":
                self.tally.refused += 1
                self._outbox.drop(message["id"])
            case _:
                pass

    def _goes_offline(self) -> bool:
        """Tell whether the phone loses the network now: in the second talk, for about two minutes."""
        in_second_talk = self._view.get("phase") == "talk" and self._view.get("round") == 2  # noqa: PLR2004
        if self._ticket.manner != "offline" or not in_second_talk or "offline" in self._done:
            return False
        self._done.add("offline")
        self._offline_until = time.monotonic() + 120 / self._speed
        return True

    async def _act(self, socket: ClientConnection) -> None:
        for key, command in self._wishes():
            if key not in self._done:
                self._done.add(key)
                self._outbox.put(key, command)
                await self._send(socket, self._outbox.waiting[key])

    async def _send(self, socket: ClientConnection, sent: dict[str, Any]) -> None:
        self.tally.sent += 1
        await socket.send(_encode(sent).decode())

    def _wishes(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what the guest wants to do now, each with a key that is done once."""
        view = self._view
        if not view:
            return []
        phase, number = view["phase"], view.get("round", 0)
        if view["me"]["status"] == "registered" and phase not in {"draft", "wrap_up"}:
            return [("here", {"type": "CheckIn"})]
        if self._ticket.manner == "leaver" and phase == "feedback" and number == 3:  # noqa: PLR2004
            return [("leave", {"type": "Leave"})]
        if phase in {"call", "talk"} and "table" in view and not view["table"].get("arrived"):
            return [(f"arrive-{number}", {"type": "ArriveAtTable", "round": number})]
        if phase in {"feedback", "break", "wrap_up"} and self._ticket.manner != "silent":
            return [self._answer(met) for met in view.get("met", ())]
        return []

    def _answer(self, met: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        key = f"answer-{met['round']}-{met['id']}"
        if key in self._done:
            return key, {}
        return key, {
            "type": "GiveAnswer",
            "round": met["round"],
            "about": met["id"],
            "again": self._chance.choices(("yes", "maybe", "no"), (5, 3, 2))[0],
            "rating": self._chance.randint(2, 5),
            "heard": self._chance.randint(2, 5),
        }


def manners(count: int, *, seed: int = 0) -> list[Manner]:
    """Return how ``count`` guests behave: some late, silent or offline for a while, one who leaves."""
    few = max(1, count // 12)
    share: list[Manner] = []
    if count >= 8:  # noqa: PLR2004 - fewer are all needed
        for manner, times in (("leaver", 1), ("late", few), ("silent", few), ("offline", few)):
            share += cast("list[Manner]", [manner] * times)
    everyone = share + cast("list[Manner]", ["ordinary"] * (count - len(share)))
    random.Random(seed).shuffle(everyone)  # noqa: S311
    return everyone


async def run_guests(url: str, tickets: list[Ticket], *, speed: float = 1.0, seed: int = 0) -> list[Tally]:
    """Let all guests take part until the evening is over.

    Args:
        url: WebSocket address of the event's phones.
        tickets: One for each guest.
        speed: Divides how long guests take.
        seed: Makes what they say repeatable.
    """
    guests = [Guest(url, ticket, speed=speed, seed=seed * 10_007 + i) for i, ticket in enumerate(tickets)]
    async with asyncio.TaskGroup() as group:
        for guest in guests:
            group.create_task(guest.run())
    return [guest.tally for guest in guests]
