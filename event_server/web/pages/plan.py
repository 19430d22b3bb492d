"""Who meets whom: held rounds as they were, planned rounds as they are meant."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from event_server.domain.commands import Replan
from event_server.domain.names import folded
from event_server.domain.phases import ALLOWED, Phase
from event_server.domain.rotation import rotation_of
from event_server.domain.seating import goes_by_card
from event_server.web.i18n import N_
from event_server.web.pages.insight import ShownInsight, shown_insight
from event_server.web.pages.listing import matches
from event_server.web.pages.plan_quality import Quality, quality_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.responses import Response

    from event_server.domain.messages import AttendeeId, Seating
    from event_server.domain.state import LiveEvent
    from event_server.planning.insight import Insight
    from event_server.views.scene import Scene
    from event_server.web.visit import Visit

Place: TypeAlias = tuple[int, tuple[str, ...]]
RoundKind = Literal["held", "called", "planned", "open"]
"""Whether a round is history, on its way, meant, or not planned yet."""


@dataclass(frozen=True, slots=True)
class RoundColumn:
    """A round; ``tables`` is (number, names of the people in order of seats), ``resting`` who sits out."""

    number: int
    kind: RoundKind
    patched: bool
    tables: tuple[tuple[int, tuple[str, ...]], ...]
    resting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where somebody is in a round: a table with partners, ``rests``, or nothing (not here, not planned)."""

    table: int = 0
    partners: tuple[str, ...] = ()
    rests: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One person's evening."""

    id: AttendeeId
    name: str
    cells: tuple[Cell, ...]
    meets: int
    side: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Context of ``organizer/plan.html``.

    Attributes:
        people: Who has a place in a round.
        seats: How many people a table holds, at most.
        elsewhere: Who is on the list and has none: not here, or gone before the first round.
        provisional: The doors are not open: made for everybody on the list, not for who is here.
        is_planning: The solver looks for the plan that is needed now.
        outdated: Somebody came, went or was changed since the plan was made.
        in_step: Whether cards can be printed; none where nobody asks for them, or has them by now.
    """

    rounds: tuple[RoundColumn, ...]
    rows: tuple[PlanRow, ...]
    people: int
    elsewhere: int
    tables: int
    seats: int
    minutes: float
    quality: Quality | None
    insight: ShownInsight
    provisional: bool
    is_planning: bool
    outdated: bool
    can_redo: bool
    query: str
    in_step: bool | None


async def show(visit: Visit) -> Response:
    """Show the matrix of people and rounds."""
    query = visit.request.query_params.get("q", "").strip()
    room = visit.room
    page = plan_page(visit.scene(), query=query, is_planning=room.is_planning, insight=room.planning.insight)
    return visit.render("organizer/plan.html", page)


async def redo(visit: Visit) -> Response:
    """Ask for another plan, from another seed."""
    await visit.submit(Replan(seed=secrets.randbelow(2**31)))
    return visit.redirect(
        "plan", flash=N_("Another plan is being made. The one you see holds until it is better.")
    )


def plan_page(
    scene: Scene, *, query: str = "", is_planning: bool = False, insight: Insight | None = None
) -> PlanPage:
    """Return the evening as it was held and as it is planned."""
    state = scene.state
    places = _places(state)
    concerned = {person for there in places for person in there}
    listed = {person.id for person in state.expected()} | concerned
    shown = [person for person in (listed if query else concerned) if matches(query, "", scene.name(person))]
    shown.sort(key=lambda person: (folded(scene.name(person)), state.roster[person].number))
    return PlanPage(
        rounds=_columns(scene),
        rows=tuple(_row(scene, person, places) for person in shown),
        people=len(concerned),
        elsewhere=len(listed - concerned),
        tables=state.rules.tables,
        seats=state.rules.seats,
        minutes=state.rules.talk_seconds / 60,
        quality=quality_of(scene),
        insight=shown_insight(scene, insight),
        provisional=state.phase is Phase.DRAFT,
        is_planning=is_planning,
        outdated=state.plan is not None and state.plan.basis != state.plan_basis,
        can_redo=Replan in ALLOWED[state.phase] and state.next_number <= state.rules.rounds,
        query=query,
        in_step=_in_step(state),
    )


def _in_step(state: LiveEvent) -> bool | None:
    if not goes_by_card(state.rules) or state.rounds or state.plan is None or len(state.plan.rounds) == 1:
        return None
    return rotation_of([planned.tables for planned in state.plan.rounds]) is not None


def _seatings(state: LiveEvent) -> list[tuple[Seating, frozenset[AttendeeId]]]:
    """Return for every round of the evening who sits where and who sits out; empty where nothing is known."""
    past = [(r.tables, r.sitting_out) for r in state.rounds]
    ahead = []
    for number in range(state.next_number, state.rules.rounds + 1):
        planned = state.plan.round(number) if state.plan else None
        ahead.append((planned.tables, frozenset(planned.sitting_out)) if planned else ((), frozenset()))
    return past + ahead


def _columns(scene: Scene) -> tuple[RoundColumn, ...]:
    state = scene.state
    patched = state.plan.patched if state.plan else frozenset()
    columns = []
    for number, (seating, out) in enumerate(_seatings(state), 1):
        called = state.rounds[number - 1] if number <= len(state.rounds) else None
        kind: RoundKind = "open"
        if called is not None:
            kind = "held" if called.is_held else "called"
        elif any(seating):
            kind = "planned"
        columns.append(
            RoundColumn(
                number=number,
                kind=kind,
                patched=called.patched if called is not None else number in patched,
                tables=tuple(
                    (n, tuple(map(scene.name, seats))) for n, seats in enumerate(seating, 1) if seats
                ),
                resting=tuple(sorted(map(scene.name, out), key=folded)),
            )
        )
    return tuple(columns)


def _places(state: LiveEvent) -> list[dict[AttendeeId, Place]]:
    """Return for every round where everybody is: the table and who sits there, 0 and nobody for a rest."""
    return [
        dict.fromkeys(out, (0, ()))
        | {person: (number, seats) for number, seats in enumerate(seating, 1) for person in seats}
        for seating, out in _seatings(state)
    ]


def _row(scene: Scene, person: AttendeeId, places: Sequence[Mapping[AttendeeId, Place]]) -> PlanRow:
    attendee = scene.state.roster[person]
    cells = tuple(_cell(scene, person, there.get(person), attendee.table) for there in places)
    return PlanRow(
        id=person,
        name=scene.name(person),
        cells=cells,
        meets=len({other for there in places for other in there.get(person, (0, ()))[1] if other != person}),
        side=attendee.side or "",
    )


def _cell(scene: Scene, person: AttendeeId, place: Place | None, fixed: int | None) -> Cell:
    if place is None:
        return Cell()
    number, seats = place
    partners = tuple(scene.name(other) for other in seats if other != person)
    return Cell(table=number, partners=partners, rests=not number, fixed=bool(number) and fixed == number)
