"""Who may still meet whom, and how often: an evening of pairs without its calendar.

Whom somebody meets over an evening and when they do are two questions. The first is a *simple
b-matching*: every person has a degree, the number of partners still to come, and every pair is used at
most once. Breaks fit in as meetings with a *bench*: one more node for each side, worth nothing to
anybody, with as many places as there are breaks to share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.problem import ever_together
from schedulers.schedule import meeting_counts, sit_outs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import BoolArray, IntArray, Problem, WeightArray


@dataclass(frozen=True, eq=False, slots=True)
class Outlook:
    """The rounds after the held ones.

    Attributes:
        problem: The evening.
        held: Seats of the held rounds, shape ``(held rounds, n)``.
        present: Shape ``(n, rounds to come)``.
        possible: Shape ``(n, n)``: who may still meet, and is there together once at least.
        waited: Shape ``(n,)``: sit-outs in the held rounds.
        sides: Shape ``(n,)``: all 0 without sides.
        meetings: Shape ``(rounds to come,)``: how many pairs each round can hold at most.
    """

    problem: Problem
    held: IntArray
    present: BoolArray
    possible: BoolArray
    waited: IntArray
    sides: IntArray
    meetings: IntArray

    @property
    def rounds(self) -> int:
        """Return the number of rounds to come."""
        return int(self.present.shape[1])


def outlook_of(problem: Problem, held: IntArray, *, until: int | None = None) -> Outlook:
    """Return what the rounds ``held`` leave open, up to the round ``until``, by default all."""
    present = problem.present[:, len(held) : until]
    possible = problem.may_meet() & ever_together(present)
    if len(held):
        possible &= meeting_counts(held) == 0
    if problem.met:
        possible &= ~problem.met_before()
    sides = problem.sides if problem.sides.size else np.zeros(problem.n, dtype=np.int64)
    return Outlook(
        problem=problem,
        held=held,
        present=present,
        possible=possible,
        waited=sit_outs(problem, held),
        sides=sides,
        meetings=_most_meetings(problem, present),
    )


def _most_meetings(problem: Problem, present: BoolArray) -> IntArray:
    heads = present.sum(axis=0)
    if problem.sides.size:
        ones = present[problem.sides == 1].sum(axis=0)
        most = np.minimum(ones, heads - ones)
    else:
        most = heads // 2
    meetings: IntArray = np.minimum(most, len(problem.tables)).astype(np.int64)
    return meetings


class Breaks(NamedTuple):
    """Who sits out how often in the rounds to come.

    Attributes:
        certain: Shape ``(n,)``: the breaks that everybody has in any fair plan.
        eligible: Shape ``(n,)``: who may have one more.
        open: For each side, how many of its eligible people have one more.
    """

    certain: IntArray
    eligible: BoolArray
    open: tuple[int, int]


def fair_breaks(outlook: Outlook, degree: IntArray, partners: IntArray, due: Sequence[int]) -> Breaks:
    """Return breaks shared as evenly as can be: nobody has another before everybody had as many.

    Args:
        outlook: The rounds to come.
        degree: Shape ``(n,)``: the rounds in which each person is free.
        partners: Shape ``(n,)``: with how many people they may spend them; the others are breaks.
        due: For each side, how many breaks there are to share.
    """
    forced = np.maximum(degree - partners, 0)
    certain = forced.copy()
    eligible = np.zeros(len(degree), dtype=np.bool_)
    extra = [0, 0]
    for side, breaks in enumerate(due):
        mine = np.flatnonzero(outlook.sides == side)
        waited, least, most = outlook.waited[mine], forced[mine], degree[mine]
        total, level = int(least.sum()), 0
        while total < min(breaks, int(most.sum())):
            level += 1
            total = int(np.clip(level - waited, least, most).sum())
        if level:
            certain[mine] = np.clip(level - 1 - waited, least, most)
            eligible[mine] = np.clip(level - waited, least, most) > certain[mine]
            extra[side] = min(breaks, total) - int(certain[mine].sum())
    return Breaks(certain, eligible, (extra[0], extra[1]))


@dataclass(frozen=True, eq=False, slots=True)
class Demand:
    """A simple b-matching: people first, then benches.

    Attributes:
        weights: Shape ``(k, k)``: what a meeting is worth, 0 for a break.
        possible: Shape ``(k, k)``: which pairs may be chosen.
        degree: Shape ``(k,)``: how many partners each node is to have.
        people: How many of the nodes are people.
    """

    weights: WeightArray
    possible: BoolArray
    degree: IntArray
    people: int


def demand_of(
    outlook: Outlook, musts: Sequence[tuple[int, int]], breaks_due: Sequence[int] | None = None
) -> tuple[Demand, Breaks]:
    """Return the b-matching that is left when the pairs ``musts`` are settled.

    Args:
        outlook: The rounds to come.
        musts: Pairs that meet in any case, each once.
        breaks_due: For each side, how many breaks there are; by default the fewest that counting allows.
    """
    n = outlook.problem.n
    free = outlook.present.sum(axis=1)
    possible = outlook.possible
    if musts:
        first, second = np.array(musts).T
        np.subtract.at(free, first, 1)
        np.subtract.at(free, second, 1)
        possible = possible.copy()
        possible[first, second] = possible[second, first] = False
    due = fewest_breaks(outlook) if breaks_due is None else breaks_due
    free = np.maximum(free, 0)
    breaks = fair_breaks(outlook, free, possible.sum(axis=1), due)
    degree = free - breaks.certain
    benches = [side for side in (0, 1) if breaks.open[side]]
    k = n + len(benches)
    weights = np.zeros((k, k), dtype=np.int32)
    weights[:n, :n] = outlook.problem.weights
    joined = np.zeros((k, k), dtype=np.bool_)
    joined[:n, :n] = possible
    for bench, side in enumerate(benches, start=n):
        joined[bench, :n] = joined[:n, bench] = breaks.eligible & (outlook.sides == side)
    degrees = np.concatenate([degree, [breaks.open[side] for side in benches]]).astype(np.int64)
    return Demand(weights, joined, degrees, n), breaks


def fewest_breaks(outlook: Outlook, *, trios: bool = False) -> tuple[int, int]:
    """Return for each side the breaks that remain if every round holds as many pairs as can be.

    Args:
        outlook: The rounds to come.
        trios: Whether a third one may join a pair where the head-count is odd.
    """
    there, pairs = outlook.present.sum(axis=1), int(outlook.meetings.sum())
    if outlook.problem.sides.size:
        ones = int(there[outlook.sides == 1].sum())
        return int(there.sum()) - ones - pairs, ones - pairs
    joining = int(trio_rounds(outlook).sum()) if trios else 0
    return int(there.sum()) - 2 * pairs - joining, 0


def trio_rounds(outlook: Outlook) -> BoolArray:
    """Return which rounds to come may hold a trio, shape ``(rounds to come,)``."""
    problem = outlook.problem
    if problem.odd != "trio" or problem.sides.size:
        return np.zeros(outlook.rounds, dtype=np.bool_)
    odd: BoolArray = (outlook.present.sum(axis=0) % 2 == 1) & (outlook.meetings > 0)
    return odd


def fairest_waits(outlook: Outlook) -> IntArray:
    """Return sit-outs of all rounds, shape ``(n,)``, if only numbers stood in the way."""
    free = outlook.present.sum(axis=1)
    partners = outlook.possible.sum(axis=1)
    breaks = fair_breaks(outlook, free, partners, fewest_breaks(outlook, trios=True))
    waits = outlook.waited + breaks.certain
    for side in (0, 1):
        waits[np.flatnonzero(breaks.eligible & (outlook.sides == side))[: breaks.open[side]]] += 1
    return waits
