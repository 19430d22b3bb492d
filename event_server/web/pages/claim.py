"""Badge QR codes, and the claims that wait for a yes from the first device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.web.entrance import WAIT_COOKIE, admit, at_event, claim_of, enter
from event_server.web.i18n import N_

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.storage.pending_claims import PendingRow
    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class FragmentPage:
    """Context of ``fragment.html``: a page whose script posts what stands behind the ``#`` of the address.

    Attributes:
        action: Where it is posted to.
        title: What happens here, translated.
    """

    action: str
    title: str


@dataclass(frozen=True, slots=True)
class WaitPage:
    """Context of ``attendee/wait.html``."""

    title: str


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """Context of ``attendee/claims.html``: devices that want to be the same person."""

    waiting: tuple[PendingRow, ...]


async def show(visit: Visit) -> Response:
    """Show the page behind a badge's QR code."""
    page = FragmentPage(action=visit.url("claim_do"), title=visit.gettext(N_("Your badge")))
    return visit.render("fragment.html", page)


async def claim(visit: Visit) -> Response:
    """Claim a badge: the first claim binds, a second waits."""
    form = await visit.form()
    found = await visit.services.claims.find(form.text("secret"))
    if found is None:
        await visit.services.throttle.hit("link")
        raise Refused("claim_unknown")
    await visit.services.throttle.hit("claim", found.event)
    here = await at_event(visit, await visit.services.events.get(found.event))
    return await admit(here, found)


async def wait(visit: Visit) -> Response:
    """Show what became of a claim that waits; the page asks again by itself."""
    secret = visit.request.cookies.get(WAIT_COOKIE, "")
    row = await visit.services.pending.pending(secret) if secret else None
    if row is None or row.status == "refused":
        raise Refused("claim_refused" if row is not None else "link_used")
    here = await at_event(visit, await visit.services.events.get(row.event))
    if row.status == "waiting":
        return here.render("attendee/wait.html", WaitPage(title=here.event.title))
    if await visit.services.pending.redeem(secret) is None:
        raise Refused("link_used")
    # A name that the door confirmed takes the badge too: whoever finds it later has to ask.
    await visit.services.claims.bind(await claim_of(here, row.attendee))
    return await enter(here, row.attendee)


async def mine(visit: Visit) -> Response:
    """Show which other devices want to be me."""
    waiting = await visit.services.pending.list_pending(visit.event.id, visit.attendee)
    return visit.render("attendee/claims.html", ClaimsPage(waiting=tuple(waiting)))


async def answer(visit: Visit) -> Response:
    """Say yes or no to one of them; about others nobody can say anything."""
    form = await visit.form()
    claim_id, pending = form.text("claim"), visit.services.pending
    waiting = await pending.list_pending(visit.event.id, visit.attendee)
    if claim_id not in {row.id for row in waiting}:
        raise Refused("link_used")
    if form.text("answer") == "yes":
        await pending.confirm(visit.event.id, claim_id)
        visit.room.ask_device(visit.attendee, 0)
        return visit.redirect("claims_mine", flash=N_("The other device is in."))
    await pending.refuse(visit.event.id, claim_id)
    visit.room.ask_device(visit.attendee, 0)
    return visit.redirect("claims_mine", flash=N_("The other device stays out."))
