"""Who may still meet whom, and how often: an evening of pairs without its calendar.

Whom somebody meets over an evening and when they do are two questions. The first is a *simple
b-matching*: every person has a degree, the number of partners still to come, and every pair is used at
most once. Breaks fit in as meetings with a *bench*: one more node for each side, worth nothing to
anybody, with as many places as there are breaks to share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from schedulers.problem import ever_together
from schedulers.schedule import meeting_counts, sit_outs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.pairs.breaks import Breaks
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


def without(outlook: Outlook, musts: Sequence[tuple[int, int]]) -> Demand:
    """Return what is left to choose when the pairs ``musts``, each once, are settled; breaks not counted."""
    problem = outlook.problem
    free = outlook.present.sum(axis=1)
    possible = outlook.possible
    if musts:
        first, second = np.array(musts).T
        np.subtract.at(free, first, 1)
        np.subtract.at(free, second, 1)
        possible = possible.copy()
        possible[first, second] = possible[second, first] = False
    return Demand(problem.weights, possible, np.maximum(free, 0), problem.n)


def with_breaks(outlook: Outlook, demand: Demand, breaks: Breaks) -> Demand:
    """Return ``demand`` with a bench for each side that has breaks to share."""
    n = demand.people
    benches = [side for side in (0, 1) if breaks.open[side]]
    k = n + len(benches)
    weights = np.zeros((k, k), dtype=np.int32)
    weights[:n, :n] = demand.weights
    possible = np.zeros((k, k), dtype=np.bool_)
    possible[:n, :n] = demand.possible
    for bench, side in enumerate(benches, start=n):
        possible[bench, :n] = possible[:n, bench] = breaks.eligible & (outlook.sides == side)
    places = [breaks.open[side] for side in benches]
    degree = np.concatenate([demand.degree - breaks.certain, places]).astype(np.int64)
    return Demand(weights, possible, degree, n)
