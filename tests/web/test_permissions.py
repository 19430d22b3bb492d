"""The permission table: a row for every route and every command, and every route asked as every role."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, get_args

import httpx
import pytest
from starlette.requests import HTTPConnection

from event_server.domain import commands as c
from event_server.domain.messages import Refused
from event_server.web.auth import Grant, Logins, authorise, read_logins, signed
from event_server.web.permissions import COMMANDS, ROUTES, Role, allowed
from event_server.web.routes import ROWS, SOCKETS

if TYPE_CHECKING:
    from site_double import Site

    from event_server.storage.accounts import AccountRow
    from event_server.storage.events import EventRow
    from event_server.web.endpoint import Row

DENIED = {"login_needed", "not_allowed"}
GUESTS = 70


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    names = {row.name for row in ROWS} | {name for _, _, name in SOCKETS} | {"static"}
    assert names - set(ROUTES) == set()
    assert set(ROUTES) - names <= {"demo"}


def test_every_command_has_a_row() -> None:
    assert set(COMMANDS) == set(get_args(c.Command))


def test_what_has_no_row_is_denied() -> None:
    assert allowed("no such route") == frozenset()


def test_names_and_addresses_of_routes_are_unique() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert len({(row.method, row.path) for row in ROWS}) == len(ROWS)


def test_commands_from_inside_are_nobodys() -> None:
    assert all(not COMMANDS[command] for command in (c.Tick, c.PublishPlan, c.PatchRound))


def test_what_somebody_says_about_others_is_theirs_alone() -> None:
    for command in (c.GiveAnswer, c.SaveNote, c.HideContacts, c.AskForHelp):
        assert COMMANDS[command] == {Role.GUEST}


class Crowd:
    """Browsers of every role, fresh ones for each request."""

    def __init__(self, site: Site, row: EventRow, owner: AccountRow) -> None:
        self.site, self.row, self.owner = site, row, owner
        self.guests = count(1)

    async def browser(self, role: Role) -> httpx.AsyncClient:
        logins, accounts = self.site.services.logins, self.site.services.accounts
        match role:
            case Role.NONE:
                return self.site.browser()
            case Role.GUEST:
                secret = await logins.make("guest", f"p{next(self.guests)}", self.row.id)
            case Role.PROJECTOR:
                secret = await logins.make("projector", self.row.id, self.row.id)
            case Role.ACCOUNT | Role.ORGANIZER:
                secret = await logins.make("staff", self.owner.id)
            case Role.HELPER | Role.DOOR:
                account = await accounts.by_email(f"{role}@example.org")
                assert account is not None
                secret = await logins.make("staff", account.id)
        return self.site.with_login(secret)


def is_denied(answer: httpx.Response) -> bool:
    return (
        answer.headers.get("content-type", "").startswith("application/json")
        and answer.status_code in {401, 403}
        and answer.json().get("code") in DENIED
    )


def address(row: Row, event: EventRow) -> str:
    path = row.path.replace("{event}", event.id).replace("{code}", event.join_code)
    return re.sub(r"\{\w+\}", "p1", path)


async def ask(browser: httpx.AsyncClient, row: Row, event: EventRow) -> httpx.Response:
    headers = {"accept": "application/json"}
    if row.method == "POST":
        return await browser.post(address(row, event), headers=headers)
    return await browser.get(address(row, event), headers=headers)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ACCOUNT])
async def test_every_route_lets_in_exactly_the_roles_of_its_row(site: Site, role: Role) -> None:
    owner = await site.account()
    event = await site.event(*(f"Persona{n} Prova" for n in range(1, GUESTS + 1)), account=owner)
    for staff in ("helper", "door"):
        account = await site.services.accounts.create(staff, f"{staff}@example.org")
        await site.services.accounts.grant(account.id, event.id, staff)  # type: ignore[arg-type]  # both are roles
    crowd = Crowd(site, event, owner)
    for row in ROWS:
        if row.name == "demo":
            continue
        signed_in = role in {Role.ORGANIZER, Role.HELPER, Role.DOOR}
        here = Role.ACCOUNT if signed_in and "{event}" not in row.path else role
        if here in {Role.GUEST, Role.PROJECTOR} and "{event}" not in row.path:
            here = Role.NONE
        answer = await ask(await crowd.browser(role), row, event)
        assert is_denied(answer) == (here not in ROUTES[row.name]), (row.name, role, answer.status_code)


async def logins_of(site: Site, secret: str) -> Logins:
    headers = [(b"cookie", f"girotondo={secret}".encode()), (b"host", b"localhost:8080")]
    connection = HTTPConnection({"type": "http", "scheme": "http", "headers": headers})
    logins = await read_logins(site.services, connection)
    assert logins.secrets == (secret,)
    return logins


async def test_revoked_role_ends_at_once(site: Site) -> None:
    owner = await site.account()
    row = await site.event("Ada Prova", account=owner)
    logins = await logins_of(site, await site.services.logins.make("staff", owner.id))
    granted = await authorise(site.services, logins, row.id, c.OpenLobby, kind="staff")
    assert (granted.role, granted.actor) == (Role.ORGANIZER, f"staff:{owner.id}")
    await site.services.accounts.revoke(owner.id, row.id)
    with pytest.raises(Refused, match="login_needed"):
        await authorise(site.services, logins, row.id, c.OpenLobby, kind="staff")


async def test_roles_of_one_event_count_at_no_other(site: Site) -> None:
    owner, other = await site.account("Fay Bozza"), await site.account("Gus Bozza")
    one, _ = await site.event("Ada Prova", account=owner), await site.event("Bo Esempio", account=other)
    logins = await logins_of(site, await site.services.logins.make("staff", other.id))
    with pytest.raises(Refused, match="login_needed"):
        await authorise(site.services, logins, one.id, c.OpenLobby)


def test_guest_is_always_their_own_author() -> None:
    grant = Grant(role=Role.GUEST, kind="guest", subject="p1", event="e")
    forged = c.GiveAnswer(round=1, about="p2", again="yes", attendee="p3")
    own = signed(grant, forged)
    assert own == c.GiveAnswer(round=1, about="p2", again="yes", attendee="p1")


def test_staff_must_say_whom_they_mean() -> None:
    grant = Grant(role=Role.DOOR, kind="staff", subject="fay", event="e")
    assert signed(grant, c.CheckIn(attendee="p1")) == c.CheckIn(attendee="p1")
    with pytest.raises(Refused, match="attendee_missing"):
        signed(grant, c.CheckIn())
