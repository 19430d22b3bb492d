"""Accounts of the organizing team, and what each may do in each event."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from sqlalchemy import delete, exc, func, insert, select, update

from event_server.storage.tables import accounts, memberships
from event_server.storage.tokens import new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Select

    from event_server.storage.database import Database

StaffRole: TypeAlias = Literal["organizer", "helper", "door"]


class EmailTaken(Exception):  # noqa: N818 - names what is the matter
    """Another account has this e-mail address."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """Somebody who signs in.

    Attributes:
        email: In small letters.
        password_hash: As the password hasher wrote it; empty means that no password opens the account yet.
    """

    id: str
    name: str
    email: str
    password_hash: str
    created_at: float


class AccountStore:
    """Accounts and memberships."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    async def create(self, name: str, email: str, password_hash: str = "") -> AccountRow:
        """Add an account and return it.

        Raises:
            EmailTaken: If the address has one.
        """
        row = AccountRow(new_id(), name, email.casefold(), password_hash, self._now())
        values = (row.id, row.name, row.email, row.password_hash, row.created_at)
        try:
            async with self._database.writing() as connection:
                await connection.execute(insert(accounts).values(values))
        except exc.IntegrityError:
            raise EmailTaken from None
        return row

    async def get(self, account: str) -> AccountRow | None:
        """Return the account with this id, or none."""
        return await self._one(select(accounts).where(accounts.c.id == account))

    async def by_email(self, email: str) -> AccountRow | None:
        """Return the account with this address, in any case, or none."""
        return await self._one(select(accounts).where(accounts.c.email == email.casefold()))

    async def count(self) -> int:
        """Return how many accounts there are: none on the first start."""
        async with self._database.reading() as connection:
            return await connection.scalar(select(func.count()).select_from(accounts)) or 0

    async def set_password_hash(self, account: str, password_hash: str) -> None:
        """Replace how the password of ``account`` is kept."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(accounts).where(accounts.c.id == account).values(password_hash=password_hash)
            )

    async def role(self, account: str, event: str) -> StaffRole | None:
        """Return what ``account`` is in ``event``, or none.

        Asked anew for every command: revoking works at once.
        """
        query = select(memberships.c.role).where(
            memberships.c.event == event, memberships.c.account == account
        )
        async with self._database.reading() as connection:
            return cast("StaffRole | None", await connection.scalar(query))

    async def grant(self, account: str, event: str, role: StaffRole) -> None:
        """Give ``account`` this role in ``event``, instead of the one it had."""
        async with self._database.writing() as connection:
            await connection.execute(_membership(account, event))
            await connection.execute(insert(memberships).values(event=event, account=account, role=role))

    async def revoke(self, account: str, event: str) -> None:
        """Take the role of ``account`` in ``event`` away."""
        async with self._database.writing() as connection:
            await connection.execute(_membership(account, event))

    async def members(self, event: str) -> dict[str, tuple[str, StaffRole]]:
        """Return account -> (name, role) for everybody who has one in ``event``."""
        query = (
            select(accounts.c.id, accounts.c.name, memberships.c.role)
            .join_from(memberships, accounts, memberships.c.account == accounts.c.id)
            .where(memberships.c.event == event)
            .order_by(accounts.c.name)
        )
        async with self._database.reading() as connection:
            return {account: (name, role) for account, name, role in await connection.execute(query)}

    async def _one(self, query: Select[Any]) -> AccountRow | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else AccountRow(*row)


def _membership(account: str, event: str) -> Any:
    return delete(memberships).where(memberships.c.event == event, memberships.c.account == account)
