"""Which group sits at which table: the least walking, people with a fixed table at theirs."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from schedulers.problem import BoolArray, IntArray, Problem

# Staying costs nothing even where tables have no coordinates, so a change costs a little by itself.
CHANGE = 1e-3
TRIO = 3


class Seating:
    """Seats groups round by round.

    The problem must have a table for every group, and a fixed one for no more than one of them.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._walks = _walks(problem)
        self._fits = _fits(problem)

    def stay(self, groups: Sequence[Sequence[int]], before: IntArray) -> IntArray:
        """Return the seats of one round at once: a group takes a table where one of them sat, if it can.

        Arguments and result are those of :meth:`seat`.
        """
        fixed, former = self._problem.fixed.tolist(), before.tolist()
        table_of = [max(fixed[person] for person in group) for group in groups]
        taken = {table for table in table_of if table >= 0}
        for k, group in enumerate(groups):
            if table_of[k] < 0:
                table_of[k] = next((t for t in (former[i] for i in group) if t >= 0 and t not in taken), -1)
                taken.add(table_of[k])
        left = iter(table for table in range(len(self._problem.tables)) if table not in taken)
        seats = [-1] * self._problem.n
        for group, table in zip(groups, table_of, strict=True):
            at = table if table >= 0 else next(left)
            for person in group:
                seats[person] = at
        return np.array(seats, dtype=np.int64)

    def reseat(self, row: IntArray, before: IntArray) -> IntArray:
        """Return the seats ``row`` of one round with the same groups at the tables that are nearest.

        Arguments and result have shape ``(n,)``; ``before`` is as for :meth:`seat`.
        """
        order = np.argsort(row, kind="stable")
        order = order[row[order] >= 0]
        starts = np.flatnonzero(np.diff(row[order], prepend=-1))
        groups = np.split(order, starts[1:]) if len(order) else []
        return self.seat([group.tolist() for group in groups], before)

    def seat(self, groups: Sequence[Sequence[int]], before: IntArray) -> IntArray:
        """Return the seats of one round, shape ``(n,)``, -1 for everybody in no group.

        Args:
            groups: Who sits together.
            before: Shape ``(n,)``: the seats of the round before, -1 for none.
        """
        seats = np.full(self._problem.n, -1, dtype=np.int64)
        if not groups:
            return seats
        sizes = np.array([len(group) for group in groups])
        people = np.fromiter(chain.from_iterable(groups), dtype=np.int64, count=int(sizes.sum()))
        starts = np.concatenate([[0], np.cumsum(sizes)])
        cost = self._walks[before[people[starts[:-1]]]]
        for place in range(1, int(sizes.max())):
            rows = np.flatnonzero(sizes > place)
            cost[rows] += self._walks[before[people[starts[rows] + place]]]
        # More than all walks together, so that no walk is worth a wrong table.
        never = 1.0 + 2.0 * float(np.abs(cost).sum())
        fixed = np.maximum.reduceat(self._problem.fixed[people], starts[:-1])
        for row in np.flatnonzero(fixed >= 0):
            cost[row, np.arange(cost.shape[1]) != fixed[row]] = never
        cost[~self._fits[sizes]] = never
        rows, tables = linear_sum_assignment(cost)
        table_of = np.empty(len(groups), dtype=np.int64)
        table_of[rows] = tables
        seats[people] = np.repeat(table_of, np.diff(starts))
        return seats


def _fits(problem: Problem) -> BoolArray:
    """Return whether a group of so many people (row) may sit at a table (column); any at tables of two."""
    least = np.array([table.least for table in problem.tables], dtype=np.int64)
    seats = np.array([table.seats for table in problem.tables], dtype=np.int64)
    sizes = np.arange(max(TRIO, int(seats.max(initial=0))) + 1)[:, None]
    fits: BoolArray = problem.is_pairs | ((least <= sizes) & (sizes <= seats))
    return fits


def _walks(problem: Problem) -> NDArray[np.float64]:
    """Return distances from table (row) to table (column); the last row is for whoever comes from none."""
    places = np.array([(table.x, table.y) for table in problem.tables], dtype=np.float64).reshape(-1, 2)
    away = np.linalg.norm(places[:, None, :] - places[None, :, :], axis=2)
    away += CHANGE * (1 - np.eye(len(places)))
    return np.concatenate([away, np.zeros((1, len(places)))])
