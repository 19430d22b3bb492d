"""Logins: which cookie or token is whom. Kept as hashes, so that a copy of the database opens nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sqlalchemy import delete, insert, select

from event_server.storage.tables import logins
from event_server.storage.tokens import hashed, new_secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from event_server.storage.database import Database

LoginKind: TypeAlias = Literal["guest", "staff", "projector", "door"]

LOGIN_SECONDS: Final = 30 * 86400.0
"""How long a login lasts: a guest comes back to their contacts weeks after the evening."""


@dataclass(frozen=True, slots=True)
class LoginRow:
    """Somebody's device.

    Attributes:
        id: Hash of the secret; names the login in memory and in logs.
        subject: An attendee (guest), an account (staff), or an event (projector, door).
        event: The event it is good for; empty for staff, whose roles are asked for each event.
    """

    id: str
    kind: LoginKind
    subject: str
    event: str
    made_at: float
    expires_at: float


class LoginStore:
    """Logins by their secrets."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    async def make(
        self, kind: LoginKind, subject: str, event: str = "", *, ttl: float = LOGIN_SECONDS
    ) -> str:
        """Return the secret of a new login that lasts ``ttl`` seconds."""
        secret, now = new_secret(), self._now()
        row = {
            "secret_hash": hashed(secret),
            "kind": kind,
            "subject": subject,
            "event": event,
            "made_at": now,
            "expires_at": now + ttl,
        }
        async with self._database.writing() as connection:
            await connection.execute(delete(logins).where(logins.c.expires_at <= now))
            await connection.execute(insert(logins).values(row))
        return secret

    async def login(self, secret: str) -> LoginRow | None:
        """Return whose login this is, or none if it is unknown, revoked or too old."""
        query = select(logins).where(
            logins.c.secret_hash == hashed(secret), logins.c.expires_at > self._now()
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else LoginRow(*row)

    async def revoke(self, secret: str) -> None:
        """End this login."""
        async with self._database.writing() as connection:
            await connection.execute(delete(logins).where(logins.c.secret_hash == hashed(secret)))

    async def revoke_subject(self, kind: LoginKind, subject: str, event: str = "") -> int:
        """End every login of somebody; return how many there were."""
        statement = delete(logins).where(
            logins.c.event == event, logins.c.kind == kind, logins.c.subject == subject
        )
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount
