"""Skeletons by rotation: all people of one seat move on by the same number of tables, in a circle.

Person ``x`` of seat ``s`` sits in round ``r`` at table ``x + jumps[r, s]``, modulo the number of tables. Two
people of the seats ``s`` and ``t`` share a table in round ``r`` if ``jumps[r, s] - jumps[r, t]`` is the
difference of their ``x``, and two of one seat never do. So nobody meets anybody twice if, for every two
seats, that difference is another one in each round: the columns of a (partial) *difference matrix* over the
whole numbers modulo the number of tables (C. J. Colbourn, J. H. Dinitz, "Handbook of Combinatorial Designs",
VI.17). Seat 0 is the hosts, who never move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.problem import IntArray

# Steps without a better matrix before the search begins another one.
PATIENCE = 400
# A jump that was given up is not taken again for so many steps, at least and at most.
TENURE = (4, 11)
NEVER = 1 << 30
THREE = 3


def even_jumps(tables: int, seats: int, rounds: int) -> IntArray | None:
    """Return jumps that are the same in every round, or ``None`` where there are none.

    Seats that jump ``a`` and ``b`` tables a round meet the same people again after ``tables / gcd(a - b,
    tables)`` rounds, which must not be one of the divisors of ``tables`` below ``rounds``. Let ``h`` be the
    largest of these. The multiples of ``tables / h`` last only ``h`` rounds, so of any ``tables / h + 1``
    seats two would meet again; and the jumps from 0 to ``tables / h - 1`` are so close that all last longer.

    Returns:
        Shape ``(rounds, seats)``: by how many tables each seat has moved on since round 0.
    """
    too_short = max((h for h in range(1, min(rounds, tables + 1)) if tables % h == 0), default=0)
    if seats * too_short > tables:
        return None
    return np.outer(np.arange(rounds), np.arange(seats)) % tables


def jump_tables(jumps: IntArray, tables: int) -> IntArray:
    """Return who sits where: shape ``(rounds, seats, tables)``, the table of person ``x`` of seat ``s``."""
    return (jumps[:, :, None] + np.arange(tables)) % tables


def searched_jumps(
    tables: int, seats: int, rounds: int, *, steps: int, limits: Limits, random: np.random.Generator
) -> IntArray | None:
    """Return jumps that differ from round to round, found by a tabu search, or ``None`` if none were.

    Each step changes the one jump that leaves the fewest pairs of rounds in which two seats stand alike.

    Args:
        tables: The number of tables.
        seats: The number of seats at each.
        rounds: The number of rounds. More than ``tables`` are impossible for two seats; and as many for three
            seats at an even number of tables: twice each difference would come once, and the sums disagree.
        steps: How many changes are made at most.
        limits: When to stop before.
        random: Where to begin, and what to do among equals.

    Returns:
        Shape ``(rounds, seats)``, zero in round 0 and at seat 0, as of :func:`even_jumps`.
    """
    if rounds > tables or (rounds == tables and tables % 2 == 0 and seats >= THREE):
        return None
    while steps > 0:
        search = _JumpSearch(tables, random.integers(0, tables, (rounds, seats)), random)
        while steps > 0 and search.stalled < PATIENCE and not limits.are_spent():
            if search.is_done:
                return search.jumps
            search.step()
            steps -= 1
        if limits.are_spent():
            break
    return None


class _JumpSearch:
    """A matrix of jumps on its way to one without repeats.

    Attributes:
        jumps: Shape ``(rounds, seats)``.
        stalled: Steps since there was last a matrix better than all before.
        is_done: Whether nobody meets anybody twice.
    """

    def __init__(self, tables: int, jumps: IntArray, random: np.random.Generator) -> None:
        self.jumps = jumps
        self.jumps[0], self.jumps[:, 0] = 0, 0
        self.stalled = 0
        self._random = random
        self._tables = tables
        self._until = np.zeros((*jumps.shape, tables), dtype=np.int64)
        self._now = 0
        self._least = NEVER
        self._weigh()

    def _weigh(self) -> None:
        """Count for every jump that could be, in how many rounds it would stand to another seat alike."""
        seats = self.jumps.shape[1]
        other = np.arange(seats)
        apart = (self.jumps[:, :, None] - self.jumps[:, None, :]) % self._tables
        often = np.zeros((seats, seats, self._tables), dtype=np.int64)
        np.add.at(often, (other[:, None], other, apart), 1)
        often[other, other] = 0
        would_be = (np.arange(self._tables) - self.jumps[:, :, None]) % self._tables
        self._costs = often[:, other[:, None], would_be].sum(axis=2).swapaxes(0, 1)
        # As it is, every round is alike to itself, once for each of the other seats.
        self._own = np.take_along_axis(self._costs, self.jumps[:, :, None], axis=2)[:, :, 0] - (seats - 1)
        cost = int(self._own.sum())
        self.is_done = cost == 0
        self.stalled = 0 if cost < self._least else self.stalled + 1
        self._least = min(self._least, cost)

    def step(self) -> None:
        """Change the jump, among those that cause repeats, that leaves the fewest."""
        gain = self._costs - self._own[:, :, None]
        gain[(self._until > self._now) | (self._own == 0)[:, :, None]] = NEVER
        np.put_along_axis(gain, self.jumps[:, :, None], NEVER, axis=2)
        gain[0], gain[:, 0] = NEVER, NEVER
        self._now += 1
        lowest = gain.min()
        if lowest == NEVER:
            self.stalled += 1
            return
        best = np.flatnonzero(gain == lowest)
        r, seat, jump = np.unravel_index(self._random.choice(best), gain.shape)
        self._until[r, seat, self.jumps[r, seat]] = self._now + self._random.integers(*TENURE)
        self.jumps[r, seat] = jump
        self._weigh()
