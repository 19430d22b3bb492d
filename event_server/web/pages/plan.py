"""Who meets whom: held rounds as they were, planned rounds as they are meant."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from event_server.domain.commands import Replan
from event_server.domain.phases import ALLOWED, Phase
from event_server.domain.results import meetings
from event_server.domain.state import pairs_of
from event_server.web.i18n import N_
from event_server.web.pages.listing import folded, matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from event_server.domain.messages import AttendeeId, Seating
    from event_server.domain.state import LiveEvent, PlanInForce
    from event_server.views.scene import Scene
    from event_server.web.visit import Visit

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
class Quality:
    """How good the plan is, for sentences.

    Attributes:
        value: What all planned meetings are worth together.
        ceiling: Proven bound of ``value``, or none.
        share: ``value`` of ``ceiling``, 0 to 1, or none.
        repeats: Pairs who would meet twice this evening.
        least: Meetings of whoever has fewest.
        sit_outs: Of the whole evening; ``resting`` is how many people share them.
        most_sit_outs: Of one person.
        unmet: Wishes that find no place.
    """

    value: int
    ceiling: int | None
    share: float | None
    meetings: int
    repeats: int
    least: int
    most: int
    sit_outs: int
    resting: int
    most_sit_outs: int
    unmet: int
    stage: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Context of ``organizer/plan.html``.

    Attributes:
        people: Who has a place in a round.
        elsewhere: Who is on the list and has none: not here, or gone before the first round.
        provisional: The doors are not open: made for everybody on the list, not for who is here.
        is_planning: The solver is at work.
        outdated: Somebody came, went or was changed since the plan was made.
    """

    rounds: tuple[RoundColumn, ...]
    rows: tuple[PlanRow, ...]
    people: int
    elsewhere: int
    tables: int
    minutes: float
    quality: Quality | None
    provisional: bool
    is_planning: bool
    outdated: bool
    can_redo: bool
    query: str


async def show(visit: Visit) -> Response:
    """Show the matrix of people and rounds."""
    query = visit.request.query_params.get("q", "").strip()
    page = plan_page(visit.room.scene(), query=query, is_planning=visit.room.is_planning)
    return visit.render("organizer/plan.html", page)


async def redo(visit: Visit) -> Response:
    """Ask for another plan, from another seed."""
    await visit.submit(Replan(seed=secrets.randbelow(2**31)))
    return visit.redirect(
        "plan", flash=N_("Another plan is being made. The one you see holds until it is better.")
    )


def plan_page(scene: Scene, *, query: str = "", is_planning: bool = False) -> PlanPage:
    """Return the evening as it was held and as it is planned."""
    state = scene.state
    columns = _columns(scene)
    concerned = {p for seating, out in _seatings(state) for seats in (*seating, out) for p in seats}
    listed = {person.id for person in state.expected()} | concerned
    shown = [person for person in (listed if query else concerned) if matches(query, "", scene.name(person))]
    shown.sort(key=lambda person: (folded(scene.name(person)), state.roster[person].number))
    return PlanPage(
        rounds=columns,
        rows=tuple(_row(scene, person) for person in shown),
        people=len(concerned),
        elsewhere=len(listed - concerned),
        tables=state.rules.tables,
        minutes=state.rules.talk_seconds / 60,
        quality=_quality(state),
        provisional=state.phase is Phase.DRAFT,
        is_planning=is_planning,
        outdated=state.plan is not None and state.plan.basis != state.plan_basis,
        can_redo=Replan in ALLOWED[state.phase] and state.next_number <= state.rules.rounds,
        query=query,
    )


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


def _row(scene: Scene, person: AttendeeId) -> PlanRow:
    state = scene.state
    fixed = state.roster[person].table
    cells = tuple(_cell(scene, person, seating, out, fixed) for seating, out in _seatings(state))
    return PlanRow(
        id=person,
        name=scene.name(person),
        cells=cells,
        meets=sum(len(cell.partners) for cell in cells),
        side=state.roster[person].side or "",
    )


def _cell(
    scene: Scene, person: AttendeeId, seating: Seating, out: frozenset[AttendeeId], fixed: int | None
) -> Cell:
    for number, seats in enumerate(seating, 1):
        if person in seats:
            partners = tuple(scene.name(other) for other in seats if other != person)
            return Cell(table=number, partners=partners, fixed=fixed == number)
    return Cell(rests=person in out)


def _quality(state: LiveEvent) -> Quality | None:
    plan = state.plan
    # A plan below zero was made in haste, without the solver: there is nothing to say about it.
    if plan is None or plan.basis < 0:
        return None
    pairs = _pairs(state, plan)
    out = [person for _, sitting_out in _seatings(state) for person in sitting_out]
    met = [sum(person in pair for pair in pairs) for person in _planned(plan)]
    return Quality(
        value=plan.value,
        ceiling=plan.bound,
        share=plan.value / plan.bound if plan.bound else None,
        meetings=len(pairs),
        repeats=len(pairs) - len(set(pairs)),
        least=min(met, default=0),
        most=max(met, default=0),
        sit_outs=len(out),
        resting=len(set(out)),
        most_sit_outs=max((out.count(person) for person in set(out)), default=0),
        unmet=plan.unmet,
        stage=plan.stage,
    )


def _pairs(state: LiveEvent, plan: PlanInForce) -> Sequence[tuple[AttendeeId, AttendeeId]]:
    """Return every meeting of the evening, held ones first."""
    held = [pair for pair, _ in meetings(state)]
    running = [pair for seats in state.running.tables for pair in pairs_of(seats)] if state.running else []
    ahead = [r for n, r in enumerate(plan.rounds, plan.first_round) if n >= state.next_number]
    return (
        held + running + [pair for planned in ahead for seats in planned.tables for pair in pairs_of(seats)]
    )


def _planned(plan: PlanInForce) -> set[AttendeeId]:
    return {p for r in plan.rounds for seats in (*r.tables, r.sitting_out) for p in seats}
