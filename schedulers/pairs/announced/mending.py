"""The repair of announced rounds, one after the other.

First everybody whose meeting cannot be is matched anew, and all else stays. Where that is not certain to be
best, meetings are taken apart: all of them in a small room, the most helpful ones in a large room.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from schedulers.budget import Limits
from schedulers.pairs.announced.helpful import helpful
from schedulers.pairs.announced.leftover import match_leftover
from schedulers.pairs.announced.model import columns_of, part_of, rebuilt
from schedulers.pairs.announced.reasons import changes
from schedulers.pairs.announced.standing import Standing
from schedulers.pairs.announced.wishes import wishes_of
from schedulers.pairs.rounds.evening import still_possible
from schedulers.schedule import sit_outs

if TYPE_CHECKING:
    from schedulers.budget import Budget
    from schedulers.disturbance import Move
    from schedulers.pairs.announced.standing import Placed
    from schedulers.problem import BoolArray, IntArray, Problem

# How many people of a large room are taken apart at once; with a trio, groups are far more.
MOST_PEOPLE, MOST_WITH_TRIO = 40, 18
NO_TIME = Limits(deadline=0.0, seed=0)


class Mending:
    """Announced rounds being repaired.

    Attributes:
        moves: Who moves, so far.
        regrouped: Who keeps a table with others, so far.
    """

    def __init__(self, problem: Problem, held: IntArray, announced: IntArray) -> None:
        self._problem = problem
        self._rows = list(held)
        self._announced = announced
        self._first = len(held)
        self._open = still_possible(problem, held)
        self.moves: list[Move] = []
        self.regrouped: list[Move] = []

    def run(self, budget: Budget) -> IntArray:
        """Return the held rounds and the repaired ones, shape ``(rounds, n)``."""
        rounds = len(self._announced)
        for k in range(rounds):
            limits = budget.next_search(rounds - k) or NO_TIME
            standing = self._standing(limits)
            placed = mended(standing, limits)
            moves, regrouped = changes(standing, placed, len(self._rows))
            self.moves += moves
            self.regrouped += regrouped
            self._add(placed)
        return self._seats()

    def _seats(self) -> IntArray:
        return np.array(self._rows, dtype=np.int64).reshape(len(self._rows), self._problem.n)

    def _standing(self, limits: Limits) -> Standing:
        """Return what has become of the next announced round."""
        problem, r = self._problem, len(self._rows)
        before = self._announced[r - self._first]
        there = problem.present[:, r]
        last = self._rows[-1] if r else np.full(problem.n, -1, dtype=np.int64)
        return Standing(
            problem=problem,
            before=before,
            there=there,
            possible=self._open & there[:, None] & there[None, :],
            waited=sit_outs(problem, self._seats()),
            origin=np.where((before >= 0) & (before < len(problem.tables)), before, last),
            wishes=wishes_of(problem, before, r, possible=self._open, limits=limits),
            reserved=self._reserved(),
        )

    def _reserved(self) -> BoolArray:
        """Return the pairs who are announced to meet in a round after the next."""
        reserved = np.zeros_like(self._open)
        r = len(self._rows)
        for later, row in enumerate(self._announced[r - self._first + 1 :], start=r + 1):
            there = self._problem.present[:, later] & (row >= 0)
            reserved |= (row[:, None] == row[None, :]) & there[:, None] & there[None, :]
        return reserved & self._open

    def _add(self, placed: list[Placed]) -> None:
        row = np.full(self._problem.n, -1, dtype=np.int64)
        for group, table in placed:
            row[list(group)] = table
            for i, j in combinations(group, 2):
                self._open[i, j] = self._open[j, i] = False
        self._rows.append(row)


def mended(standing: Standing, limits: Limits) -> list[Placed]:
    """Return the groups of a round with the least disturbance found."""
    placed, is_best = match_leftover(standing, limits)
    if is_best or limits.are_spent():
        return placed
    whole = part_of(standing, placed, range(len(placed)), standing.problem.n)
    columns = columns_of(standing, whole)
    if columns is not None:
        return max(placed, rebuilt(standing, whole, columns, limits), key=standing.merit)
    return _mended_in_parts(standing, placed, limits)


def _mended_in_parts(standing: Standing, placed: list[Placed], limits: Limits) -> list[Placed]:
    """Return ``placed`` with the most helpful groups taken apart, until that helps no more."""
    most = MOST_WITH_TRIO if standing.may_trio else MOST_PEOPLE
    while not limits.are_spent():
        part = part_of(standing, placed, helpful(standing, placed, most), most)
        columns = columns_of(standing, part)
        if not columns:
            break
        better = rebuilt(standing, part, columns, limits)
        if standing.merit(better) <= standing.merit(placed):
            break
        placed = better
    return placed
