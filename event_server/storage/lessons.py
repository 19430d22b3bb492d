"""What closed evenings taught about people who agreed, kept apart from their names.

How it works: a row stands under a fingerprint of the e-mail address by which an organizer's list finds a
person again. It holds two sums and two counts of one evening, so it may outlive the profile, which goes
after 90 days, and tells nobody's answers. It is read only while the person agrees, and is deleted when they
change their mind, when they are erased, and when it has faded.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, insert, select

from event_server.domain.lessons import Lesson, added, faded
from event_server.storage.database import in_batches
from event_server.storage.encoding import profile_of
from event_server.storage.tables import attendees, lessons, people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.ext.asyncio import AsyncConnection

    from event_server.domain.messages import AttendeeId
    from event_server.storage.database import Database


def person_key(email_key: str) -> str:
    """Return the fingerprint under which lessons about the owner of an address stand."""
    return hashlib.sha256(f"lesson:{email_key}".encode()).hexdigest()


class LessonStore:
    """Lessons of closed events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, event: str, taught: Mapping[AttendeeId, Lesson], *, at: float) -> None:
        """Keep what ``event`` taught, closed at ``at`` (POSIX seconds); harmless to repeat.

        Whoever does not agree, or cannot be found again, leaves no lesson.
        """
        async with self._database.writing() as connection:
            keys = await _keys(connection, event)
            await connection.execute(delete(lessons).where(lessons.c.event == event))
            rows = [
                {"event": event, "person_key": keys[attendee], "learned_at": at, **_values(lesson)}
                for attendee, lesson in taught.items()
                if attendee in keys and (lesson.given_count or lesson.received_count)
            ]
            if rows:
                await connection.execute(insert(lessons), rows)

    async def read(self, event: str, now: float) -> dict[AttendeeId, Lesson]:
        """Return what other events taught about those of ``event`` who agree, faded by age."""
        async with self._database.reading() as connection:
            keys = await _keys(connection, event)
            known: dict[str, list[Lesson]] = defaultdict(list)
            for some in in_batches(list(keys.values())):
                query = select(lessons).where(lessons.c.event != event, lessons.c.person_key.in_(some))
                for row in (await connection.execute(query)).mappings():
                    lesson = Lesson(**{name: row[name] for name in Lesson.__struct_fields__})
                    known[row["person_key"]].append(faded(lesson, now - row["learned_at"]))
        return {attendee: added(known[key]) for attendee, key in keys.items() if key in known}


async def forget_lessons(connection: AsyncConnection, email_key: str) -> None:
    """Delete all lessons about the owner of an address."""
    if email_key:
        await connection.execute(delete(lessons).where(lessons.c.person_key == person_key(email_key)))


async def _keys(connection: AsyncConnection, event: str) -> dict[AttendeeId, str]:
    """Return attendee -> fingerprint of those of ``event`` who agree and can be found again.

    Two attendees of one address are nobody: what they said cannot be told apart.
    """
    query = (
        select(attendees.c.attendee, people.c.email_key, people.c.profile)
        .join_from(attendees, people, attendees.c.person == people.c.id)
        .where(attendees.c.event == event, people.c.email_key != "")
    )
    rows = (await connection.execute(query)).all()
    owners: dict[str, list[AttendeeId]] = defaultdict(list)
    for attendee, email, profile in rows:
        owners[email].append(attendee if profile_of(profile).learning else "")
    return {who[0]: person_key(email) for email, who in owners.items() if len(who) == 1 and who[0]}


def _values(lesson: Lesson) -> dict[str, float]:
    values: dict[str, float] = msgspec.structs.asdict(lesson)
    return {name: round(value) if name.endswith("_count") else value for name, value in values.items()}
