"""Forgets by itself: journals of closed events after 30 days, profiles after 90, lessons once faded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import Table, delete, exists, select

from event_server.domain.lessons import FORGOTTEN_DAYS
from event_server.storage.tables import (
    attendees,
    claims,
    events,
    journal,
    lessons,
    links,
    logins,
    messages,
    notes,
    pending_claims,
    people,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from event_server.storage.database import Database

JOURNAL_DAYS: Final = 30
PROFILE_DAYS: Final = 90

_DAY = 86400.0
_WITH_THE_PROFILES: Final[tuple[Table, ...]] = (notes, messages, claims, pending_claims, logins, links)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many events lost what."""

    journals: int
    profiles: int


async def forget_old(
    database: Database,
    *,
    now: float,
    journal_days: float = JOURNAL_DAYS,
    profile_days: float = PROFILE_DAYS,
) -> Forgotten:
    """Delete what closed events no longer need; the rows of ``events`` stay.

    Who met whom goes with the profiles of those who met. Lessons of evenings go when they have faded. Vacuums
    when an event lost anything.
    """
    async with database.writing() as connection:
        journals = await _due(connection, journal, journal.c.event_id, now - journal_days * _DAY)
        await connection.execute(delete(journal).where(journal.c.event_id.in_(journals)))
        profiles = await _due(connection, attendees, attendees.c.event, now - profile_days * _DAY)
        gone = select(attendees.c.person).where(attendees.c.event.in_(profiles))
        await connection.execute(delete(people).where(people.c.id.in_(gone)))
        too_old = now - FORGOTTEN_DAYS * _DAY
        await connection.execute(delete(lessons).where(lessons.c.learned_at < too_old))
        for table in _WITH_THE_PROFILES:
            await connection.execute(delete(table).where(table.c.event.in_(profiles)))
    if journals or profiles:
        await database.vacuum()
    return Forgotten(journals=len(journals), profiles=len(profiles))


async def _due(
    connection: AsyncConnection, table: Table, event: ColumnElement[str], closed_before: float
) -> list[str]:
    """Return the events closed before that time of which ``table`` still holds something."""
    query = select(events.c.id).where(
        events.c.closed_at < closed_before, exists().where(event == events.c.id).select_from(table)
    )
    return list(await connection.scalars(query))
