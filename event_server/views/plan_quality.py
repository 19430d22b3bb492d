"""How good the plan in force is: what is proven, who gains least, who sits out, which wishes are unmet."""

from __future__ import annotations

from collections import Counter
from math import comb
from typing import TYPE_CHECKING

from event_server.domain.phases import Phase
from event_server.domain.plans import ceiling_of
from event_server.domain.seating import PAIR
from event_server.views.scene import Scene, View

if TYPE_CHECKING:
    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import LiveEvent, PlanInForce

MOST_NAMED = 3
"""Wishes that the dashboard names; the plan's page has them all."""


class Unmet(View, frozen=True):
    """A wish that finds no place.

    Attributes:
        by: The last round in which it was to happen, 0 for any.
        why: ``absent``, ``apart``, ``languages``, ``same_side``, ``fixed_apart``, ``met_before``,
            ``too_late`` or ``no_place``.
    """

    names: tuple[str, str]
    why: str
    by: int = 0


class WorstOff(View, frozen=True):
    """Who of those here gains least over the evening, and what their best partners would have brought."""

    name: str
    total: int
    possible: int


class PlanQuality(View, frozen=True):
    """How good the plan in force is.

    Attributes:
        seats: How many people a table holds, at most.
        meetings: How many times two people sit together, in the rounds it covers.
        repeats: How many of all meetings of the evening are not the first of these two.
        current: It was made for who is here now.
        rounds: How many rounds it covers.
        value: What all meetings of the evening are worth, 0 to 1,000 points each.
        bound: No plan with the same meetings is worth more, as prices prove, and at tables of more than two
            no plan at all; absent while that is not known.
        search_bound: The same, as a complete search found.
        floor: What whoever gains least has; ``floor_bound``: no plan gives them more.
        taught: Answers moved the plan; all figures speak of profiles alone.
        level: Profiles tell nobody from anybody else: every meeting counts the same.
        unmet: Wishes that find no place; the first of them are ``wishes``.
        sit_outs: Of the whole evening, held rounds included, one for each person and round.
        resting: How many people share them; ``most_sit_outs``: of one person.
        patched: A round was made fit in haste, and what was proven speaks of the plan before.
        polishing: The solver looks for a better one.
        provable: The proof can be taken away.
    """

    current: bool
    first_round: int
    rounds: int
    value: int
    meetings: int
    seats: int = PAIR
    repeats: int = 0
    bound: int | None = None
    search_bound: int | None = None
    floor: int | None = None
    floor_bound: int | None = None
    worst: WorstOff | None = None
    taught: bool = False
    level: bool = False
    unmet: int = 0
    wishes: tuple[Unmet, ...] = ()
    sit_outs: int = 0
    resting: int = 0
    most_sit_outs: int = 0
    stage: str = "final"
    patched: bool = False
    polishing: bool = False
    provable: bool = False


def plan_quality(scene: Scene) -> PlanQuality | None:
    """Return how good the plan in force is; none while there is none, or only one made in haste."""
    state, plan = scene.state, scene.state.plan
    if plan is None or plan.basis < 0:
        return None
    times = Counter(person for people in sit_outs(state).values() for person in people)
    is_measured = not plan.patched
    figures = plan.figures if is_measured else None
    return PlanQuality(
        current=plan.basis == state.plan_basis,
        first_round=plan.first_round,
        rounds=len(plan.rounds),
        value=plan.value,
        meetings=sum(comb(len(seats), PAIR) for planned in plan.rounds for seats in planned.tables),
        seats=state.rules.seats,
        repeats=plan.repeats,
        bound=plan.bound if is_measured else None,
        search_bound=figures.search_bound if figures else None,
        floor=plan.floor,
        floor_bound=figures.floor_bound if figures else None,
        worst=_worst(scene, plan),
        taught=plan.merit is not None,
        level=figures is not None and figures.level,
        unmet=plan.unmet,
        wishes=unmet_wishes(scene)[:MOST_NAMED],
        sit_outs=times.total(),
        resting=len(times),
        most_sit_outs=max(times.values(), default=0),
        stage=plan.stage,
        patched=not is_measured,
        polishing=scene.is_polishing,
        provable=scene.has_proof,
    )


def sit_outs(state: LiveEvent) -> dict[int, tuple[AttendeeId, ...]]:
    """Return who sits out in each round: as it was in those called, as it is meant in those to come."""
    found = {called.number: tuple(sorted(called.sat_out())) for called in state.rounds}
    for number in range(state.next_number, state.rules.rounds + 1):
        planned = state.plan.round(number) if state.plan else None
        found[number] = planned.sitting_out if planned else ()
    return found


def unmet_wishes(scene: Scene) -> tuple[Unmet, ...]:
    """Return the wishes for which the plan in force has no place."""
    plan = scene.state.plan
    if plan is None or plan.figures is None:
        return ()
    return tuple(
        Unmet(names=(scene.name(wish.one), scene.name(wish.other)), why=wish.why, by=wish.by)
        for wish in plan.figures.wishes
    )


def waiting_wishes(scene: Scene) -> tuple[Unmet, ...]:
    """Return the wishes that no plan knows yet, because one of the two is not here."""
    state = scene.state
    if state.phase is Phase.DRAFT:
        return ()
    here = set(state.present())
    return tuple(
        Unmet(names=(scene.name(one), scene.name(other)), why="absent", by=by)
        for (one, other), (rule, by) in state.pair_rules.items()
        if rule == "must" and not here >= {one, other} and other not in state.met.get(one, frozenset())
    )


def _worst(scene: Scene, plan: PlanInForce) -> WorstOff | None:
    """Return who gains least, if profiles tell anything at all."""
    figures = plan.figures
    if figures is None or not figures.worst or plan.patched or not ceiling_of(plan):
        return None
    return WorstOff(name=scene.name(figures.worst), total=figures.worst_total, possible=figures.worst_bound)
