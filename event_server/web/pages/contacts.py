"""Mutual contacts as vCards, once they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date
from starlette.responses import Response

from event_server.domain.messages import Refused
from event_server.domain.profile import SharedContact
from event_server.exporting.vcard import MEDIA_TYPE, vcard, vcards
from event_server.views.attendee import attendee_view
from event_server.web.i18n import N_
from event_server.web.templating import local

if TYPE_CHECKING:
    from event_server.views.attendee import Contact
    from event_server.web.visit import Visit


async def all_contacts(visit: Visit) -> Response:
    """Give all mutual contacts as one file; refuses ``not_revealed`` before they are shown."""
    cards = [(_shared(contact), _note(visit, contact)) for contact in _contacts(visit)]
    return _file(vcards(cards), "girotondo.vcf")


async def one_contact(visit: Visit) -> Response:
    """Give one mutual contact; whoever is none is not found, whatever the reason."""
    wanted = visit.path("id")
    contact = next((contact for contact in _contacts(visit) if contact.id == wanted), None)
    if contact is None:
        raise Refused("not_found")
    return _file(vcard(_shared(contact), note=_note(visit, contact)), "contact.vcf")


def _contacts(visit: Visit) -> tuple[Contact, ...]:
    view = attendee_view(visit.scene(), visit.attendee)
    if not view.revealed:
        raise Refused("not_revealed")
    return view.contacts


def _shared(contact: Contact) -> SharedContact:
    return SharedContact(
        name=contact.name,
        headline=contact.headline,
        organisation=contact.organisation,
        email=contact.email,
        phone=contact.phone,
        link=contact.link,
    )


def _note(visit: Visit, contact: Contact) -> str:
    """Return where two people met, and the reader's own note."""
    event = visit.event
    if event.starts_at is None:
        met = visit.gettext(N_("Met at %(title)s"), title=event.title)
    else:
        day = format_date(local(event.starts_at, event.timezone), "long", locale=visit.texts.locale)
        met = visit.gettext(N_("Met at %(title)s, %(day)s"), title=event.title, day=day)
    return f"{met}. {contact.note}" if contact.note else met


def _file(body: bytes, name: str) -> Response:
    # Phones open a card that is shown inline in their address book; a download would lie in a folder.
    return Response(
        body, media_type=MEDIA_TYPE, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
