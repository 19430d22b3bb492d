"""Fifth stage: rounds with people who are free, because a meeting found no room, are filled again.

Two who are free in one round meet, or each takes a partner out of one pair: the exchange that is worth
most. What is given up stays open for a later round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.calendar import NOBODY
from schedulers.pairs.rounding import NEVER
from schedulers.problem import MAX_WEIGHT

if TYPE_CHECKING:
    from schedulers.pairs.calendar import Calendar, Pair
    from schedulers.pairs.demand import Outlook
    from schedulers.problem import BoolArray, IntArray

# A seat for somebody who lacks one outweighs any value.
SEAT = 8 * MAX_WEIGHT
COUPLE = 2


class Filling:
    """Rounds being filled again."""

    def __init__(self, outlook: Outlook, calendar: Calendar, musts: set[Pair], lacking: IntArray) -> None:
        """Prepare.

        Args:
            outlook: The rounds to come.
            calendar: The rounds as far as they are filled.
            musts: Pairs that must stay where they are.
            lacking: Shape ``(n,)``: how many meetings each person is short of.
        """
        self._outlook = outlook
        self._calendar = calendar
        self._musts = musts
        self._lacking = lacking
        self._weights = outlook.problem.weights
        self._open = outlook.possible.copy()
        for row in calendar.partners():
            people = np.flatnonzero(row >= 0)
            self._open[people, row[people]] = False
        for one, other in musts:
            self._open[one, other] = self._open[other, one] = False

    def fill(self) -> None:
        """Fill all rounds as far as exchanges can; give up the poorest meetings where there are too many."""
        for r in range(self._calendar.rounds):
            self._trim(r)
            free = [i for i, rounds in enumerate(self._calendar.free) if rounds >> r & 1]
            while len(free) >= COUPLE and self._calendar.count[r] < self._outlook.meetings[r]:
                seated = self._seat_two(r, free)
                if seated is None:
                    break
                free = [i for i in free if i not in seated]

    def _trim(self, r: int) -> None:
        ends, others = self._movable(r)
        surplus = self._calendar.count[r] - int(self._outlook.meetings[r])
        once = ends < others
        ends, others = ends[once], others[once]
        for k in np.argsort(self._weights[ends, others], kind="stable")[: max(0, surplus)]:
            one, other = int(ends[k]), int(others[k])
            self._calendar.remove(one, other, r)
            self._open[one, other] = self._open[other, one] = True
            self._lacking[[one, other]] += 1

    def _seat_two(self, r: int, free: list[int]) -> Pair | None:
        """Seat two of ``free`` by the best exchange in round ``r``; return them, or ``None``."""
        ends, others = self._movable(r)
        lost = self._weights[ends, others].astype(np.int64)
        best: tuple[int, tuple[int, ...]] = (NEVER, ())
        for at, one in enumerate(free):
            for other in free[at + 1 :]:
                merit = SEAT * (int(self._lacking[one] > 0) + int(self._lacking[other] > 0))
                if self._open[one, other]:
                    best = max(best, (merit + int(self._weights[one, other]), (one, other)))
                elif len(ends):
                    gain = self._weights[one, ends] + self._weights[other, others] - lost
                    gain[~(self._open[one, ends] & self._open[other, others])] = NEVER
                    k = int(np.argmax(gain))
                    if gain[k] > NEVER:
                        found = (one, other, int(ends[k]), int(others[k]))
                        best = max(best, (merit + int(gain[k]), found))
        if not best[1]:
            return None
        self._apply(r, best[1])
        return best[1][0], best[1][1]

    def _movable(self, r: int) -> tuple[IntArray, IntArray]:
        """Return everybody in round ``r`` whose partner may change, and the partners."""
        row = np.array(self._calendar.partner[r], dtype=np.int64)
        for one, other in self._musts:
            if row[one] == other:
                row[[one, other]] = NOBODY
        ends = np.flatnonzero(row >= 0)
        return ends, row[ends]

    def _apply(self, r: int, found: tuple[int, ...]) -> None:
        one, other = found[:2]
        if len(found) == COUPLE:
            new: tuple[Pair, ...] = ((one, other),)
        else:
            third, fourth = found[2:]
            self._calendar.remove(third, fourth, r)
            self._open[third, fourth] = self._open[fourth, third] = True
            new = ((one, third), (other, fourth))
        for i, j in new:
            self._calendar.add(i, j, r)
            self._open[i, j] = self._open[j, i] = False
        self._lacking[[one, other]] -= 1


def lacking(chosen: BoolArray, calendar: Calendar) -> IntArray:
    """Return how many meetings of ``chosen``, shape ``(n, n)``, each person does not have."""
    held: IntArray = (calendar.partners() >= 0).sum(axis=0)
    short: IntArray = chosen.sum(axis=1) - held
    return short
