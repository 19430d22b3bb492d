"""Who wrote a list, told by its headers, and what only that writer means by them."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from event_server.importing.fields import Field
from event_server.importing.vocabulary import header_key


class Vendor(StrEnum):
    """The services whose lists are known."""

    EVENTBRITE = "eventbrite"
    LUMA = "luma"
    PRETIX = "pretix"
    MEETUP = "meetup"
    TITO = "tito"
    TYPEFORM = "typeform"
    GOOGLE_FORMS = "google_forms"
    OTHER = "other"


# For each vendor, in this order: one of the first words and one of the second must be among the headers.
_SIGNATURES: Final = (
    (Vendor.LUMA, {"approval status"}, {"api id", "guest id", "qr code url"}),
    (Vendor.MEETUP, {"rsvp"}, {"user id", "joined group on", "rsvped on"}),
    (Vendor.PRETIX, {"order code", "codice ordine", "bestellnummer"}, {"position id", "id posizione"}),
    (Vendor.PRETIX, {"order code"}, {"product", "attendee name", "event slug"}),
    (Vendor.PRETIX, {"codice ordine"}, {"prodotto", "nome partecipante", "nome del partecipante"}),
    (Vendor.PRETIX, {"bestellnummer"}, {"produkt", "teilnehmername", "positions id"}),
    (
        Vendor.EVENTBRITE,
        {"order number"},
        {"attendee status", "attendee number", "barcode number", "price tier"},
    ),
    (Vendor.TITO, {"reference", "ticket reference"}, {"registration date", "ticket"}),
    (Vendor.TYPEFORM, {"number", "response id"}, {"submitted at", "submit date utc"}),
    (Vendor.GOOGLE_FORMS, {"timestamp", "informazioni cronologiche", "zeitstempel"}, {""}),
)

MEANINGS: Final[dict[Vendor, dict[str, Field]]] = {
    Vendor.EVENTBRITE: {
        "order number": Field.ORDER,
        "attendee number": Field.POSITION,
        "attendee status": Field.STATUS,
        "job title": Field.HEADLINE,
        "company": Field.ORGANISATION,
    },
    Vendor.LUMA: {
        "guest id": Field.GUEST,
        "api id": Field.GUEST,
        "approval status": Field.STATUS,
        "name": Field.NAME,
    },
    Vendor.PRETIX: {
        "order code": Field.ORDER,
        "codice ordine": Field.ORDER,
        "bestellnummer": Field.ORDER,
        "position id": Field.POSITION,
        "id posizione": Field.POSITION,
        "positions id": Field.POSITION,
        "status": Field.STATUS,
        "attendee name": Field.NAME,
        "attendee email": Field.EMAIL,
    },
    # A title there is an office in the group; a profile page is nothing the person chose to share.
    Vendor.MEETUP: {"user id": Field.GUEST, "rsvp": Field.STATUS, "name": Field.NAME, "title": Field.IGNORE},
    Vendor.TITO: {"reference": Field.GUEST, "ticket reference": Field.GUEST, "ticket": Field.IGNORE},
    Vendor.TYPEFORM: {"number": Field.GUEST, "response id": Field.GUEST},
    Vendor.GOOGLE_FORMS: {},
    Vendor.OTHER: {},
}
"""Headers whose meaning is certain in a list of that vendor, keyed as ``header_key`` gives them."""


def recognise(headers: Collection[str]) -> Vendor:
    """Return who wrote a list with these headers."""
    keys = {header_key(header) for header in headers} | {""}
    return next(
        (vendor for vendor, first, second in _SIGNATURES if first & keys and second & keys), Vendor.OTHER
    )
