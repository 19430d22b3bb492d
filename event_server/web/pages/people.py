"""The list of people: who is expected, who is here, whose names are easily confused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from event_server.domain.names import folded, lookalikes, reserved_word
from event_server.domain.phases import Phase
from event_server.domain.state import Status
from event_server.views.presence import Dot, dot
from event_server.web.pages.attendance import DONE, action_command, possible_actions
from event_server.web.pages.listing import Page, matches, page_of
from event_server.web.pages.roster import known_person

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import Attendee
    from event_server.views.scene import Scene
    from event_server.web.visit import Visit

STATUSES: Final = tuple(status.value for status in Status)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list.

    Attributes:
        alike: Somebody else's name looks the same.
        reserved: A word of the name by which they could pass for the team, or empty.
        actions: From `possible_actions`.
    """

    id: AttendeeId
    name: str
    organisation: str
    code: str
    status: str
    arrived_at: float | None
    side: str
    table: int
    phone: Dot
    alike: bool
    reserved: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Context of ``organizer/people.html``.

    Attributes:
        counts: How many people there are of each status.
        alike: Names that are easily confused, a group each.
        is_draft: The doors are not open yet.
    """

    listed: Page[PersonRow]
    query: str
    status: str
    counts: dict[str, int]
    total: int
    alike: tuple[tuple[str, ...], ...]
    is_draft: bool


async def show(visit: Visit) -> Response:
    """Show the list, or the part of it that was searched for."""
    asked = visit.request.query_params
    page = people_page(
        visit.scene(), asked.get("q", "").strip(), asked.get("status", ""), asked.get("page", "1")
    )
    return visit.render("organizer/people.html", page)


async def attend(visit: Visit) -> Response:
    """Check somebody in, let them rest, return or leave, or take a check-in back."""
    form = await visit.form()
    person = known_person(visit, visit.path("attendee"))
    action = form.text("action")
    await visit.submit(action_command(action, person.id))
    name = visit.scene().name(person.id)
    if form.text("then") == "person":
        return visit.redirect("person", flash=DONE[action], attendee=person.id, name=name)
    response = visit.redirect("people", flash=DONE[action], name=name)
    kept = {key: form.text(key) for key in ("q", "status", "page") if form.text(key)}
    if kept:
        response.headers["location"] += f"?{urlencode(kept)}"
    return response


def people_page(scene: Scene, query: str, status: str, number: str) -> PeoplePage:
    """Return the people who match ``query`` and ``status``, in alphabetical order."""
    people = list(scene.state.expected())
    counts = Counter(person.status.value for person in people)
    groups = lookalikes({person.id: scene.name(person.id) for person in people})
    alike = frozenset(person for group in groups for person in group)
    chosen = [
        person
        for person in people
        if status not in STATUSES or person.status.value == status
        if matches(query, _code(scene, person.id), scene.name(person.id), _organisation(scene, person.id))
    ]
    chosen.sort(key=lambda person: (folded(scene.name(person.id)), person.number))
    page = page_of(chosen, number)
    return PeoplePage(
        listed=Page(
            items=tuple(_row(scene, person, alike) for person in page.items),
            number=page.number,
            pages=page.pages,
            total=page.total,
        ),
        query=query,
        status=status if status in STATUSES else "",
        counts={name: counts[name] for name in STATUSES},
        total=len(people),
        alike=tuple(tuple(scene.name(person) for person in group) for group in groups),
        is_draft=scene.state.phase is Phase.DRAFT,
    )


def _row(scene: Scene, person: Attendee, alike: frozenset[AttendeeId]) -> PersonRow:
    name = scene.name(person.id)
    return PersonRow(
        id=person.id,
        name=name,
        organisation=_organisation(scene, person.id),
        code=_code(scene, person.id),
        status=person.status.value,
        arrived_at=person.arrived_at,
        side=person.side or "",
        table=person.table or 0,
        phone=dot(scene, person.id),
        alike=person.id in alike,
        reserved=reserved_word(name) or "",
        actions=possible_actions(scene.state, person),
    )


def _organisation(scene: Scene, attendee: AttendeeId) -> str:
    person = scene.people.get(attendee)
    return person.profile.organisation if person else ""


def _code(scene: Scene, attendee: AttendeeId) -> str:
    person = scene.people.get(attendee)
    return person.code if person else ""
