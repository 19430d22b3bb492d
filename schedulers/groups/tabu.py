"""Skeletons by search, for tables of any sizes: people swap places until nobody, or few, meet twice.

Counted are pairs of meetings of the same two people. What a swap would change follows from how often one
meets those at another table in all other rounds, and that is one matrix product for all people, tables and
rounds together (the neighbourhood of I. Dotú, P. Van Hentenryck, "Scheduling social tournaments locally",
2007; the matrix form is our own).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from schedulers.budget import Limits
    from schedulers.problem import IntArray

    Matrices = NDArray[np.float64]

# Two who have swapped in a round do not swap back for so many steps, at least and at most.
TENURE = (4, 12)
# Steps without fewer repeats before the search goes back to the best evening and shuffles some of it.
PATIENCE = 300
SHUFFLED = 6
NEVER = 1e9


def tabu_seats(
    sizes: Sequence[int], rounds: int, *, steps: int, limits: Limits, random: np.random.Generator
) -> IntArray:
    """Return the seats with the fewest repeats that were found, shape ``(rounds, sum(sizes))``.

    Args:
        sizes: How many people sit at each table.
        rounds: The number of rounds.
        steps: How many swaps are made at most.
        limits: When to stop before.
        random: Where to begin, and what to do among equals.
    """
    row = np.repeat(np.arange(len(sizes)), sizes)
    search = TabuSearch(np.stack([row, *(random.permutation(row) for _ in range(1, rounds))]), random)
    for _ in range(steps):
        if search.repeats == 0 or limits.are_spent():
            break
        search.step()
    return search.best


class TabuSearch:
    """An evening on its way to one without repeats.

    Attributes:
        seats: Shape ``(rounds, people)``: the evening as it is.
        repeats: Its pairs of meetings of the same two people.
        best: The evening with the fewest, of all so far.
        least: How many it has.
    """

    def __init__(self, seats: IntArray, random: np.random.Generator) -> None:
        self.seats = seats
        self._random = random
        self._sizes = np.bincount(seats[0])
        rounds, people = seats.shape
        self._until = np.zeros((rounds, people, people), dtype=np.int64)
        self._now = self._since = 0
        self.best, self.least = seats, 1 << 60
        self._count()

    def changes(self) -> Matrices:
        """Return by how much each swap of two people in a round changes ``repeats``.

        Returns:
            Shape ``(rounds, people, people)``, symmetric, infinitely much for two of one table.
        """
        rounds, people = self.seats.shape
        at_table = (self.seats[:, :, None] == np.arange(len(self._sizes))).astype(np.float64)
        # What one would meet again at each table; at one's own table this round itself is taken off.
        again = (self._met @ at_table.transpose(1, 0, 2).reshape(people, -1)).reshape(people, rounds, -1)
        there = again[:, np.arange(rounds)[:, None], self.seats].transpose(1, 0, 2)
        own = np.diagonal(there, axis1=1, axis2=2) - (self._sizes[self.seats] - 1)
        moved = there - own[:, :, None]
        change: Matrices = moved + moved.transpose(0, 2, 1) - 2 * self._met
        change[self.seats[:, :, None] == self.seats[:, None, :]] = np.inf
        self._own = own
        return change

    def step(self) -> None:
        """Make the best swap that is open and moves somebody who meets another again."""
        change = self.changes()
        is_open = (self._until <= self._now) | (self.repeats + change < self.least)
        allowed = np.where(is_open & (self._own > 0)[:, :, None], change, np.inf)
        lowest = allowed.min()
        if np.isinf(lowest):
            self._shuffle()
            return
        best = np.flatnonzero(allowed == lowest)
        r, one, other = np.unravel_index(self._random.choice(best), change.shape)
        self._swap(int(r), int(one), int(other))
        self._count()
        if self._now - self._since > PATIENCE:
            self._shuffle()

    def _swap(self, r: int, one: int, other: int) -> None:
        row = self.seats[r]
        row[[one, other]] = row[[other, one]]
        self._now += 1
        self._until[r, [one, other], [other, one]] = self._now + self._random.integers(*TENURE)

    def _count(self) -> None:
        same = self.seats[:, :, None] == self.seats[:, None, :]
        self._met = same.sum(axis=0, dtype=np.float64)
        np.fill_diagonal(self._met, 0.0)
        self.repeats = int((self._met * (self._met - 1)).sum()) // 4
        if self.repeats < self.least:
            self.best, self.least, self._since = self.seats.copy(), self.repeats, self._now

    def _shuffle(self) -> None:
        self.seats, self._since = self.best.copy(), self._now
        rounds, people = self.seats.shape
        for _ in range(SHUFFLED if rounds > 1 else 0):
            one, other = self._random.choice(people, 2, replace=False)
            self._swap(int(self._random.integers(1, rounds)), int(one), int(other))
        self._count()
