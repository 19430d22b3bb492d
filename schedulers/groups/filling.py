"""Seats for people who need not be left over, and room for must-meets, where the search found none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.groups.announced.placing import Placing
from schedulers.groups.announced.standing import Standing
from schedulers.groups.existence import RoundModel
from schedulers.groups.legal import legal_row
from schedulers.groups.sizes import most_seated
from schedulers.schedule import meeting_counts, unmet_musts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.budget import Limits
    from schedulers.groups.existence import Pair
    from schedulers.problem import IntArray, Problem

# The largest room whose rounds an integer model searches, and the most seats that pairs could share in one
# that also counts repeats.
MOST_PEOPLE, MOST_SHARED = 60, 5000


def fuller_row(problem: Problem, seats: IntArray, r: int, limits: Limits) -> IntArray | None:
    """Return other seats for round ``r`` of ``seats``, shape ``(any, n)``; ``None`` if none can be better.

    They hold more must-meets or seat more people, if that is possible, in a room of up to sixty; whether
    the plan is better for it is not said. In a larger room they seat more if single moves are enough.
    """
    there = problem.present[:, r]
    wishes = set(_wishes(problem, seats, r))
    seated = int((seats[r] >= 0).sum())
    is_full = seated == there.sum() or seated == most_seated(problem, r)
    if is_full and all(seats[r, one] == seats[r, other] >= 0 for one, other in wishes):
        return None
    if there.sum() > MOST_PEOPLE:
        return legal_row(problem, r, Placing(Standing(problem, seats[:r], seats[r])).run())
    if limits.are_spent():
        return None
    model = RoundModel(problem, r, ~problem.allowed)
    others = np.delete(seats, r, axis=0)
    met = (meeting_counts(others) > 0) | problem.met_before()
    again = np.argwhere(np.triu(met & there[:, None] & there[None, :], 1))
    again = again if len(again) * len(problem.tables) <= MOST_SHARED else again[:0]
    model.pay_for_meeting(dict.fromkeys(((one, other) for one, other in again.tolist()), 1))
    seat = len(again) + 1
    model.pay_for_waiting(dict.fromkeys(range(problem.n), seat))
    model.pay_for_meeting(dict.fromkeys(wishes, -seat * (problem.n + 1)))
    return model.solve(limits, hint=seats[r]).row


def _wishes(problem: Problem, seats: IntArray, r: int) -> Iterator[Pair]:
    """Yield must-meets that happen in time in round ``r``, or could and do not happen at all."""
    unmet = set(unmet_musts(problem, seats))
    for must in problem.musts:
        first, second, by = must
        can_meet = problem.present[[first, second], r].all() and (by is None or r <= by)
        if can_meet and (must in unmet or seats[r, first] == seats[r, second] >= 0):
            yield min(first, second), max(first, second)
