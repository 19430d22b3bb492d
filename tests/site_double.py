"""The real server over a temporary folder, and browsers that visit it, for tests of pages."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
from builders import NOW
from rooms import IdleSolver, ManualClock

from event_server.domain.commands import AddAttendees, CreateEvent, OpenLobby, Request
from event_server.domain.messages import Rules, staff
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile
from event_server.settings import Settings
from event_server.storage.events import EventRow
from event_server.storage.folder import DataFolder
from event_server.web.app import create_app
from event_server.web.passwords import hash_password
from event_server.web.server import open_services

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.applications import Starlette

    from event_server.domain.commands import Command
    from event_server.runtime.solver import Solver
    from event_server.storage.accounts import AccountRow, StaffRole
    from event_server.web.services import Services

ORIGIN = "http://localhost:8080"
PASSWORD = "una frase lunga e mia"


@dataclass(slots=True)
class Site:
    """A running server without a network."""

    app: Starlette
    services: Services
    clock: ManualClock

    def browser(self, origin: str | None = ORIGIN, **headers: str) -> httpx.AsyncClient:
        """Return a browser with its own cookies, whose requests come from our own pages."""
        sent = {"accept": "text/html", "accept-language": "en", **headers}
        if origin is not None:
            sent["origin"] = origin
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=sent)

    async def account(self, name: str = "Fay Bozza", password: str = "") -> AccountRow:
        """Return a new account; with a password it can sign in by the form."""
        stored = await hash_password(password) if password else ""
        email = f"{name.partition(' ')[0].lower()}@example.org"
        return await self.services.accounts.create(name, email, stored)

    async def event(self, *names: str, account: AccountRow | None = None, **rules: Any) -> EventRow:
        """Return a new event with open doors and people of these names, whose ids are p1, p2 …"""
        account = account or await self.account(f"Org{self.clock.at:.0f} Bozza")
        self.clock.at += 1
        row = EventRow(id=f"event{self.clock.at:.0f}", title="Serata <Prova>", place="Sala B", starts_at=NOW)
        await self.services.events.create(row, organizer=account.id)
        people = {f"p{number}": Profile(name=name) for number, name in enumerate(names, 1)}
        await self.submit(row, account, CreateEvent(rules=Rules(**{"rounds": 3, "tables": 4, **rules})))
        await self.submit(row, account, AddAttendees(attendees=tuple(people)), people)
        await self.submit(row, account, OpenLobby())
        return row

    async def submit(
        self, row: EventRow, account: AccountRow, command: Command, people: dict[str, Profile] | None = None
    ) -> None:
        """Have a command of the organizer's accepted."""
        room = await self.services.rooms.open(row.id)
        await room.submit(
            Request(
                actor=staff(account.id),
                id=f"{type(command).__name__}-{self.clock.at}",
                command=command,
                expect=room.state.control_version,
            ),
            [ProfileRow(attendee=a, profile=p) for a, p in (people or {}).items()],
        )

    async def badge(self, row: EventRow, attendee: str) -> str:
        """Return the token on somebody's badge."""
        tokens = await self.services.claims.badge_tokens(row.id, [attendee], self.services.secret)
        return tokens[attendee]

    async def guest(self, row: EventRow, attendee: str) -> httpx.AsyncClient:
        """Return a browser that is signed in as an attendee."""
        return self.with_login(await self.services.logins.make("guest", attendee, row.id))

    async def staff(
        self, account: AccountRow, row: EventRow | None = None, role: StaffRole | None = None
    ) -> httpx.AsyncClient:
        """Return a browser that is signed in as an account, with a role at an event."""
        if row is not None and role is not None:
            await self.services.accounts.grant(account.id, row.id, role)
        return self.with_login(await self.services.logins.make("staff", account.id))

    def with_login(self, secret: str) -> httpx.AsyncClient:
        """Return a browser that holds a login."""
        browser = self.browser()
        browser.cookies.set("girotondo", secret, domain="localhost.local")
        return browser


@asynccontextmanager
async def open_site(folder: Path, *, solver: Solver | None = None, **settings: Any) -> AsyncIterator[Site]:
    """Give a server over ``folder``; without a solver nothing is planned."""
    clock = ManualClock(NOW)
    made = Settings(data=folder, vacuum=False, **settings)
    async with open_services(
        made, DataFolder(folder), clock=clock, solver=solver or IdleSolver()
    ) as services:
        yield Site(create_app(services), services, clock)


def hidden(page: httpx.Response, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, f"no field {name}"
    return found[1]
