"""Every journal behind the same port. Another database joins by one more branch of the fixture ``kept``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

from event_server.storage.database import Database
from event_server.storage.folder import DataFolder
from event_server.storage.journal import Journal, MemoryJournal
from event_server.storage.people import PeopleStore
from event_server.storage.sql_journal import SqlJournal
from event_server.storage.tags import TagStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from event_server.storage.attendees import AttendeeRow
    from event_server.storage.journal import NoteKey


class People(Protocol):
    """What can be read of the private rows."""

    async def people(self, event: str) -> dict[str, AttendeeRow]: ...
    async def notes(self, event: str) -> dict[NoteKey, str]: ...
    async def messages(self, event: str) -> dict[str, str]: ...


class Tags(Protocol):
    """What can be read of merged tags."""

    async def merges(self) -> dict[str, str]: ...


@dataclass
class Kept:
    """A journal, its private rows, and another process that writes to the same one."""

    journal: Journal
    people: People
    tags: Tags
    other_writer: Journal
    database: Database | None = None

    async def reopened(self) -> Journal:
        """Return the journal as a restarted process finds it."""
        if self.database is None:
            return self.journal
        await self.database.close()
        return SqlJournal(self.database)


@pytest.fixture(params=["memory", "sqlite"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Kept]:
    if request.param == "memory":
        journal = MemoryJournal()
        yield Kept(journal, journal, journal, journal)
        return
    database = await Database.open(DataFolder(tmp_path).database_url())
    try:
        await database.migrate()
        journals = SqlJournal(database), SqlJournal(database)
        yield Kept(journals[0], PeopleStore(database), TagStore(database), journals[1], database)
    finally:
        await database.close()
