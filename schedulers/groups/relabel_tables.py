"""Which group of a skeleton sits at which table: fixed seats and sizes first, then little moving about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from typing import TypeAlias

    from numpy.typing import NDArray

    from schedulers.problem import IntArray, Problem

    Costs: TypeAlias = NDArray[np.float64]


def seated(problem: Problem, groups: IntArray) -> IntArray:
    """Return the tables of all people, shape ``(rounds, n)``, -1 for whoever sits in no group.

    Args:
        problem: The evening.
        groups: Shape ``(rounds, n)``: who sits together, numbers below that of tables; -1 for nobody.
    """
    seats = np.full(groups.shape, -1, dtype=np.int64)
    before = seats[0] if len(seats) else seats
    for row, group in zip(seats, groups, strict=True):
        faults = _broken(problem, group)
        # More than all moves together, so that none is worth a broken rule.
        names = _cheapest(_moves(group, before, len(faults)) + (1 + problem.n) * faults)
        row[:] = np.where(group >= 0, names[group], -1)
        before = row
    return seats


def _cheapest(costs: Costs) -> IntArray:
    """Return the table of each group at the least cost; ``costs`` are groups by tables."""
    tables: IntArray = linear_sum_assignment(costs)[1].astype(np.int64)
    return tables


def _broken(problem: Problem, group: IntArray) -> Costs:
    """Return how many rules each group would break at each table: shape ``(tables, tables)``.

    Counted are people at someone else's table or without a seat, and those who are missing at a table in use.
    """
    seats = np.array([table.seats for table in problem.tables])
    least = np.array([table.least for table in problem.tables])
    people = np.flatnonzero(group >= 0)
    size = np.bincount(group[people], minlength=len(seats))[:, None]
    broken: Costs = np.maximum(size - seats, 0.0) + np.where(size > 0, np.maximum(least - size, 0.0), 0.0)
    fixed = problem.fixed[people, None]
    np.add.at(broken, group[people], (fixed >= 0) & (fixed != np.arange(len(seats))))
    return broken


def _moves(group: IntArray, before: IntArray, tables: int) -> Costs:
    """Return how many people of each group come from elsewhere, by table: shape ``(tables, tables)``."""
    people = np.flatnonzero((group >= 0) & (before >= 0))
    moves = np.zeros((tables, tables))
    np.add.at(moves, group[people], before[people, None] != np.arange(tables))
    return moves
