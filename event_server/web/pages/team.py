"""Who runs the event: organizers, helpers, the desk; invited by a link that works once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.runtime.hub import NO_LOGIN
from event_server.web.i18n import N_
from event_server.web.pages.setup import STAFF_ROLES

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.storage.accounts import StaffRole
    from event_server.web.visit import Visit

INVITATION_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role at the event."""

    account: str
    name: str
    role: StaffRole
    is_me: bool


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Context of ``organizer/team.html``.

    Attributes:
        link: An invitation that was just made, shown this once; or empty.
        invited: The role it gives.
    """

    members: tuple[Member, ...]
    link: str = ""
    invited: str = ""


async def show(visit: Visit) -> Response:
    """Show who has which role."""
    return visit.render("organizer/team.html", await _page(visit))


async def invite(visit: Visit) -> Response:
    """Make an invitation and show it; it is kept as a hash only, so it cannot be shown again."""
    role = STAFF_ROLES.get((await visit.form()).text("role"))
    if role is None:
        raise Refused("role_unknown")
    secret = await visit.services.links.make("setup", role, event=visit.event.id, ttl=INVITATION_SECONDS)
    link = f"{visit.absolute('setup')}#{secret}"
    return visit.render("organizer/team.html", await _page(visit, link=link, invited=role))


async def remove(visit: Visit) -> Response:
    """Take somebody's role away, at once; the last organizer stays."""
    account = (await visit.form()).text("account")
    accounts = visit.services.accounts
    members = await accounts.members(visit.event.id)
    organizers = {known for known, (_, role) in members.items() if role == "organizer"}
    if organizers == {account}:
        raise Refused("last_organizer")
    if account in members:
        await accounts.revoke(account, visit.event.id)
        await visit.room.hub.close_account(account, NO_LOGIN, "role_taken")
        await visit.services.rooms.reload(visit.event.id)
    return visit.redirect("team" if account != visit.account else "start", flash=N_("Removed from the team."))


async def _page(visit: Visit, *, link: str = "", invited: str = "") -> TeamPage:
    members = await visit.services.accounts.members(visit.event.id)
    return TeamPage(
        members=tuple(
            Member(account=account, name=name, role=role, is_me=account == visit.account)
            for account, (name, role) in members.items()
        ),
        link=link,
        invited=invited,
    )
