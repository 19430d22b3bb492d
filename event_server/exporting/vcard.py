"""Contacts as vCards 3.0, which phones of every make take in; only what a person chose to share gets here."""

from collections.abc import Iterable
from typing import Final

import vobject

from event_server.domain.names import clean_text
from event_server.domain.profile import SharedContact, first_name, last_name

MEDIA_TYPE: Final = "text/vcard; charset=utf-8"

# Written plainly they would be escaped as in any text, and phones keep the backslash in an address.
_URL_MARKS: Final = str.maketrans({",": "%2C", ";": "%3B", "\\": "%5C"})


def vcard(contact: SharedContact, *, note: str = "") -> bytes:
    """Return one contact.

    Args:
        contact: From ``shared_contact``, never from a whole profile.
        note: For example "Met at Aperitivo, 3 May 2030", in the reader's language.
    """
    card = vobject.vCard()
    name = clean_text(contact.name)
    card.add("n").value = vobject.vcard.Name(given=first_name(name), family=last_name(name))
    for kind, text in (
        ("fn", name),
        ("title", contact.headline),
        ("url", contact.link.translate(_URL_MARKS)),
        ("note", note),
    ):
        if clean := clean_text(text):
            card.add(kind).value = clean
    if contact.organisation:
        card.add("org").value = [clean_text(contact.organisation)]
    if contact.email:
        _add_typed(card, "email", contact.email, "INTERNET")
    if contact.phone:
        _add_typed(card, "tel", contact.phone, "CELL")
    lines: str = card.serialize(lineTerminator="\r\n")
    return lines.encode()


def vcards(contacts: Iterable[tuple[SharedContact, str]]) -> bytes:
    """Return many contacts, each with its note, as one file that phones take in at once."""
    return b"".join(vcard(contact, note=note) for contact, note in contacts)


def _add_typed(card: vobject.base.Component, kind: str, text: str, type_param: str) -> None:
    """Add a line such as ``TEL;TYPE=CELL:…``."""
    line = card.add(kind)
    line.value = clean_text(text)
    line.type_param = type_param
