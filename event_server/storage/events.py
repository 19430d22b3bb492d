"""Events as they stand on the organizers' list; what happens in one is in its journal."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from event_server.domain.card import EventCard
from event_server.storage.attendees import CODE_ALPHABET, typed_code
from event_server.storage.tables import events, mappings, memberships

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select

    from event_server.storage.database import Database

_JOIN_CODE_LENGTH = 6
_mapping_type = dict[int, str]


def new_join_code() -> str:
    """Return a random code for the event's own QR: short enough to be typed, and throttled where it is."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(_JOIN_CODE_LENGTH))


def new_epoch() -> str:
    """Return a random epoch."""
    return secrets.token_hex(8)


class EventRow(EventCard, frozen=True, kw_only=True):
    """An event on the list; a new one gets an epoch and a join code of its own.

    Attributes:
        closed_at: When it was closed for good, POSIX seconds, or none.
    """

    epoch: str = msgspec.field(default_factory=new_epoch)
    join_code: str = msgspec.field(default_factory=new_join_code)
    created_at: float = 0.0
    closed_at: float | None = None


class EventStore:
    """The list of events, and the columns organizers chose for the lists they imported."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, row: EventRow, *, organizer: str) -> None:
        """Add an event, with the account ``organizer`` as its organizer."""
        async with self._database.writing() as connection:
            await connection.execute(insert(events).values(_values(row)))
            await connection.execute(
                insert(memberships).values(event=row.id, account=organizer, role="organizer")
            )

    async def get(self, event: str) -> EventRow | None:
        """Return the event with this id, or none."""
        return await self._one(select(events).where(events.c.id == event))

    async def by_join_code(self, code: str) -> EventRow | None:
        """Return the event that somebody means who typed ``code``, or none."""
        return await self._one(select(events).where(events.c.join_code == typed_code(code)))

    async def list_for(self, account: str) -> list[EventRow]:
        """Return the events in which ``account`` has a role, the newest first."""
        return await self._list(
            select(events)
            .join(memberships, memberships.c.event == events.c.id)
            .where(memberships.c.account == account)
        )

    async def all_events(self) -> list[EventRow]:
        """Return every event, the newest first."""
        return await self._list(select(events))

    async def update(self, row: EventRow) -> None:
        """Replace what an organizer may change: all but id, epoch, and when it was made and closed."""
        kept = {"id", "epoch", "created_at", "closed_at"}
        changes = {name: value for name, value in _values(row).items() if name not in kept}
        await self._change(row.id, changes)

    async def set_epoch(self, event: str) -> str:
        """Give the event a new epoch and return it: phones forget what they kept."""
        epoch = new_epoch()
        await self._change(event, {"epoch": epoch})
        return epoch

    async def close(self, event: str, at: float) -> None:
        """Note when the event was closed; the time after which things are forgotten runs from there."""
        await self._change(event, {"closed_at": at})

    async def remember_mapping(self, signature: str, mapping: Mapping[int, str]) -> None:
        """Remember the columns (index to field) of lists with this signature."""
        text = msgspec.json.encode(mapping).decode()
        async with self._database.writing() as connection:
            await connection.execute(delete(mappings).where(mappings.c.signature == signature))
            await connection.execute(insert(mappings).values(signature=signature, mapping=text))

    async def mapping_for(self, signature: str) -> dict[int, str] | None:
        """Return the columns remembered for lists with this signature, or none."""
        query = select(mappings.c.mapping).where(mappings.c.signature == signature)
        async with self._database.reading() as connection:
            text = await connection.scalar(query)
        return None if text is None else msgspec.json.decode(text, type=_mapping_type)

    async def _change(self, event: str, changes: Mapping[str, Any]) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(events).where(events.c.id == event).values(changes))

    async def _one(self, query: Select[Any]) -> EventRow | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _event(row)

    async def _list(self, query: Select[Any]) -> list[EventRow]:
        newest_first = query.order_by(events.c.created_at.desc(), events.c.id)
        async with self._database.reading() as connection:
            return [_event(row) for row in await connection.execute(newest_first)]


def _values(row: EventRow) -> dict[str, Any]:
    return {**msgspec.structs.asdict(row), "languages": " ".join(row.languages)}


def _event(row: Row[Any]) -> EventRow:
    values = dict(row._mapping)  # noqa: SLF001 - a public name with an underscore, so that columns may have any
    return EventRow(**{**values, "languages": tuple(values["languages"].split())})
