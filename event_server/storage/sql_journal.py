"""The journal in the database: facts and private rows in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exc, func, insert, select, tuple_, update

from event_server.domain.facts import Entry
from event_server.storage.encoding import fact_of, fact_text
from event_server.storage.erasure import BLANKED_TYPES, blanked, erased_by
from event_server.storage.errors import Conflict, Repeated
from event_server.storage.journal import placed, recorded
from event_server.storage.private_rows import erase_person, write_private
from event_server.storage.tables import journal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from event_server.domain.messages import AttendeeId
    from event_server.domain.private import Private
    from event_server.storage.database import Database
    from event_server.storage.journal import Draft

PAGE = 2000
"""Rows decoded in one go, some 10 ms: others must not wait while the journal of a long evening is read."""

_last_version = func.coalesce(func.max(journal.c.version), 0)


class SqlJournal:
    """Keeps the promises of `Journal` on a database; the primary key is the lock between writers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(
        self,
        event: str,
        after: int,
        drafts: Sequence[Draft],
        *,
        at: float,
        private: Sequence[Private] = (),
    ) -> list[Entry]:
        """Record all of ``drafts`` and ``private`` durably, or nothing; see `Journal`."""
        try:
            async with self._database.writing() as connection:
                await _check_end(connection, event, after)
                if drafts:
                    await connection.execute(insert(journal), _rows(event, after, drafts, at=at))
                await write_private(connection, event, private)
                for attendee in erased_by(drafts, private):
                    await erase_person(connection, event, attendee)
                    await _blank(connection, event, attendee)
        except (Conflict, exc.IntegrityError) as conflict:
            if repeated := await self._repeated(event, drafts):
                raise Repeated(repeated) from None
            if isinstance(conflict, Conflict) or await self._moved(event, after):
                raise Conflict from None
            raise
        return recorded(after, drafts, at)

    async def read(self, event: str, after: int = 0) -> list[Entry]:
        """Return the entries with versions above ``after``, in order; see `Journal`."""
        entries: list[Entry] = []
        async with self._database.reading() as connection:
            while len(page := await _page(connection, event, after)) == PAGE:
                entries += page
                after = page[-1].version
        return entries + page

    async def _repeated(self, event: str, drafts: Sequence[Draft]) -> frozenset[tuple[str, str]]:
        """Return which requests among ``drafts`` already had their effect."""
        requests = sorted({(draft.actor, draft.command_id) for draft in drafts})
        query = select(journal.c.actor, journal.c.command_id).where(
            journal.c.event_id == event,
            journal.c.place == 0,
            tuple_(journal.c.actor, journal.c.command_id).in_(requests),
        )
        async with self._database.reading() as connection:
            return frozenset((actor, command) for actor, command in await connection.execute(query))

    async def _moved(self, event: str, after: int) -> bool:
        """Tell whether somebody has written, so that a broken key is theirs and not a fault of ours."""
        async with self._database.reading() as connection:
            query = select(_last_version).where(journal.c.event_id == event)
            return bool(await connection.scalar(query) != after)


async def _check_end(connection: AsyncConnection, event: str, after: int) -> None:
    """Raise `Conflict` unless the journal ends at ``after``: neither overwritten nor left with a gap."""
    last = await connection.scalar(select(_last_version).where(journal.c.event_id == event))
    if last != after:
        raise Conflict


async def _page(connection: AsyncConnection, event: str, after: int) -> list[Entry]:
    query = (
        select(journal.c.version, journal.c.at, journal.c.actor, journal.c.command_id, journal.c.fact)
        .where(journal.c.event_id == event, journal.c.version > after)
        .order_by(journal.c.version)
        .limit(PAGE)
    )
    return [
        Entry(
            version=version,
            at=at,
            actor=actor,
            command_id=command_id,
            fact=fact_of(fact, event, version),
        )
        for version, at, actor, command_id, fact in await connection.execute(query)
    ]


def _rows(event: str, after: int, drafts: Sequence[Draft], *, at: float) -> list[dict[str, Any]]:
    return [
        {
            "event_id": event,
            "version": version,
            "at": at,
            "actor": draft.actor,
            "command_id": draft.command_id,
            "place": place,
            "type": type(draft.fact).__name__,
            "fact": fact_text(draft.fact),
        }
        for version, (place, draft) in enumerate(placed(drafts), after + 1)
    ]


async def _blank(connection: AsyncConnection, event: str, attendee: AttendeeId) -> None:
    """Take out of the journal what was said by and about somebody; see `erasure`."""
    query = select(journal.c.version, journal.c.fact).where(
        journal.c.event_id == event, journal.c.type.in_(BLANKED_TYPES)
    )
    for version, text in (await connection.execute(query)).all():
        fact = fact_of(text, event, version)
        blank = blanked(fact, attendee)
        if blank is not fact:
            await connection.execute(
                update(journal)
                .where(journal.c.event_id == event, journal.c.version == version)
                .values(fact=fact_text(blank))
            )
