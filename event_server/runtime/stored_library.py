"""Rooms' library over the tables."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from event_server.domain.results import meetings, mutual_pairs
from event_server.planning.teaching import lessons_taught
from event_server.runtime.library import Shelf, background_of
from event_server.storage.accounts import AccountStore
from event_server.storage.events import EventRow, EventStore
from event_server.storage.history import HistoryStore
from event_server.storage.lessons import LessonStore
from event_server.storage.people import PeopleStore
from event_server.storage.tags import TagStore
from event_server.tags.book import TagBook
from event_server.views.scene import Person

if TYPE_CHECKING:
    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import LiveEvent
    from event_server.runtime.clock import Clock
    from event_server.storage.database import Database


class StoredLibrary:
    """Reads what is not in the journal, and keeps the history of closed events."""

    def __init__(self, database: Database, clock: Clock, *, vacuum: bool = True) -> None:
        self._database = database
        self._clock = clock
        self._vacuum = vacuum
        self._events = EventStore(database)
        self._people = PeopleStore(database)
        self._accounts = AccountStore(database, clock.now)
        self._history = HistoryStore(database)
        self._lessons = LessonStore(database)
        self._tags = TagStore(database)

    async def shelf(self, event: str) -> Shelf:
        """Return everything of one event; see `Library`."""
        row = await self._event(event)
        members = await self._accounts.members(event)
        return Shelf(
            card=row,
            people=await self._read_people(event),
            notes=await self._people.notes(event),
            messages=await self._people.messages(event),
            accounts={account: name for account, (name, _) in members.items()},
            met_before=await self._history.met_before(event),
            lessons=await self._lessons.read(event, self._clock.now()),
            tags=TagBook(await self._tags.merges()),
            is_closed=row.closed_at is not None,
        )

    async def _read_people(self, event: str) -> dict[AttendeeId, Person]:
        rows = await self._people.people(event)
        return {attendee: Person(profile=row.profile, code=row.code) for attendee, row in rows.items()}

    async def erased(self, event: str) -> None:
        """Give the event a new epoch, so that phones drop what they kept, and rewrite the database."""
        await self._events.set_epoch(event)
        if self._vacuum:
            await self._database.vacuum()

    async def closed(self, state: LiveEvent) -> None:
        """Keep who met whom, and what answers taught, for later evenings; harmless to repeat."""
        row = await self._event(state.id)
        if row.closed_at is not None:
            return
        now = self._clock.now()
        await self._history.write_results(state.id, meetings(state), mutual_pairs(state), at=now)
        # A room of a thousand takes some ten milliseconds, and others their turn.
        taught = await asyncio.to_thread(lessons_taught, state, background_of(await self.shelf(state.id)))
        await self._lessons.write(state.id, taught, at=now)
        await self._events.close(state.id, now)

    async def _event(self, event: str) -> EventRow:
        row = await self._events.get(event)
        if row is None:
            raise KeyError(event)
        return row
