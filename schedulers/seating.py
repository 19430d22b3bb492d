"""Which group sits at which table: the least walking, people with a fixed table at theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from schedulers.problem import IntArray, Problem

# Staying costs nothing even where tables have no coordinates, so a change costs a little by itself.
CHANGE = 1e-3


def seat_groups(problem: Problem, groups: Sequence[Sequence[int]], before: IntArray) -> IntArray:
    """Return the seats of one round, shape ``(n,)``, -1 for everybody in no group.

    Args:
        problem: The evening; it must have a table for every group, a fixed one for no more than one.
        groups: Who sits together.
        before: Shape ``(n,)``: the seats of the round before, -1 for none.
    """
    seats = np.full(problem.n, -1, dtype=np.int64)
    if not groups:
        return seats
    walks = _walks(problem)
    cost = np.stack([walks[before[list(group)]].sum(axis=0) for group in groups])
    # More than all walks together, so that no walk is worth a wrong table.
    never = 1.0 + 2.0 * float(np.abs(cost).sum())
    for row, group in enumerate(groups):
        table = int(problem.fixed[list(group)].max())
        if table >= 0:
            cost[row, np.arange(len(problem.tables)) != table] = never
    for row, table in zip(*linear_sum_assignment(cost), strict=True):
        seats[list(groups[row])] = table
    return seats


def _walks(problem: Problem) -> NDArray[np.float64]:
    """Return distances from table (row) to table (column); the last row is for whoever comes from none."""
    places = np.array([(table.x, table.y) for table in problem.tables], dtype=np.float64).reshape(-1, 2)
    away = np.linalg.norm(places[:, None, :] - places[None, :, :], axis=2)
    away += CHANGE * (1 - np.eye(len(places)))
    return np.concatenate([away, np.zeros((1, len(places)))])
