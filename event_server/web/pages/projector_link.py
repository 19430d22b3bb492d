"""The projector's link: read-only, for the machine at the wall; it can be opened again and again."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.storage.logins import LOGIN_SECONDS
from event_server.web.entrance import at_event
from event_server.web.i18n import N_
from event_server.web.pages.claim import FragmentPage

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.visit import Visit

MAC_BYTES = 16


def projector_token(secret: bytes, event: str) -> str:
    """Return what stands behind the ``#`` of an event's projector link, ``/p#…``."""
    mac = hmac.new(secret, f"projector:{event}".encode(), hashlib.sha256).digest()[:MAC_BYTES]
    return f"{event}.{b32encode(mac).decode().rstrip('=')}"


async def show(visit: Visit) -> Response:
    """Show the page behind the link."""
    page = FragmentPage(action=visit.url("projector_do"), title=visit.gettext(N_("Projector")))
    return visit.render("fragment.html", page)


async def enter(visit: Visit) -> Response:
    """Let this browser show the event's projector page."""
    await visit.services.throttle.hit("link")
    token = (await visit.form()).text("secret")
    event = token.partition(".")[0]
    if not hmac.compare_digest(token.encode(), projector_token(visit.services.secret, event).encode()):
        raise Refused("link_used")
    here = await at_event(visit, await visit.services.events.get(event))
    await here.log_in("projector", event, event, ttl=LOGIN_SECONDS)
    return here.go(f"/e/{event}/projector")
