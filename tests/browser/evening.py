"""A real evening for browsers: the server in its own process, an organizer and other guests as sockets."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sockets import Client

from event_server.demo.stage import LOOPBACK, ServerProcess, Stage, free_port, set_stage
from event_server.domain.live_event import replay
from event_server.domain.messages import Rules
from event_server.storage.accounts import AccountStore
from event_server.storage.claims import ClaimStore
from event_server.storage.database import Database
from event_server.storage.events import EventStore
from event_server.storage.folder import DataFolder
from event_server.storage.logins import LoginStore
from event_server.storage.sql_journal import SqlJournal
from event_server.web.pages.projector_link import projector_token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from browser.chromium import Chromium

TITLE = "Aperitivo degli incontri"
PLAN_SECONDS = 30.0


def calm_rules(**changes: Any) -> Rules:
    """Return rules under which no phase ends before a slow machine has looked at it."""
    given = {"rounds": 4, "tables": 8, "call_seconds": 90, "talk_seconds": 240, "feedback_seconds": 120}
    return Rules(**{**given, "lead_seconds": 1, "reveal_seconds": 600, **changes})


@dataclass(frozen=True)
class Links:
    """Where people come in.

    Attributes:
        badges: Personal links, in the order of the list.
        projector: Of the big screen.
        join: Behind the event's own code.
        colleague: Login of a second organizer, Elio Bozza.
    """

    badges: list[str]
    projector: str
    join: str
    colleague: str


@dataclass
class Evening:
    """An evening with its doors open.

    Attributes:
        guests: Sockets of those who came, in the order of coming; who is in a browser has none.
    """

    base: str
    stage: Stage
    links: Links
    organizer: Client
    guests: list[Client] = field(default_factory=list)

    @property
    def phone(self) -> str:
        return f"{self.base}/e/{self.stage.evening.event}"

    @property
    def enter(self) -> str:
        """The organizer's link; it works once."""
        return f"{self.base}/enter#{self.stage.link}"

    def cookie(self, login: str) -> dict[str, Any]:
        """Return the cookie of a browser that is signed in."""
        return {"name": "girotondo", "value": login, "url": self.base}

    async def come(self, *places: int) -> None:
        """Let other guests come in and say that they are here."""
        logins = self.stage.evening.tickets
        for place in places:
            client = Client(f"ws{self.phone.removeprefix('http')}/ws", logins[place].login)
            self.guests.append(client)
            await client.start()
            await client.until(lambda client=client: client.view)
            await client.do({"type": "CheckIn"})

    async def planned(self) -> None:
        """Wait for a plan of who is here now."""
        await self.organizer.until(
            lambda: self.organizer.control.get("plan", {}).get("current"), PLAN_SECONDS
        )

    async def present(self, count: int) -> None:
        """Wait until so many are here."""
        await self.organizer.until(lambda: self.organizer.control["counts"]["present"] == count)

    async def steer(self, command: str, **values: Any) -> None:
        """Let the organizer press a button, and see what it did."""
        seen = self.organizer.control["expect"]
        await self.organizer.do({"type": command, **values})
        await self.organizer.until(lambda: self.organizer.control["expect"] > seen)

    async def answered(self, count: int) -> None:
        """Wait until so many have answered about everybody they met."""
        await self.organizer.until(lambda: self.answers_done == count)

    @property
    def answers_done(self) -> int:
        return self.organizer.control.get("answers", {}).get("done", 0)

    async def call(self) -> None:
        """Call the next round as soon as it is planned."""
        await self.planned()
        await self.steer("CallToTables")

    async def play(self) -> None:
        """Let a whole round pass."""
        await self.call()
        await self.steer("StartRound")
        await self.steer("EndRound")

    async def all_say(self, again: str) -> None:
        """Let every simulated guest answer the same about everybody they have met."""
        for guest in self.guests:
            for met in guest.view.get("met", ()):
                await guest.do(
                    {
                        "type": "GiveAnswer",
                        "round": met["round"],
                        "about": met["id"],
                        "again": again,
                        "rating": 5,
                    }
                )


@asynccontextmanager
async def running_evening(
    folder: Path, chromium: Chromium, *, people: int, rules: Rules | None = None
) -> AsyncIterator[Evening]:
    """Give an evening of ``people`` on a real server; devices are put away before it ends."""
    stage = await set_stage(folder, TITLE, people=people, rules=rules or calm_rules())
    port = free_port()
    base = f"http://{LOOPBACK}:{port}"
    links = await _links(folder, stage, base)
    server = ServerProcess(folder, port)
    await server.start()
    organizer = Client(f"ws://{LOOPBACK}:{port}/e/{stage.evening.event}/control/ws", stage.organizer)
    evening = Evening(base, stage, links, organizer)
    try:
        await organizer.start()
        await organizer.until(lambda: organizer.control)
        yield evening
    finally:
        await chromium.shut_all()
        for client in (organizer, *evening.guests):
            await client.stop()
        await server.stop()


async def _links(folder: Path, stage: Stage, base: str) -> Links:
    """Make the ways in; the server must not run yet."""
    data, event = DataFolder(folder), stage.evening.event
    database = await Database.open(data.database_url())
    try:
        row = await EventStore(database).get(event)
        assert row is not None
        roster = list(replay(event, await SqlJournal(database).read(event)).roster)
        tokens = await ClaimStore(database).badge_tokens(event, roster, data.secret())
        accounts = AccountStore(database)
        colleague = await accounts.create("Elio Bozza", "elio@esempio.invalid")
        await accounts.grant(colleague.id, event, "organizer")
        login = await LoginStore(database).make("staff", colleague.id)
    finally:
        await database.close()
    return Links(
        badges=[f"{base}/b#{tokens[attendee]}" for attendee in roster],
        projector=f"{base}/p#{projector_token(data.secret(), event)}",
        join=f"{base}/j/{row.join_code}",
        colleague=login,
    )


@asynccontextmanager
async def first_start(folder: Path, chromium: Chromium) -> AsyncIterator[str]:
    """Start a server that nobody owns yet, as ``make run`` does; give the link that it prints."""
    environment = {**os.environ, "GIROTONDO_DATA": str(folder), "GIROTONDO_LOG_LEVEL": "warning"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "event_server", "serve", "--port", str(free_port())),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PLAN_SECONDS):
            line = ""
            while not line.startswith("Organizer's link"):
                line = (await process.stdout.readline()).decode()
        yield line.split()[-1]
    finally:
        await chromium.shut_all()
        process.terminate()
        async with asyncio.timeout(PLAN_SECONDS):
            await process.wait()
