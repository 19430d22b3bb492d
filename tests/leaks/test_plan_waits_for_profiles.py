"""A plan is never made of newcomers whose profiles are not read yet: it would look current and be wrong."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from live_server import hurry
from rooms import EVENT, Evening, InlineSolver, ManualClock, MemoryLibrary, opened_room

from event_server.domain.commands import AddAttendees, CreateEvent
from event_server.domain.messages import Rules
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile
from event_server.storage.journal import MemoryJournal

if TYPE_CHECKING:
    from event_server.runtime.library import Shelf

NAMES = ("Ada Prova", "Bo Esempio", "Cleo Finta", "Dario Prova")
READING_SECONDS = 0.1
SOON = 5.0


@dataclass
class SlowLibrary(MemoryLibrary):
    """Takes its time to read the people of an event, as a database under load does."""

    waits: float = field(default=0.0)

    async def shelf(self, event: str) -> Shelf:
        await asyncio.sleep(self.waits)
        return await super().shelf(event)


async def test_briefing_holds_every_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    journal, solver, clock = MemoryJournal(), InlineSolver(), ManualClock()
    library = SlowLibrary(journal)
    room = await opened_room(journal, library, clock, solver)
    evening = Evening(room, clock, journal)
    await evening.do(CreateEvent(rules=Rules(rounds=2, tables=2)))
    library.waits = READING_SECONDS
    people = {name.split()[0].lower(): Profile(name=name, organisation="Cooperativa Finta") for name in NAMES}
    rows = [ProfileRow(attendee=attendee, profile=profile) for attendee, profile in people.items()]
    try:
        await evening.do(AddAttendees(attendees=tuple(people)), private=rows)
        async with asyncio.timeout(SOON):
            while not solver.jobs or room.is_planning:
                await asyncio.sleep(0.01)
    finally:
        await room.stop()
    told = {person.organisation for job in solver.jobs for person in job.people}
    assert told == {"Cooperativa Finta"}
    assert EVENT in {job.event for job in solver.jobs}
