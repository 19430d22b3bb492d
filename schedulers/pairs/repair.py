"""Fifth stage: rounds with people who are free, because a meeting found no room, are filled again.

Two who are free in one round meet, or each takes a partner out of one pair: the exchange that is worth
most. What is given up stays open for a later round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.calendar import NOBODY, rounds_in
from schedulers.pairs.rounding import NEVER
from schedulers.problem import MAX_WEIGHT

if TYPE_CHECKING:
    from schedulers.pairs.calendar import Calendar, Pair
    from schedulers.pairs.demand import Outlook
    from schedulers.problem import BoolArray, IntArray

# A seat for somebody who lacks one outweighs any value.
SEAT = 8 * MAX_WEIGHT
COUPLE = 2
# So many others are tried for somebody who is a meeting short.
MOST_TRIED = 20
# Of people who are not short but could meet all the same, so many are tried.
MOST_CONTENT = 4


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

    def share_breaks(self) -> None:
        """Let people sit out instead of others who would more often by two, at the least loss of value."""
        waits = self._outlook.waited + np.array([rounds.bit_count() for rounds in self._calendar.free])
        for person in np.argsort(-waits, kind="stable").tolist():
            while waits[person] > 1:
                relief = max(
                    (self._relief(r, person, waits) for r in rounds_in(self._calendar.free[person])),
                    default=(NEVER, 0, 0, 0),
                )
                if relief[0] == NEVER:
                    break
                _, r, other, partner = relief
                self._calendar.remove(other, partner, r)
                self._calendar.add(person, partner, r)
                for one, is_open in ((other, True), (person, False)):
                    self._open[one, partner] = self._open[partner, one] = is_open
                waits[[person, other]] += -1, 1

    def _relief(self, r: int, person: int, waits: IntArray) -> tuple[int, int, int, int]:
        """Return the gain of seating ``person`` in round ``r``, the round, instead of whom, and with whom."""
        ends, others = self._movable(r)
        fits = self._open[person, others] & (waits[ends] <= waits[person] - 2)
        fits &= self._outlook.sides[ends] == self._outlook.sides[person]
        ends, others = ends[fits], others[fits]
        if not len(ends):
            return NEVER, r, 0, 0
        gain = self._weights[person, others].astype(np.int64) - self._weights[ends, others]
        k = int(np.argmax(gain))
        return int(gain[k]), r, int(ends[k]), int(others[k])

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
        """Seat two of ``free`` in round ``r``, those who are a meeting short first; return both."""
        ends, others = self._movable(r)
        lost = self._weights[ends, others].astype(np.int64)
        in_need = sorted(free, key=lambda person: -self._lacking[person])
        short = sum(int(self._lacking[person] > 0) for person in free)
        for one in in_need[: max(short, MOST_CONTENT)]:
            rest = np.array([person for person in free if person != one], dtype=np.int64)
            rest = rest[np.argsort(-self._lacking[rest], kind="stable")][:MOST_TRIED]
            merit = SEAT * (self._lacking[rest] > 0)
            direct = np.where(self._open[one, rest], merit + self._weights[one, rest], NEVER)
            best = int(np.argmax(direct))
            if direct[best] > NEVER:
                return self._apply(r, (one, int(rest[best])))
            if not len(ends):
                continue
            gain = self._weights[one, ends] + self._weights[rest[:, None], others] - lost
            gain = np.where(self._open[one, ends] & self._open[rest[:, None], others], gain, NEVER)
            other, k = np.unravel_index(int(np.argmax(gain + merit[:, None])), gain.shape)
            if gain[other, k] > NEVER:
                return self._apply(r, (one, int(rest[other]), int(ends[k]), int(others[k])))
        return None

    def _movable(self, r: int) -> tuple[IntArray, IntArray]:
        """Return everybody in round ``r`` whose partner may change, and the partners."""
        row = np.array(self._calendar.partner[r], dtype=np.int64)
        for one, other in self._musts:
            if row[one] == other:
                row[[one, other]] = NOBODY
        ends = np.flatnonzero(row >= 0)
        return ends, row[ends]

    def _apply(self, r: int, found: tuple[int, ...]) -> Pair:
        """Let the first two meet, or each of them one of the other two, who meet now."""
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
        return one, other


def lacking(chosen: BoolArray, calendar: Calendar) -> IntArray:
    """Return how many meetings of ``chosen``, shape ``(n, n)``, each person does not have."""
    held: IntArray = (calendar.partners() >= 0).sum(axis=0)
    short: IntArray = chosen.sum(axis=1) - held
    return short
