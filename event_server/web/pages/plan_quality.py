"""How good the plan is, for the sentences of its page."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.names import folded
from event_server.domain.plans import ceiling_of
from event_server.domain.results import meetings
from event_server.domain.state import pairs_of
from event_server.views.plan_quality import (
    PlanQuality,
    Unmet,
    plan_quality,
    sit_outs,
    unmet_wishes,
    waiting_wishes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.messages import AttendeeId
    from event_server.domain.plan_figures import Mixed
    from event_server.domain.state import LiveEvent, Pair, PlanInForce
    from event_server.views.scene import Scene

CLOSE = 0.001
"""A gap that nobody would notice."""


@dataclass(frozen=True, slots=True)
class Resting:
    """Who sits out, and in which rounds."""

    id: AttendeeId
    name: str
    rounds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the plan is.

    Attributes:
        figures: What the dashboard shows, too.
        ceiling: Proven bound of the value, or none.
        gap: What is missing of the ceiling at worst, 0 to 1, or none; ``is_close``: next to nothing.
        more: By how much of its value another plan could be worth more, or none.
        is_searched: The ceiling was found by a search; prices prove a higher one, or none.
        repeats: Pairs who would meet twice this evening.
        least: Meetings of whoever has fewest.
        resting: Everybody who sits out, most often first.
        mixed: What tables were to mix, and how far they do.
        wishes: Wishes that find no place.
        waiting: Wishes of people who are not here.
    """

    figures: PlanQuality
    ceiling: int | None
    gap: float | None
    more: float | None
    is_close: bool
    is_searched: bool
    meetings: int
    repeats: int
    least: int
    most: int
    resting: tuple[Resting, ...]
    mixed: tuple[Mixed, ...]
    wishes: tuple[Unmet, ...]
    waiting: tuple[Unmet, ...]


def quality_of(scene: Scene) -> Quality | None:
    """Return how good the plan in force is, or none without one."""
    state, plan, figures = scene.state, scene.state.plan, plan_quality(scene)
    if plan is None or figures is None:
        return None
    pairs = _pairs(state, plan)
    times = Counter(person for pair in pairs for person in pair)
    met = [times[person] for person in _planned(plan)]
    ceiling = None if figures.patched else ceiling_of(plan)
    gap = (ceiling - plan.value) / ceiling if ceiling else None
    return Quality(
        figures=figures,
        ceiling=ceiling,
        gap=gap,
        more=(ceiling - plan.value) / plan.value if ceiling and plan.value else None,
        is_close=gap is not None and gap <= CLOSE,
        is_searched=ceiling is not None and ceiling != plan.bound,
        meetings=len(pairs),
        repeats=len(pairs) - len(set(pairs)),
        least=min(met, default=0),
        most=max(met, default=0),
        resting=_resting(scene),
        mixed=plan.figures.mixed if plan.figures and not figures.patched else (),
        wishes=unmet_wishes(scene),
        waiting=waiting_wishes(scene),
    )


def _resting(scene: Scene) -> tuple[Resting, ...]:
    rounds: dict[AttendeeId, list[int]] = defaultdict(list)
    for number, people in sit_outs(scene.state).items():
        for person in people:
            rounds[person].append(number)
    found = [Resting(person, scene.name(person), tuple(numbers)) for person, numbers in rounds.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.rounds), folded(one.name), one.id)))


def _pairs(state: LiveEvent, plan: PlanInForce) -> Sequence[Pair]:
    """Return every meeting of the evening, held ones first."""
    held = [pair for pair, _ in meetings(state)]
    running = [pair for seats in state.running.tables for pair in pairs_of(seats)] if state.running else []
    ahead = [r for n, r in enumerate(plan.rounds, plan.first_round) if n >= state.next_number]
    return (
        held + running + [pair for planned in ahead for seats in planned.tables for pair in pairs_of(seats)]
    )


def _planned(plan: PlanInForce) -> set[AttendeeId]:
    return {p for r in plan.rounds for seats in (*r.tables, r.sitting_out) for p in seats}
