"""A one-time link that signs an account in, as a demonstration prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.storage.logins import LOGIN_SECONDS
from event_server.web.i18n import N_
from event_server.web.pages.claim import FragmentPage

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.visit import Visit


async def show(visit: Visit) -> Response:
    """Show the page behind the link; the secret stands behind the ``#`` of the address."""
    page = FragmentPage(action=visit.url("enter_do"), title=visit.gettext(N_("Sign in")))
    return visit.render("fragment.html", page)


async def enter(visit: Visit) -> Response:
    """Sign in, once, and go to the event the link is for."""
    await visit.services.throttle.hit("link")
    link = await visit.services.links.use((await visit.form()).text("secret"), "enter")
    if link is None:
        raise Refused("link_used")
    await visit.log_in("staff", link.subject, ttl=LOGIN_SECONDS)
    return visit.redirect("control", event=link.event) if link.event else visit.redirect("start")
