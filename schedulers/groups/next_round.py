"""Whether a round can follow with everybody seated and nobody meeting anybody again.

An integer model answers, and says what it takes if there is no such round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.explanation import LetMeetAgain, LetSitOut, NextRound
from schedulers.groups.existence import RoundModel
from schedulers.groups.search import GroupSearch
from schedulers.schedule import MaxIterations, MaxRuntime, meeting_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.budget import Limits
    from schedulers.problem import BoolArray, IntArray, Problem

# The largest room, in people times tables, whose next round an integer model looks for.
MOST_SEATS = 2000


def next_round_of(problem: Problem, held: IntArray, limits: Limits) -> NextRound:
    """Return whether a round can follow ``held`` with everybody seated and nobody meeting anybody again."""
    r = len(held)
    people = int(problem.present[:, r].sum())
    met = (meeting_counts(held) > 0) | problem.met_before()
    if people * len(problem.tables) > MOST_SEATS:
        is_possible = _quick_round(problem, held, limits)
        return NextRound(r, True if is_possible else None)
    model = RoundModel(problem, r, met | ~problem.allowed)
    model.seat_all()
    answer = model.solve(limits)
    if answer.row is not None:
        return NextRound(r, is_possible=True)
    if not answer.is_proven:
        return NextRound(r, is_possible=None)
    return NextRound(r, False, tuple(_ways_out(problem, r, met, limits)))


def _ways_out(problem: Problem, r: int, met: BoolArray, limits: Limits) -> Iterator[LetSitOut | LetMeetAgain]:
    """Yield what it takes to hold round ``r``: people who sit out, or pairs of ``met`` who meet again."""
    model = RoundModel(problem, r, met | ~problem.allowed)
    model.pay_for_waiting(dict.fromkeys(range(problem.n), 1))
    answer = model.solve(limits)
    if answer.row is not None:
        yield LetSitOut(answer.cost, answer.is_proven)
    model = RoundModel(problem, r, ~problem.allowed)
    model.seat_all()
    there = problem.present[:, r]
    pairs = np.argwhere(np.triu(met & problem.allowed & there[:, None] & there[None, :], 1))
    model.pay_for_meeting(dict.fromkeys(((one, other) for one, other in pairs.tolist()), 1))
    answer = model.solve(limits)
    if answer.row is not None:
        yield LetMeetAgain(answer.cost, answer.is_proven)


def _quick_round(problem: Problem, held: IntArray, limits: Limits) -> bool:
    """Return whether the planner finds a next round without second meetings for a large room."""
    seconds = limits.seconds_left()
    stop = MaxIterations(0) if seconds is None else MaxRuntime(seconds)
    found = GroupSearch(problem, held, stop, seed=0, until=len(held) + 1).run()
    again = found.repeats - int(np.maximum(0, meeting_counts(held) - 1).sum()) // 2
    is_seated = bool((found.seats[-1][problem.present[:, len(held)]] >= 0).all())
    return is_seated and not again
