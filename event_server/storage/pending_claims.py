"""Claims that somebody still has to confirm: a name found in the list, or a badge on a second device."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sqlalchemy import delete, insert, select, update

from event_server.storage.tables import pending_claims as pending
from event_server.storage.tokens import hashed, new_id, new_secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement

    from event_server.domain.messages import AttendeeId
    from event_server.storage.database import Database

PendingStatus: TypeAlias = Literal["waiting", "confirmed", "refused"]

PENDING_SECONDS: Final = 900.0
"""How long a device waits for somebody at the door."""

_columns = (pending.c.id, pending.c.event, pending.c.attendee, pending.c.asked_at, pending.c.status)


@dataclass(frozen=True, slots=True)
class PendingRow:
    """Somebody who says who they are, and nobody has confirmed it yet."""

    id: str
    event: str
    attendee: AttendeeId
    asked_at: float
    status: PendingStatus


class PendingClaimStore:
    """Pending claims of one event at a time."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    async def ask(self, event: str, attendee: AttendeeId) -> str:
        """Return the secret by which the asking device learns what became of its claim."""
        secret, now = new_secret(), self._now()
        row = {
            "id": new_id(),
            "event": event,
            "attendee": attendee,
            "secret_hash": hashed(secret),
            "status": "waiting",
            "asked_at": now,
            "expires_at": now + PENDING_SECONDS,
        }
        async with self._database.writing() as connection:
            await connection.execute(delete(pending).where(pending.c.expires_at <= now))
            await connection.execute(insert(pending).values(row))
        return secret

    async def list_pending(self, event: str, attendee: AttendeeId | None = None) -> list[PendingRow]:
        """Return who waits in ``event``, the longest first: all, or those who claim to be ``attendee``."""
        query = (
            select(*_columns)
            .where(self._alive(), pending.c.event == event, pending.c.status == "waiting")
            .order_by(pending.c.asked_at, pending.c.id)
        )
        if attendee is not None:
            query = query.where(pending.c.attendee == attendee)
        async with self._database.reading() as connection:
            return [PendingRow(*row) for row in await connection.execute(query)]

    async def confirm(self, event: str, claim: str) -> PendingRow | None:
        """Say that it is them; return the claim, or none if it waits no longer."""
        return await self._settle(event, claim, "confirmed")

    async def refuse(self, event: str, claim: str) -> PendingRow | None:
        """Say that it is not them; return the claim, or none if it waits no longer."""
        return await self._settle(event, claim, "refused")

    async def pending(self, secret: str) -> PendingRow | None:
        """Return what became of a device's claim, or none if it is unknown, redeemed or too old."""
        query = select(*_columns).where(self._alive(), pending.c.secret_hash == hashed(secret))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else PendingRow(*row)

    async def redeem(self, secret: str) -> PendingRow | None:
        """Return a confirmed claim and end it, so that it makes one login and no more; else none."""
        statement = (
            delete(pending)
            .where(self._alive(), pending.c.secret_hash == hashed(secret), pending.c.status == "confirmed")
            .returning(*_columns)
        )
        return await self._written(statement)

    def _alive(self) -> ColumnElement[bool]:
        return pending.c.expires_at > self._now()

    async def _settle(self, event: str, claim: str, status: PendingStatus) -> PendingRow | None:
        statement = (
            update(pending)
            .where(
                self._alive(),
                pending.c.event == event,
                pending.c.id == claim,
                pending.c.status == "waiting",
            )
            .values(status=status)
            .returning(*_columns)
        )
        return await self._written(statement)

    async def _written(self, statement: Any) -> PendingRow | None:
        async with self._database.writing() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else PendingRow(*row)
