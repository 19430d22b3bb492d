"""Sets up a demonstration evening: an event with example people on its list, doors open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.demo.guests import Ticket, manners
from event_server.demo.people import example_people
from event_server.domain.commands import AddAttendees, CreateEvent, OpenLobby, Request
from event_server.domain.messages import Rules, staff
from event_server.domain.private import ProfileRow
from event_server.domain.seating import PAIR
from event_server.storage.events import EventRow, EventStore
from event_server.storage.logins import LoginStore
from event_server.storage.tokens import new_attendee_id, new_id

if TYPE_CHECKING:
    from event_server.domain.commands import Command
    from event_server.runtime.clock import Clock
    from event_server.runtime.registry import Registry
    from event_server.storage.database import Database

SPARE_TABLES = 2
ROUNDS, TALK_SECONDS, CALL_SECONDS, FEEDBACK_SECONDS = 5, 240.0, 60.0, 60.0
REVEAL_SECONDS = 30.0
STARTS_AFTER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class DemoEvening:
    """A demonstration that is ready to run."""

    event: str
    tickets: list[Ticket]


def demo_rules(people: int, *, seats: int = PAIR, speed: float = 1.0, automatic: bool = False) -> Rules:
    """Return the rules of the demonstration; ``speed`` divides every duration, never the clock."""
    return Rules(
        rounds=ROUNDS,
        tables=people // seats + SPARE_TABLES,
        seats=seats,
        call_seconds=CALL_SECONDS / speed,
        talk_seconds=TALK_SECONDS / speed,
        feedback_seconds=FEEDBACK_SECONDS / speed,
        lead_seconds=2.0 / speed,
        reveal_seconds=REVEAL_SECONDS / speed,
        automatic=automatic,
    )


class DemoSeeder:
    """Makes demonstration evenings on a running server."""

    def __init__(self, database: Database, rooms: Registry, clock: Clock) -> None:
        self._events = EventStore(database)
        self._logins = LoginStore(database, clock.now)
        self._rooms = rooms
        self._clock = clock

    async def make(
        self, account: str, title: str, *, people: int = 40, rules: Rules | None = None, seed: int = 0
    ) -> DemoEvening:
        """Return a new evening of ``account`` in its lobby, with a login for each simulated guest."""
        row = EventRow(
            id=new_id(),
            title=title,
            place="Sala Esempio",
            starts_at=self._clock.now() + STARTS_AFTER_SECONDS,
            created_at=self._clock.now(),
        )
        await self._events.create(row, organizer=account)
        profiles = example_people(people, seed=seed)
        attendees = [new_attendee_id() for _ in profiles]
        commands: list[Command] = [
            CreateEvent(rules=rules or demo_rules(people)),
            AddAttendees(attendees=tuple(attendees)),
            OpenLobby(),
        ]
        rows = [ProfileRow(attendee=a, profile=p) for a, p in zip(attendees, profiles, strict=True)]
        room = await self._rooms.open(row.id)
        for number, command in enumerate(commands):
            request = Request(
                actor=staff(account),
                id=f"demo-{number}",
                command=command,
                expect=room.state.control_version,
            )
            await room.submit(request, rows if isinstance(command, AddAttendees) else ())
        return DemoEvening(event=row.id, tickets=await self._tickets(row.id, attendees, seed))

    async def _tickets(self, event: str, attendees: list[str], seed: int) -> list[Ticket]:
        return [
            Ticket(login=await self._logins.make("guest", attendee, event), manner=manner)
            for attendee, manner in zip(attendees, manners(len(attendees), seed=seed), strict=True)
        ]
