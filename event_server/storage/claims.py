"""Badges and the devices that claim them.

How it works: a badge shows a token derived from the server's secret, so it can be printed again though only
its hash is kept. The first device that shows it is bound; a second one leaves a pending claim (see
`pending_claims`). A reset makes a badge worthless and ends the logins that came of it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from event_server.storage.tables import claims, links, logins
from event_server.storage.tokens import claim_token, hashed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sqlalchemy.ext.asyncio import AsyncConnection

    from event_server.domain.messages import AttendeeId
    from event_server.storage.database import Database

_FIRST_GENERATION = 1


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Whose badge a token is.

    Attributes:
        generation: Raised by every reset.
        bound_at: When a device was bound, or none.
    """

    event: str
    attendee: AttendeeId
    generation: int
    bound_at: float | None


class ClaimStore:
    """Badge claims of one event at a time."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    async def badge_tokens(
        self, event: str, attendees: Collection[AttendeeId], server_secret: bytes
    ) -> dict[AttendeeId, str]:
        """Return the tokens to print on the badges of ``attendees``; the same until a reset."""
        async with self._database.writing() as connection:
            known = await _claims(connection, event)
            generations = {a: known[a].generation if a in known else _FIRST_GENERATION for a in attendees}
            tokens = {
                attendee: claim_token(server_secret, event=event, attendee=attendee, generation=generation)
                for attendee, generation in generations.items()
            }
            for attendee, token in tokens.items():
                if attendee in known:
                    values = {"token_hash": hashed(token)}
                    await connection.execute(update(claims).where(*_of(event, attendee)).values(values))
            new = [
                {
                    "event": event,
                    "attendee": attendee,
                    "generation": generations[attendee],
                    "token_hash": hashed(token),
                }
                for attendee, token in tokens.items()
                if attendee not in known
            ]
            if new:
                await connection.execute(insert(claims), new)
        return tokens

    async def find(self, token: str) -> ClaimRow | None:
        """Return whose badge this is, or none; what to do about a bound one is for the caller to say."""
        query = select(claims.c.event, claims.c.attendee, claims.c.generation, claims.c.bound_at).where(
            claims.c.token_hash == hashed(token)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else ClaimRow(*row)

    async def bind(self, claim: ClaimRow) -> bool:
        """Bind the badge to the device that shows it; tell whether it was the first."""
        statement = (
            update(claims)
            .where(
                *_of(claim.event, claim.attendee),
                claims.c.generation == claim.generation,
                claims.c.bound_at.is_(None),
            )
            .values(bound_at=self._now())
        )
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount == 1

    async def reset(self, event: str, attendee: AttendeeId) -> int:
        """Make the badge worthless and end its logins; return the generation of the next badge."""
        async with self._database.writing() as connection:
            query = select(claims.c.generation).where(*_of(event, attendee))
            generation = (await connection.scalar(query) or 0) + 1
            await connection.execute(delete(claims).where(*_of(event, attendee)))
            await connection.execute(
                insert(claims).values(event=event, attendee=attendee, generation=generation)
            )
            for table in (logins, links):
                await connection.execute(
                    delete(table).where(table.c.event == event, table.c.subject == attendee)
                )
        return generation


def _of(event: str, attendee: AttendeeId) -> tuple[Any, Any]:
    return claims.c.event == event, claims.c.attendee == attendee


async def _claims(connection: AsyncConnection, event: str) -> dict[AttendeeId, ClaimRow]:
    query = select(claims.c.event, claims.c.attendee, claims.c.generation, claims.c.bound_at).where(
        claims.c.event == event
    )
    return {row.attendee: ClaimRow(*row) for row in await connection.execute(query)}
