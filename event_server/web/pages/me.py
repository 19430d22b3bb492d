"""The guest about themselves: own card, leaving and coming back, being forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from event_server.domain.commands import ChangeProfile, EraseAttendee, Leave, Return
from event_server.domain.messages import Refused
from event_server.domain.private import ErasureRow, ProfileRow
from event_server.domain.profile import Profile, checked, first_name
from event_server.web.i18n import N_
from event_server.web.pages.tag_fields import (
    Offer,
    important,
    language_words,
    mendings,
    offer,
    typed_languages,
    typed_level,
    typed_tags,
    with_important,
)

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.tags.book import TagBook
    from event_server.web.forms import Form
    from event_server.web.visit import Visit

TEXT_FIELDS = (
    "name",
    "email",
    "phone",
    "headline",
    "organisation",
    "sector",
    "pronouns",
    "access_needs",
    "link",
)
PEOPLE_FIELDS = ("knows", "avoids")
TICKED_FIELDS = ("values", "goals")
FLAGS = ("share_email", "share_phone", "learning")

MENDINGS_SAID = 3
"""Typing errors that are told at most: what is said once travels in a cookie."""


@dataclass(frozen=True, slots=True)
class CardPage:
    """Context of ``attendee/card.html``.

    Attributes:
        waiting: Other devices that want to be this person.
        important: The interests that matter most.
        languages: The person's, by name.
        learns_tonight: Answers of who agrees move tonight's pairings too.
    """

    profile: Profile
    code: str
    waiting: int
    important: tuple[str, ...]
    languages: tuple[str, ...]
    offer: Offer
    learns_tonight: bool


@dataclass(frozen=True, slots=True)
class SurePage:
    """Context of ``attendee/leave.html`` and ``attendee/erase.html``."""

    first: str


async def card(visit: Visit) -> Response:
    """Show one's own card as a form."""
    return visit.render("attendee/card.html", await _card_page(visit, _profile(visit)))


async def save_card(visit: Visit) -> Response:
    """Save one's own card."""
    form = await visit.form()
    book = visit.scene().tags
    typed = _typed(_profile(visit), form, book)
    try:
        profile = checked(typed)
        await visit.submit(ChangeProfile(), private=[ProfileRow(attendee=visit.attendee, profile=profile)])
    except Refused as refused:
        page = await _card_page(visit, typed)
        return visit.render("attendee/card.html", page, status=422, refused=refused)
    if mended := mendings(form, book)[:MENDINGS_SAID]:
        pairs = [visit._("“%(typed)s” as “%(meant)s”", typed=one, meant=other) for one, other in mended]
        said = N_("Your card is saved. We read %(words)s.")
        return visit.redirect("card", flash=said, words=", ".join(pairs))
    return visit.redirect("phone", flash=N_("Your card is saved."))


async def ask_leave(visit: Visit) -> Response:
    """Ask whether somebody really goes."""
    return visit.render("attendee/leave.html", SurePage(first_name(_profile(visit).name)))


async def leave(visit: Visit) -> Response:
    """Go home; nobody plans with them any more."""
    await visit.submit(Leave())
    return visit.redirect("phone")


async def come_back(visit: Visit) -> Response:
    """Take part again."""
    await visit.submit(Return())
    return visit.redirect("phone")


async def ask_erase(visit: Visit) -> Response:
    """Say what being forgotten means."""
    return visit.render("attendee/erase.html", SurePage(first_name(_profile(visit).name)))


async def erase(visit: Visit) -> Response:
    """Forget the guest: profile, answers by and about them, every login."""
    await visit.submit(EraseAttendee(attendee=visit.attendee), private=[ErasureRow(attendee=visit.attendee)])
    await visit.log_out("guest", visit.event.id)
    return visit.redirect("start", flash=N_("Your data is gone."))


def _profile(visit: Visit) -> Profile:
    person = visit.room.people.get(visit.attendee)
    if person is None:
        raise Refused("unknown_attendee")
    return person.profile


async def _card_page(visit: Visit, profile: Profile) -> CardPage:
    waiting = await visit.services.pending.list_pending(visit.event.id, visit.attendee)
    return CardPage(
        profile=profile,
        code=visit.room.people[visit.attendee].code,
        waiting=len(waiting),
        important=important(profile),
        languages=language_words(profile, visit.language),
        offer=offer(visit.language),
        learns_tonight=visit.room.state.rules.learn_tonight,
    )


def _typed(profile: Profile, form: Form, book: TagBook) -> Profile:
    """Return ``profile`` with what the form says, typing errors mended; what it does not ask for stays."""
    typed = msgspec.structs.replace(
        profile,
        **{field: form.text(field) for field in TEXT_FIELDS},
        **{field: form.lines(field) for field in PEOPLE_FIELDS},
        **{field: form.texts(field) for field in TICKED_FIELDS},
        **{field: form.flag(field) for field in FLAGS},
        **typed_tags(form, book),
        languages=typed_languages(form),
        seniority=typed_level(form),
    )
    return with_important(typed, form.lines("important"), book)
