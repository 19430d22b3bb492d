"""What an import says: the meanings of columns, why a row stays out, what is wrong with a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from event_server.importing.fields import Field
from event_server.importing.vendors import Vendor
from event_server.web.i18n import N_
from event_server.web.refusals import SENTENCES, UNKNOWN

if TYPE_CHECKING:
    from event_server.importing.person import Problem
    from event_server.web.i18n import Catalog

FIELD_LABELS: Final = {
    Field.IGNORE: N_("Leave it out"),
    Field.NAME: N_("Full name"),
    Field.FIRST_NAME: N_("First name"),
    Field.LAST_NAME: N_("Last name"),
    Field.EMAIL: N_("E-mail (to find people again)"),
    Field.PHONE: N_("Phone"),
    Field.HEADLINE: N_("Headline"),
    Field.ORGANISATION: N_("Organisation (keeps colleagues apart)"),
    Field.SECTOR: N_("Sector"),
    Field.SENIORITY: N_("Seniority, 1 to 5"),
    Field.INTERESTS: N_("Interests"),
    Field.OFFERS: N_("Offers"),
    Field.NEEDS: N_("Looks for"),
    Field.LANGUAGES: N_("Languages"),
    Field.PRONOUNS: N_("Pronouns"),
    Field.ACCESS_NEEDS: N_("Access needs (for the team only)"),
    Field.STATUS: N_("Status (refunds stay out)"),
    Field.ORDER: N_("Order number"),
    Field.POSITION: N_("Ticket number"),
    Field.GUEST: N_("Guest number"),
}

PROFILE_LABELS: Final = {
    "name": N_("Name"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "headline": N_("Headline"),
    "organisation": N_("Organisation"),
    "sector": N_("Sector"),
    "seniority": N_("Seniority"),
    "interests": N_("Interests"),
    "offers": N_("Offers"),
    "needs": N_("Looks for"),
    "languages": N_("Languages"),
    "pronouns": N_("Pronouns"),
    "access_needs": N_("Access needs"),
}

REASONS: Final = {
    "refunded": N_("refunded"),
    "declined": N_("is not coming"),
    "cancelled": N_("cancelled"),
    "transferred": N_("ticket passed on to somebody else"),
    "pending": N_("not paid or not approved yet"),
    "waitlist": N_("on the waiting list"),
    "invited": N_("invited, has not answered"),
    "expired": N_("expired"),
    "repeated": N_("stands again further down: row %(instead)s counts"),
    "left_out": N_("left out by you"),
}

VENDORS: Final = {
    Vendor.EVENTBRITE: "Eventbrite",
    Vendor.LUMA: "Luma",
    Vendor.PRETIX: "pretix",
    Vendor.MEETUP: "Meetup",
    Vendor.TITO: "Tito",
    Vendor.TYPEFORM: "Typeform",
    Vendor.GOOGLE_FORMS: "Google Forms",
    Vendor.OTHER: "",
}

SEPARATORS: Final = {",": N_("commas"), ";": N_("semicolons"), "\t": N_("tabs"), "|": N_("bars")}

ENCODINGS: Final = {
    "utf_8": "UTF-8",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "utf_16_le": "UTF-16",
    "utf_16_be": "UTF-16",
    "utf_16": "UTF-16",
    "utf_32_le": "UTF-32",
    "utf_32_be": "UTF-32",
}

_PROBLEMS: Final = {
    "cell_too_long": N_("A cell has %(length)s characters; at most %(limit)s are possible."),
    "too_many_cells": N_("%(cells)s cells but only %(columns)s columns: a separator stands inside a value."),
    "name_reserved": N_("“%(word)s” could be taken for somebody of the team."),
    "phone_unreadable": N_("The phone number cannot be dialled and stays out."),
    "seniority_unreadable": N_("The seniority is no number from 1 to 5 and stays out."),
    "text_shortened": N_("A text of %(length)s characters is cut to %(limit)s."),
    "tag_shortened": N_("Long phrases are shortened: %(count)s."),
    "tags_left_out": N_("Only the first %(limit)s phrases are kept."),
    "status_unknown": N_("We don't know the status “%(status)s”: the row comes in."),
}


def problem_words(texts: Catalog, problem: Problem) -> str:
    """Return what is wrong with a cell, as a sentence."""
    message = _PROBLEMS.get(problem.code) or SENTENCES.get(problem.code, UNKNOWN)
    text = texts.gettext(message)
    return text % problem.detail if "%(" in text else text


def reason_words(texts: Catalog, reason: str, instead: int | None) -> str:
    """Return why a row is skipped, as half a sentence."""
    text = texts.gettext(REASONS.get(reason, UNKNOWN))
    return text % {"instead": instead or 0} if "%(" in text else text
