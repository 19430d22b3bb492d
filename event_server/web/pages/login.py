"""Signing in and out as an organizer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.storage.logins import LOGIN_SECONDS
from event_server.web.local_path import local_path
from event_server.web.passwords import hash_password, is_password, needs_rehash
from event_server.web.refusals import status_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.storage.accounts import AccountRow
    from event_server.web.forms import Form
    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class LoginPage:
    """Context of ``login.html``; ``next`` is where to go on."""

    next: str
    email: str = ""


async def show(visit: Visit) -> Response:
    """Show the form."""
    return visit.render("login.html", LoginPage(next=local_path(visit.request.query_params.get("next", "/"))))


async def enter(visit: Visit) -> Response:
    """Sign in with a fresh login."""
    form = await visit.form()
    page = LoginPage(next=local_path(form.text("next")), email=form.text("email"))
    try:
        account = await _account(visit, form)
    except Refused as refused:
        return visit.render("login.html", page, status=status_of(refused.code), refused=refused)
    await visit.log_in("staff", account.id, ttl=LOGIN_SECONDS)
    return visit.go(page.next)


async def _account(visit: Visit, form: Form) -> AccountRow:
    services, password = visit.services, form.text("password")
    await services.throttle.hit("login_all")
    await services.throttle.hit("login", form.text("email").casefold())
    account = await services.accounts.by_email(form.text("email"))
    if not await is_password(password, account.password_hash if account is not None else ""):
        raise Refused("login_wrong")
    if account is None:
        raise Refused("login_wrong")
    if needs_rehash(account.password_hash):
        await services.accounts.set_password_hash(account.id, await hash_password(password))
    return account


async def leave(visit: Visit) -> Response:
    """Sign out; the browser stays whoever else it is."""
    for _, row in visit.logins.held:
        if row.kind == "staff":
            await visit.services.rooms.sign_out(row.subject, login=row.id)
    await visit.log_out("staff")
    return visit.redirect("start")
