"""The door: who comes in is found by name or code and checked in; works without scripts, on a phone first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from event_server.domain.commands import AddAttendees, CheckIn
from event_server.domain.messages import Refused
from event_server.domain.names import folded
from event_server.domain.phases import ALLOWED, Phase
from event_server.domain.private import ProfileRow
from event_server.domain.profile import Profile, checked
from event_server.views.scene import SEAT_LETTERS
from event_server.web.i18n import N_
from event_server.web.pages.attendance import DONE, action_command, possible_actions
from event_server.web.pages.listing import matches
from event_server.web.pages.roster import id_of_new, known_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import Attendee
    from event_server.storage.pending_claims import PendingRow
    from event_server.views.scene import Scene
    from event_server.web.visit import Visit

RECENT: Final = 5
MOST_FOUND: Final = 12


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at the door; ``actions`` from `possible_actions`."""

    id: AttendeeId
    name: str
    organisation: str
    code: str
    status: str
    arrived_at: float | None
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A seat in a round that is called, running or planned."""

    table: int
    seat: str
    round: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A phone that says it belongs to somebody."""

    claim: str
    name: str
    asked_at: float


@dataclass(frozen=True, slots=True)
class DoorPage:
    """Context of ``organizer/door.html``.

    Attributes:
        done: Who was just checked in, with their place if it is known already.
        found: Who matches the search; empty without one.
        more: How many more match.
        is_draft: The doors are not open yet: nobody can be checked in.
    """

    expected: int
    arrived: int
    query: str
    done: Guest | None
    place: Place | None
    next_round: int
    found: tuple[Guest, ...]
    more: int
    recent: tuple[Guest, ...]
    waiting: tuple[Waiting, ...]
    is_draft: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class WalkInPage:
    """Context of ``organizer/door_new.html``: what was typed."""

    name: str = ""
    organisation: str = ""
    email: str = ""
    is_draft: bool = False


async def show(visit: Visit) -> Response:
    """Show the search, the result of the last check-in, and the last arrivals."""
    asked = visit.request.query_params
    pending = await visit.services.pending.list_pending(visit.event.id)
    page = door_page(visit.scene(), asked.get("q", "").strip(), asked.get("in", ""), pending)
    return visit.render("organizer/door.html", page)


async def attend(visit: Visit) -> Response:
    """Check somebody in, or take it back."""
    form = await visit.form()
    person = known_person(visit, form.text("attendee"))
    action = form.text("action")
    await visit.submit(action_command(action, person.id))
    if action in {"check_in", "return"}:
        return visit.go(f"{visit.url('door')}?{urlencode({'in': person.id})}")
    return visit.redirect("door", flash=DONE[action], name=visit.scene().name(person.id))


async def answer_claim(visit: Visit) -> Response:
    """Say whether a phone belongs to whom it says."""
    form = await visit.form()
    pending, event = visit.services.pending, visit.event.id
    settle = pending.confirm if form.text("answer") == "yes" else pending.refuse
    row = await settle(event, form.text("claim"))
    if row is None:
        raise Refused("link_used")
    if row.status == "confirmed":
        name = visit.scene().name(row.attendee)
        return visit.redirect("door", flash=N_("The phone of %(name)s is in."), name=name)
    return visit.redirect("door", flash=N_("That phone stays out."))


async def ask_walk_in(visit: Visit) -> Response:
    """Show the short form for somebody who is not on the list."""
    name = visit.request.query_params.get("name", "")[:80]
    is_draft = visit.room.state.phase is Phase.DRAFT
    return visit.render("organizer/door_new.html", WalkInPage(name=name, is_draft=is_draft))


async def add_walk_in(visit: Visit) -> Response:
    """Add somebody and check them in at once."""
    form = await visit.form()
    name, organisation, email = (form.text(key) for key in ("name", "organisation", "email"))
    attendee = id_of_new(visit, form)
    is_draft = visit.room.state.phase is Phase.DRAFT
    try:
        profile = checked(Profile(name=name, organisation=organisation, email=email))
        row = ProfileRow(attendee=attendee, profile=profile)
        await visit.submit(AddAttendees(attendees=(attendee,)), private=[row])
    except Refused as refused:
        page = WalkInPage(name=name, organisation=organisation, email=email, is_draft=is_draft)
        return visit.render("organizer/door_new.html", page, status=422, refused=refused)
    if CheckIn in ALLOWED[visit.room.state.phase]:
        await visit.submit(CheckIn(attendee=attendee), place=1)
        return visit.go(f"{visit.url('door')}?{urlencode({'in': attendee})}")
    return visit.redirect("door", flash=N_("%(name)s is on the list."), name=profile.name)


def door_page(scene: Scene, query: str, done: AttendeeId, pending: Sequence[PendingRow] = ()) -> DoorPage:
    """Return what the desk sees: counts, who matches ``query``, and who came last."""
    state = scene.state
    people = list(state.expected())
    arrived = [person for person in people if person.arrived_at is not None]
    found = _found(scene, people, query) if query else []
    just_in = state.roster.get(done)
    shown = just_in if just_in is not None and just_in.is_present and not just_in.erased else None
    latest = sorted(arrived, key=lambda person: -(person.arrived_at or 0.0))[:RECENT]
    return DoorPage(
        expected=len(people),
        arrived=len(arrived),
        query=query,
        done=_guest(scene, shown) if shown else None,
        place=_place(scene, shown.id) if shown else None,
        next_round=min(state.next_number, state.rules.rounds),
        found=tuple(_guest(scene, person) for person in found[:MOST_FOUND]),
        more=max(0, len(found) - MOST_FOUND),
        recent=tuple(_guest(scene, person) for person in latest),
        waiting=tuple(Waiting(row.id, scene.name(row.attendee), row.asked_at) for row in pending),
        is_draft=state.phase is Phase.DRAFT,
        is_over=state.phase in {Phase.WRAP_UP, Phase.CLOSED},
    )


def _found(scene: Scene, people: list[Attendee], query: str) -> list[Attendee]:
    """Return who matches, those still to come first: they are who stands at the door."""
    found = [person for person in people if matches(query, *_words(scene, person.id))]
    return sorted(found, key=lambda person: (person.is_present, folded(scene.name(person.id)), person.number))


def _words(scene: Scene, attendee: AttendeeId) -> tuple[str, str, str]:
    known = scene.people.get(attendee)
    return (known.code, known.profile.name, known.profile.organisation) if known else ("", "", "")


def _guest(scene: Scene, person: Attendee) -> Guest:
    known = scene.people.get(person.id)
    return Guest(
        id=person.id,
        name=scene.name(person.id),
        organisation=known.profile.organisation if known else "",
        code=known.code if known else "",
        status=person.status.value,
        arrived_at=person.arrived_at,
        actions=possible_actions(scene.state, person),
    )


def _place(scene: Scene, attendee: AttendeeId) -> Place | None:
    """Return where somebody sits now, or will sit by a plan that already counts on them."""
    state = scene.state
    if state.running is not None:
        number, tables = state.running.number, state.running.tables
        here = _seat(tables, attendee, number)
        if here is not None:
            return here
    if state.plan is None or state.plan.basis != state.plan_basis:
        return None
    planned = state.plan.round(state.next_number)
    return _seat(planned.tables, attendee, state.next_number) if planned else None


def _seat(tables: Sequence[Sequence[AttendeeId]], attendee: AttendeeId, number: int) -> Place | None:
    for table, seats in enumerate(tables, 1):
        if attendee in seats:
            return Place(table=table, seat=SEAT_LETTERS[list(seats).index(attendee)], round=number)
    return None
