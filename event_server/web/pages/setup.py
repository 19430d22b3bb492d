"""The one-time links of organizers: the first password, and a new one when it was forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.domain.names import clean_name
from event_server.domain.profile import checked_email
from event_server.storage.accounts import EmailTaken
from event_server.storage.logins import LOGIN_SECONDS
from event_server.web.passwords import hash_password

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.storage.accounts import AccountRow, StaffRole
    from event_server.web.forms import Form
    from event_server.web.visit import Visit

STAFF_ROLES: dict[str, StaffRole] = {"organizer": "organizer", "helper": "helper", "door": "door"}
"""What a link may make of somebody at its event: its subject."""


@dataclass(frozen=True, slots=True)
class SetupPage:
    """Context of ``setup.html``: what was typed, but for the password.

    Attributes:
        secret: Of the link; empty until the script has read it from the address.
        is_reset: The account exists and only gets a new password.
        member: Name of who is signed in already and may take the role as themselves.
    """

    secret: str = ""
    name: str = ""
    email: str = ""
    is_reset: bool = False
    member: str = ""


async def show(visit: Visit) -> Response:
    """Show the form of a first sign-in; the link's secret stands behind the ``#`` of the address."""
    known = await visit.services.accounts.get(visit.account) if visit.account else None
    return visit.render("setup.html", SetupPage(member=known.name if known is not None else ""))


async def show_reset(visit: Visit) -> Response:
    """Show the form for a new password."""
    return visit.render("setup.html", SetupPage(is_reset=True))


async def save(visit: Visit) -> Response:
    """Make the account, once, and sign in."""
    form = await visit.form()
    if visit.account and form.flag("as_me"):
        return await _join_as_me(visit, form)
    page = SetupPage(secret=form.text("secret"), name=form.text("name"), email=form.text("email"))
    try:
        account = await _made(visit, form)
    except Refused as refused:
        return visit.render("setup.html", page, status=422, refused=refused)
    await visit.log_in("staff", account.id, ttl=LOGIN_SECONDS)
    return visit.redirect("start")


async def _join_as_me(visit: Visit, form: Form) -> Response:
    """Give the role of an invitation to whoever is signed in."""
    await visit.services.throttle.hit("link")
    link = await visit.services.links.use(form.text("secret"), "setup")
    role = STAFF_ROLES.get(link.subject) if link is not None else None
    if link is None or role is None or not link.event:
        raise Refused("link_used")
    await visit.services.accounts.grant(visit.account, link.event, role)
    await visit.services.rooms.reload(link.event)
    return visit.redirect("start")


async def _made(visit: Visit, form: Form) -> AccountRow:
    """Return the new account. The link is used up last, so that a typing error does not cost it."""
    services = visit.services
    await services.throttle.hit("link")
    name, email = clean_name(form.text("name")), checked_email(form.text("email"))
    if not email:
        raise Refused("email_invalid", field="email")
    if await services.accounts.by_email(email) is not None:
        raise Refused("email_taken", field="email")
    password_hash = await hash_password(form.text("password"))
    link = await services.links.use(form.text("secret"), "setup")
    if link is None:
        raise Refused("link_used")
    try:
        account = await services.accounts.create(name, email, password_hash)
    except EmailTaken as error:
        raise Refused("email_taken", field="email") from error
    role = STAFF_ROLES.get(link.subject)
    if link.event and role is not None:
        await services.accounts.grant(account.id, link.event, role)
    return account


async def reset(visit: Visit) -> Response:
    """Set a new password, once, end all other logins, and sign in."""
    form = await visit.form()
    try:
        account = await _reset(visit, form)
    except Refused as refused:
        page = SetupPage(secret=form.text("secret"), is_reset=True)
        return visit.render("setup.html", page, status=422, refused=refused)
    await visit.log_in("staff", account, ttl=LOGIN_SECONDS)
    return visit.redirect("start")


async def _reset(visit: Visit, form: Form) -> str:
    """Return the account that has a new password now."""
    services = visit.services
    await services.throttle.hit("link")
    password_hash = await hash_password(form.text("password"))
    link = await services.links.use(form.text("secret"), "password")
    if link is None:
        raise Refused("link_used")
    await services.accounts.set_password_hash(link.subject, password_hash)
    await services.logins.revoke_subject("staff", link.subject)
    await services.rooms.sign_out(link.subject)
    return link.subject
