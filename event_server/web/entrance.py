"""How a browser becomes somebody: the first claim of a badge binds, a second one waits for a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.storage.logins import LOGIN_SECONDS
from event_server.storage.pending_claims import PENDING_SECONDS
from event_server.web.origins import is_secure

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.domain.messages import AttendeeId
    from event_server.storage.claims import ClaimRow
    from event_server.storage.events import EventRow
    from event_server.web.visit import Visit

WAIT_COOKIE = "girotondo_wait"


async def at_event(visit: Visit, row: EventRow | None) -> Visit:
    """Return ``visit`` at an event that a code or a badge named; refuses ``no_such_event``."""
    if row is None:
        raise Refused("no_such_event")
    try:
        room = await visit.services.rooms.open(row.id)
    except KeyError as error:
        raise Refused("no_such_event") from error
    return replace(visit, event_row=row, open_room=room)


def guest_here(visit: Visit) -> AttendeeId | None:
    """Return as whom this browser is already at the event, or none."""
    for _, row in visit.logins.held:
        if row.kind == "guest" and row.event == visit.event.id and is_on_list(visit, row.subject):
            return row.subject
    return None


def is_on_list(visit: Visit, attendee: AttendeeId) -> bool:
    """Tell whether somebody is on the list of the event and not erased."""
    person = visit.room.state.roster.get(attendee)
    return person is not None and not person.erased


async def claim_of(visit: Visit, attendee: AttendeeId) -> ClaimRow:
    """Return the claim of an attendee, whose badge may never have been printed; refuses ``claim_unknown``."""
    services, event = visit.services, visit.event.id
    tokens = await services.claims.badge_tokens(event, [attendee], services.secret)
    claim = await services.claims.find(tokens[attendee])
    if claim is None or not is_on_list(visit, attendee):
        raise Refused("claim_unknown")
    return claim


async def admit(visit: Visit, claim: ClaimRow) -> Response:
    """Let the browser in as the claim's attendee if it is the first; else let it wait for a yes."""
    if not is_on_list(visit, claim.attendee):
        raise Refused("claim_unknown")
    if guest_here(visit) == claim.attendee:
        return visit.redirect("phone")
    if not await visit.services.claims.bind(claim):
        return await ask(visit, claim.attendee)
    return await enter(visit, claim.attendee)


async def enter(visit: Visit, attendee: AttendeeId) -> Response:
    """Let the browser in as ``attendee``."""
    await visit.log_in("guest", attendee, visit.event.id, ttl=LOGIN_SECONDS)
    response = visit.redirect("phone")
    response.delete_cookie(WAIT_COOKIE, httponly=True, samesite="lax")
    return response


async def ask(visit: Visit, attendee: AttendeeId) -> Response:
    """Let the browser wait until the first device, or the door, says that it is them."""
    secret = await visit.services.pending.ask(visit.event.id, attendee)
    visit.room.ask_device(attendee, PENDING_SECONDS)
    response = visit.redirect("claim_wait")
    response.set_cookie(
        WAIT_COOKIE,
        secret,
        max_age=int(PENDING_SECONDS),
        httponly=True,
        samesite="lax",
        secure=is_secure(visit.services.settings, visit.request.scope),
    )
    return response
