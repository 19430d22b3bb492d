"""Who somebody is, and the one function that says whether they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from event_server.domain.messages import Refused, guest, staff
from event_server.web.cookies import read_secrets
from event_server.web.permissions import Role, allowed

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from event_server.domain.commands import Command
    from event_server.storage.logins import LoginRow
    from event_server.web.services import Services

Kind = Literal["guest", "staff", "projector", ""]
"""What a login is for; empty is nobody."""


@dataclass(frozen=True, slots=True)
class Logins:
    """What a browser may be: one laptop can be organizer, projector and guest at a time.

    Attributes:
        held: (secret, login) in the order of the cookie.
    """

    held: tuple[tuple[str, LoginRow], ...] = ()

    def with_secret(self, secret: str, row: LoginRow) -> Logins:
        """Return the logins with a new one in the place of its like: the old secret ends here."""
        rest = [(old, held) for old, held in self.held if not _is_alike(held, row)]
        return Logins(((secret, row), *rest))

    def alike(self, row: LoginRow) -> list[str]:
        """Return the secrets whose place ``row`` takes."""
        return [secret for secret, held in self.held if _is_alike(held, row)]

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return the secrets for the cookie."""
        return tuple(secret for secret, _ in self.held)


def _is_alike(one: LoginRow, other: LoginRow) -> bool:
    return (one.kind, one.event) == (other.kind, other.event)


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to do something, as whom.

    Attributes:
        subject: Attendee of a guest, account of staff, event of a projector.
        login: Id of the login, no secret.
    """

    role: Role = Role.NONE
    kind: Kind = ""
    subject: str = ""
    event: str = ""
    login: str = ""

    @property
    def actor(self) -> str:
        """Return the name under which the journal records what is done."""
        return guest(self.subject) if self.kind == "guest" else staff(self.subject)


async def read_logins(services: Services, connection: HTTPConnection) -> Logins:
    """Return the valid logins that a request or a socket brings."""
    held = []
    for secret in read_secrets(services.settings, connection):
        row = await services.logins.login(secret)
        if row is not None:
            held.append((secret, row))
    return Logins(tuple(held))


async def authorise(
    services: Services,
    logins: Logins,
    event: str,
    action: str | type[Command],
    *,
    kind: str | None = None,
) -> Grant:
    """Return leave to do ``action`` at ``event``; roles are read anew each time, so revoking works at once.

    Args:
        services: Where roles are read.
        logins: From `read_logins`.
        event: The event's id, or empty where none is meant.
        action: Name of a route, or class of a command.
        kind: Only as this kind of login: a command must not come from another side than its page.

    Raises:
        Refused: ``login_needed`` without a login that could do, ``not_allowed`` with one that may not.
    """
    roles = allowed(action)
    known = False
    for _, row in logins.held:
        if kind is not None and row.kind != kind:
            continue
        role = await _role(services, row, event)
        if role is Role.NONE:
            continue
        known = True
        if role in roles:
            login_kind: Kind = _KINDS[row.kind]
            return Grant(role=role, kind=login_kind, subject=row.subject, event=event, login=row.id)
    if Role.NONE in roles:
        return Grant(event=event)
    raise Refused("not_allowed" if known else "login_needed")


_KINDS: dict[str, Kind] = {"guest": "guest", "staff": "staff", "projector": "projector"}


async def _role(services: Services, row: LoginRow, event: str) -> Role:
    """Return what the login's holder is at ``event`` now."""
    if row.kind == "staff":
        if not event:
            return Role.ACCOUNT if await services.accounts.get(row.subject) else Role.NONE
        role = await services.accounts.role(row.subject, event)
        return Role(role) if role is not None else Role.NONE
    if row.event != event or not event:
        return Role.NONE
    return {"guest": Role.GUEST, "projector": Role.PROJECTOR}.get(row.kind, Role.NONE)


def signed(grant: Grant, command: Command) -> Command:
    """Return ``command`` with a guest as its own author; staff must say whom they mean.

    Raises:
        Refused: ``attendee_missing``.
    """
    if not hasattr(command, "attendee"):
        return command
    if grant.kind == "guest":
        signed_command: Command = msgspec.structs.replace(command, attendee=grant.subject)
        return signed_command
    if not command.attendee:
        raise Refused("attendee_missing")
    return command
