"""Links that work once: the first sign-in, a new password, moving a login to another device."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sqlalchemy import delete, insert

from event_server.storage.tables import links
from event_server.storage.tokens import hashed, new_secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from event_server.storage.database import Database

LinkPurpose: TypeAlias = Literal["setup", "password", "transfer", "enter"]

TRANSFER_SECONDS: Final = 600.0
"""How long a login can be moved to another device after somebody asked for it."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What a link is good for.

    Attributes:
        subject: An account or an attendee, as the purpose says; empty if there is nobody yet.
        event: The event of an attendee, else empty.
    """

    purpose: LinkPurpose
    subject: str
    event: str


class LinkStore:
    """Secrets of links; only their hashes are kept, and only until they are used."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    async def make(self, purpose: LinkPurpose, subject: str, *, event: str = "", ttl: float) -> str:
        """Return the secret of a new link that works for ``ttl`` seconds."""
        secret, now = new_secret(), self._now()
        async with self._database.writing() as connection:
            await connection.execute(delete(links).where(links.c.expires_at <= now))
            await connection.execute(
                insert(links).values(
                    secret_hash=hashed(secret),
                    purpose=purpose,
                    subject=subject,
                    event=event,
                    expires_at=now + ttl,
                )
            )
        return secret

    async def use(self, secret: str, purpose: LinkPurpose) -> LinkRow | None:
        """Return what the link is good for and make it worthless, or none if it is unknown, used or too old.

        A link of another purpose is left as it is.
        """
        statement = (
            delete(links)
            .where(
                links.c.secret_hash == hashed(secret),
                links.c.purpose == purpose,
                links.c.expires_at > self._now(),
            )
            .returning(links.c.subject, links.c.event)
        )
        async with self._database.writing() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else LinkRow(purpose, row.subject, row.event)
