"""Which group of a skeleton sits at which table: fixed seats and sizes first, then little moving about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from schedulers.problem import IntArray, Problem


def seated(problem: Problem, groups: IntArray) -> IntArray:
    """Return the tables of all people, shape ``(rounds, n)``, -1 for whoever sits in no group.

    Args:
        problem: The evening.
        groups: Shape ``(rounds, n)``: equal numbers sit together, -1 for nobody; no more groups than tables.
    """
    seats = np.full(groups.shape, -1, dtype=np.int64)
    before = np.full(problem.n, -1, dtype=np.int64)
    for row, group in zip(seats, groups, strict=True):
        people = np.flatnonzero(group >= 0)
        if len(people):
            named, place = np.unique(group[people], return_inverse=True)
            costs = _costs(problem, people, np.asarray(place), before, len(named))
            chosen, tables = linear_sum_assignment(costs)
            table_of = np.full(len(named), -1, dtype=np.int64)
            table_of[chosen] = tables
            row[people] = table_of[place]
        before = row
    return seats


def _costs(
    problem: Problem, people: IntArray, group: IntArray, before: IntArray, count: int
) -> NDArray[np.float64]:
    """Return what each group would cost at each table: moves, and far more for each rule that it breaks.

    Args:
        problem: The evening.
        people: Shape ``(k,)``: who sits anywhere.
        group: Shape ``(k,)``: their groups, from 0 on.
        before: Shape ``(n,)``: the tables of the round before, -1 for none.
        count: The number of groups.
    """
    seats = np.array([table.seats for table in problem.tables])
    least = np.array([table.least for table in problem.tables])
    size = np.bincount(group, minlength=count)[:, None]
    tables = np.arange(len(seats))
    elsewhere = (problem.fixed[people, None] >= 0) & (problem.fixed[people, None] != tables)
    broken = np.maximum(size - seats, 0.0) + np.maximum(least - size, 0.0)
    moves = np.zeros(broken.shape)
    np.add.at(broken, group, elsewhere)
    np.add.at(moves, group, (before[people, None] >= 0) & (before[people, None] != tables))
    costs: NDArray[np.float64] = moves + broken * (1.0 + len(people))
    return costs
