"""Reads the people of an event: profiles, badge codes, notes, texts of messages. The journal writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from event_server.storage.attendees import AttendeeRow, typed_code
from event_server.storage.encoding import profile_of
from event_server.storage.tables import attendees, messages, notes, people

if TYPE_CHECKING:
    from sqlalchemy import Row

    from event_server.domain.messages import AttendeeId
    from event_server.storage.database import Database
    from event_server.storage.journal import NoteKey

_on_the_list = select(
    attendees.c.attendee, people.c.profile, attendees.c.code, attendees.c.source_key
).join_from(attendees, people, attendees.c.person == people.c.id)


class PeopleStore:
    """Personal data of one event at a time. Whoever was erased is not in it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def people(self, event: str) -> dict[AttendeeId, AttendeeRow]:
        """Return everybody on the list of ``event``."""
        query = _on_the_list.where(attendees.c.event == event)
        async with self._database.reading() as connection:
            rows = [_attendee(row) for row in await connection.execute(query)]
        return {row.attendee: row for row in rows}

    async def by_code(self, event: str, code: str) -> AttendeeRow | None:
        """Return whose badge somebody means who typed ``code``, or none."""
        query = _on_the_list.where(attendees.c.event == event, attendees.c.code == typed_code(code))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _attendee(row)

    async def notes(self, event: str) -> dict[NoteKey, str]:
        """Return the private notes of ``event``: (author, about, round) -> text."""
        query = select(notes.c.author, notes.c.about, notes.c.round, notes.c.text).where(
            notes.c.event == event
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return {(author, about, number): text for author, about, number, text in rows}

    async def messages(self, event: str) -> dict[str, str]:
        """Return the texts of the messages to the room: id -> text."""
        query = select(messages.c.message, messages.c.text).where(messages.c.event == event)
        async with self._database.reading() as connection:
            return dict((await connection.execute(query)).all())


def _attendee(row: Row[str, str, str, str]) -> AttendeeRow:
    attendee, profile, code, source_key = row
    return AttendeeRow(attendee, profile_of(profile), code, source_key)
