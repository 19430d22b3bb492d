"""Writes the personal data that travels with facts, in their transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, update

from event_server.domain.private import (
    ErasureRow,
    MessageRow,
    NoteRow,
    Private,
    ProfileRow,
    TagMergeRow,
)
from event_server.storage.attendees import new_code
from event_server.storage.database import in_batches
from event_server.storage.encoding import email_key, profile_of, profile_text
from event_server.storage.lessons import forget_lessons
from event_server.storage.tables import (
    attendees,
    claims,
    links,
    logins,
    messages,
    notes,
    pending_claims,
    people,
    tag_merges,
)
from event_server.storage.tokens import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from event_server.domain.messages import AttendeeId

GUEST = "guest"
"""Kind of login whose subject is an attendee."""


async def write_private(connection: AsyncConnection, event: str, rows: Sequence[Private]) -> None:
    """Write ``rows`` in their order; an `ErasureRow` is left to `erase_person`, after all others."""
    profiles = [row for row in rows if isinstance(row, ProfileRow)]
    if profiles:
        await _write_profiles(connection, event, profiles)
    for row in rows:
        match row:
            case NoteRow():
                await _write_note(connection, event, row)
            case MessageRow(message=message, text=text):
                key = {"event": event, "message": message}
                await connection.execute(delete(messages).filter_by(**key))
                await connection.execute(insert(messages).values(text=text, **key))
            case TagMergeRow():
                await _write_merge(connection, row)
            case ProfileRow() | ErasureRow():
                pass


async def _write_profiles(connection: AsyncConnection, event: str, rows: Iterable[ProfileRow]) -> None:
    newest = {row.attendee: row for row in rows}
    known = await _known(connection, event, list(newest))
    for attendee, person in known.items():
        await _replace_profile(connection, event, person, newest.pop(attendee))
    if not newest:
        return
    taken = set(await connection.scalars(select(attendees.c.code).where(attendees.c.event == event)))
    new_people: list[dict[str, Any]] = []
    new_attendees: list[dict[str, Any]] = []
    for row in newest.values():
        person, code = new_id(), new_code(taken)
        taken.add(code)
        new_people.append({"id": person, "email_key": email_key(row), "profile": profile_text(row.profile)})
        new_attendees.append(
            {
                "event": event,
                "attendee": row.attendee,
                "person": person,
                "code": code,
                "source_key": row.source_key,
            }
        )
    await connection.execute(insert(people), new_people)
    await connection.execute(insert(attendees), new_attendees)


async def _known(connection: AsyncConnection, event: str, ids: Sequence[AttendeeId]) -> dict[AttendeeId, str]:
    """Return attendee -> person for those of ``ids`` that are on the list."""
    found: dict[AttendeeId, str] = {}
    for some in in_batches(ids):
        query = select(attendees.c.attendee, attendees.c.person).where(
            attendees.c.event == event, attendees.c.attendee.in_(some)
        )
        found.update((attendee, person) for attendee, person in await connection.execute(query))
    return found


async def _replace_profile(connection: AsyncConnection, event: str, person: str, row: ProfileRow) -> None:
    changes = {"profile": profile_text(row.profile)}
    email, before = (
        await connection.execute(select(people.c.email_key, people.c.profile).where(people.c.id == person))
    ).one()
    if profile_of(before).learning and not row.profile.learning:
        await forget_lessons(connection, email)
    if row.source_key:
        # The list is the one that may say who this is; people who edit their own profile carry no key.
        changes["email_key"] = email_key(row)
        await connection.execute(
            update(attendees)
            .where(attendees.c.event == event, attendees.c.attendee == row.attendee)
            .values(source_key=row.source_key)
        )
    await connection.execute(update(people).where(people.c.id == person).values(changes))


async def _write_note(connection: AsyncConnection, event: str, row: NoteRow) -> None:
    key = {"event": event, "author": row.author, "about": row.about, "round": row.round}
    await connection.execute(delete(notes).filter_by(**key))
    if row.text:
        await connection.execute(insert(notes).values(text=row.text, **key))


async def _write_merge(connection: AsyncConnection, row: TagMergeRow) -> None:
    await connection.execute(delete(tag_merges).filter_by(alias=row.alias))
    if row.target:
        await connection.execute(insert(tag_merges).values(alias=row.alias, target=row.target))


async def erase_person(connection: AsyncConnection, event: str, attendee: AttendeeId) -> None:
    """Delete everything kept about somebody: profile, history, lessons, notes by and about them, logins."""
    person = select(attendees.c.person).where(attendees.c.event == event, attendees.c.attendee == attendee)
    email = await connection.scalar(select(people.c.email_key).where(people.c.id == person.scalar_subquery()))
    await forget_lessons(connection, email or "")
    # Badge code and history hang on the person and go with it.
    await connection.execute(delete(people).where(people.c.id == person.scalar_subquery()))
    await connection.execute(
        delete(notes).where(
            notes.c.event == event, or_(notes.c.author == attendee, notes.c.about == attendee)
        )
    )
    for table in (claims, pending_claims):
        await connection.execute(delete(table).where(table.c.event == event, table.c.attendee == attendee))
    for table in (logins, links):
        await connection.execute(delete(table).where(table.c.event == event, table.c.subject == attendee))
