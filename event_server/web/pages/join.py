"""The event's own QR code: a badge code, somebody new, or a name on the list that the door confirms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.commands import AddAttendees, Request
from event_server.domain.messages import Refused, guest
from event_server.domain.names import folded
from event_server.domain.phases import ALLOWED
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile, checked
from event_server.storage.attendees import typed_code
from event_server.storage.tokens import attendee_id_of
from event_server.web.entrance import admit, ask, at_event, claim_of, enter, guest_here, is_on_list
from event_server.web.refusals import status_of
from event_server.web.templating import new_id

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.domain.messages import AttendeeId
    from event_server.web.forms import Form
    from event_server.web.visit import Visit

LEAST_LETTERS = 3
"""Letters of a name that must be known to find it: the list is not to be read off."""

MOST_FOUND = 6
CODE_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody on the list."""

    attendee: AttendeeId
    name: str


@dataclass(frozen=True, slots=True)
class JoinPage:
    """Context of ``attendee/join.html``.

    Attributes:
        code: The event's join code.
        takes_new: New people may join.
        name: What was typed.
        found: Who may be meant by a name.
        learns_tonight: Answers move tonight's pairings too.
    """

    code: str
    takes_new: bool
    learns_tonight: bool
    badge: str = ""
    name: str = ""
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Context of ``attendee/join_me.html``: is this you?"""

    code: str
    badge: str
    name: str


async def show(visit: Visit) -> Response:
    """Show the ways in; who is in already goes on."""
    here = await _here(visit)
    if guest_here(here) is not None:
        return here.redirect("phone")
    return here.render("attendee/join.html", _page(here))


async def enter_code(visit: Visit) -> Response:
    """Ask whether somebody is who their badge code says."""
    here = await _here(visit)
    badge = (await here.form()).text("badge")
    try:
        attendee = await _by_badge(here, badge)
    except Refused as refused:
        page = _page(here, badge=badge)
        return here.render("attendee/join.html", page, status=status_of(refused.code), refused=refused)
    name = here.room.people[attendee].profile.name
    return here.render("attendee/join_me.html", ConfirmPage(here.event.join_code, badge, name))


async def confirm(visit: Visit) -> Response:
    """Claim the badge whose code was typed."""
    here = await _here(visit)
    attendee = await _by_badge(here, (await here.form()).text("badge"))
    return await admit(here, await claim_of(here, attendee))


async def walk_in(visit: Visit) -> Response:
    """Add somebody who is not on the list."""
    here = await _here(visit)
    form = await here.form()
    try:
        await here.services.throttle.hit("join", here.event.id)
        attendee = await _added(here, form)
    except Refused as refused:
        page = _page(here, name=form.text("name"))
        return here.render("attendee/join.html", page, status=status_of(refused.code), refused=refused)
    await here.services.claims.bind(await claim_of(here, attendee))
    return await enter(here, attendee)


async def _added(here: Visit, form: Form) -> AttendeeId:
    """Return the id of the new person. It follows from the form's id: sent twice, a form adds one person.

    No login of theirs could add people: the form adds whoever sends it, and only them.
    """
    if not form.flag("consent"):
        raise Refused("consent_missing", field="consent")
    if AddAttendees not in ALLOWED[here.room.state.phase]:
        raise Refused("no_walk_ins")
    form_id = form.text("id") or new_id()
    attendee = attendee_id_of(f"walk-in:{here.event.id}:{form_id}")
    profile = checked(Profile(name=form.text("name"), language=here.language))
    command = AddAttendees(attendees=(attendee,))
    request = Request(actor=guest(attendee), id=f"join-{form_id[:40]}", command=command)
    await here.room.submit(request, [ProfileRow(attendee=attendee, profile=profile)])
    return attendee


async def search(visit: Visit) -> Response:
    """Show whose name on the list begins like what was typed."""
    here = await _here(visit)
    name = (await here.form()).text("name")
    try:
        await here.services.throttle.hit("join", here.event.id)
        found = _found(here, name)
    except Refused as refused:
        page = _page(here, name=name)
        return here.render("attendee/join.html", page, status=status_of(refused.code), refused=refused)
    return here.render("attendee/join.html", _page(here, name=name, found=found))


async def choose_name(visit: Visit) -> Response:
    """Claim a name: where the door stands open it binds, else the door is asked."""
    here = await _here(visit)
    attendee = (await here.form()).text("attendee")
    await here.services.throttle.hit("join", here.event.id)
    if not is_on_list(here, attendee):
        raise Refused("name_unknown")
    if here.room.state.rules.open_door:
        return await admit(here, await claim_of(here, attendee))
    return await ask(here, attendee)


async def _here(visit: Visit) -> Visit:
    row = await visit.services.events.by_join_code(visit.path("code"))
    if row is None:
        await visit.services.throttle.hit("join_code")
    return await at_event(visit, row)


def _page(here: Visit, *, badge: str = "", name: str = "", found: tuple[Found, ...] = ()) -> JoinPage:
    takes_new = AddAttendees in ALLOWED[here.room.state.phase]
    learns = here.room.state.rules.learn_tonight
    return JoinPage(here.event.join_code, takes_new, learns, badge=badge, name=name, found=found)


async def _by_badge(here: Visit, badge: str) -> AttendeeId:
    await here.services.throttle.hit("claim_code", here.event.id)
    await here.services.throttle.hit("claim_code_hour", here.event.id)
    code = typed_code(badge)
    row = await here.services.people.by_code(here.event.id, code) if len(code) == CODE_LENGTH else None
    if row is None or not is_on_list(here, row.attendee):
        raise Refused("code_unknown", field="badge")
    return row.attendee


def _found(here: Visit, name: str) -> tuple[Found, ...]:
    words = folded(name).split()
    if sum(map(len, words)) < LEAST_LETTERS:
        raise Refused("search_short", field="search", least=LEAST_LETTERS)
    found = [
        Found(attendee, person.profile.name)
        for attendee, person in here.room.people.items()
        if is_on_list(here, attendee) and _begins(folded(person.profile.name).split(), words)
    ]
    if not found:
        raise Refused("name_unknown", field="search")
    return tuple(sorted(found, key=lambda one: one.name.casefold())[:MOST_FOUND])


def _begins(name: list[str], words: list[str]) -> bool:
    return all(any(part.startswith(word) for part in name) for word in words)
