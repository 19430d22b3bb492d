"""Taking one's login to another browser or device: a link that works once, for ten minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.exporting.qr import qr_path
from event_server.storage.links import TRANSFER_SECONDS
from event_server.web.entrance import at_event, enter, is_on_list
from event_server.web.i18n import N_
from event_server.web.pages.claim import FragmentPage

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.exporting.qr import QrPath
    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class TransferPage:
    """Context of ``attendee/transfer.html``."""

    link: str
    qr: QrPath
    minutes: int


async def make(visit: Visit) -> Response:
    """Show a fresh link."""
    await visit.services.throttle.hit("transfer", visit.grant.login)
    secret = await visit.services.links.make(
        "transfer", visit.attendee, event=visit.event.id, ttl=TRANSFER_SECONDS
    )
    link = f"{visit.absolute('transfer')}#{secret}"
    page = TransferPage(link=link, qr=qr_path(link), minutes=round(TRANSFER_SECONDS / 60))
    return visit.render("attendee/transfer.html", page)


async def show(visit: Visit) -> Response:
    """Show the page behind a transfer link."""
    page = FragmentPage(action=visit.url("transfer_do"), title=visit.gettext(N_("Go on here")))
    return visit.render("fragment.html", page)


async def take(visit: Visit) -> Response:
    """Be on this device who one was on the other."""
    await visit.services.throttle.hit("link")
    link = await visit.services.links.use((await visit.form()).text("secret"), "transfer")
    if link is None:
        raise Refused("link_used")
    here = await at_event(visit, await visit.services.events.get(link.event))
    if not is_on_list(here, link.subject):
        raise Refused("link_used")
    return await enter(here, link.subject)
