"""The guest's phone: the page that holds the first view, and the same view for phones without a socket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from event_server.domain.messages import Refused
from event_server.views.attendee import AttendeeView, attendee_view
from event_server.web.decks import deck_url
from event_server.web.i18n import language_name
from event_server.web.pages.poll import newest

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class LiveSetup:
    """Where the live connection starts; ``js/live.js`` reads it.

    Attributes:
        name: Tells apart what different people, or one at different events, keep on one device.
    """

    url: str
    poll_url: str
    post_url: str
    name: str
    view: AttendeeView


@dataclass(frozen=True, slots=True)
class PhoneSetup:
    """What never changes while the page is open; the addresses are paths of this server.

    Attributes:
        contact: Start of the address of one contact; an attendee's id and ``.vcf`` follow.
        here: This page.
        languages: (code, name in itself) of every language.
    """

    title: str
    timezone: str
    here: str
    card: str
    contacts: str
    contact: str
    claims: str
    my_data: str
    erase: str
    join: str
    language: str
    languages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PhonePage:
    """Context of ``attendee/phone.html``.

    Attributes:
        view: What is drawn before any script runs.
        prompts: Address of the questions.
        ends_at: End of the running phase, POSIX seconds, or none.
    """

    live: LiveSetup
    setup: PhoneSetup
    view: AttendeeView
    timezone: str
    prompts: str
    ends_at: float | None = None


async def show(visit: Visit) -> Response:
    """Show the phone; the table's number stands in the page before any socket opens."""
    first = _view(visit)
    live = LiveSetup(
        url=f"{visit.url('phone')}/ws",
        poll_url=visit.url("view"),
        post_url=visit.url("commands"),
        name=f"{visit.event.id}.{visit.attendee}",
        view=first,
    )
    page = PhonePage(
        live=live,
        setup=_setup(visit),
        view=first,
        timezone=visit.event.timezone,
        prompts=await deck_url(visit),
        ends_at=None if first.ends_at is None else first.ends_at / 1000,
    )
    response = visit.render("attendee/phone.html", page)
    # Going back in the browser must not bring back the table of an earlier round.
    response.headers["Cache-Control"] = "no-store"
    return response


async def view(visit: Visit) -> Response:
    """Give the newest view; 304 when nothing but the time has changed."""
    content = _view(visit)
    return newest(visit.request, content, timeless=msgspec.structs.replace(content, now=0))


def _setup(visit: Visit) -> PhoneSetup:
    event = visit.event
    return PhoneSetup(
        title=event.title,
        timezone=event.timezone,
        here=visit.url("phone"),
        card=visit.url("card"),
        contacts=visit.url("contacts"),
        contact=visit.url("contact", id="-").removesuffix("-.vcf"),
        claims=visit.url("claims_mine"),
        my_data=visit.url("my_data"),
        erase=visit.url("erase"),
        join=visit.url("join", code=event.join_code),
        language=visit.url("language"),
        languages=tuple((code, language_name(code)) for code in visit.services.catalogs.languages),
    )


def _view(visit: Visit) -> AttendeeView:
    if visit.attendee not in visit.room.state.roster:
        raise Refused("unknown_attendee")
    return attendee_view(visit.scene(), visit.attendee)
