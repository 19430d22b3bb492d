"""Tables for the groups of a mended round: fewest people moved, then least walking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from schedulers.pairs.announced.standing import Placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from schedulers.pairs.announced.standing import Standing
    from schedulers.pairs.rounds.task import Group
    from schedulers.problem import IntArray


def placed_at(standing: Standing, groups: Sequence[Group], tables: Iterable[int]) -> list[Placed]:
    """Return ``groups`` at ``tables``.

    Args:
        standing: The round.
        groups: Who sits together: no more groups than tables, no two of them fixed at one.
        tables: The tables that are free, those among them that must be.
    """
    if not groups:
        return []
    free = np.array(sorted(tables), dtype=np.int64)
    cost = np.array([_walks(standing, group, free) for group in groups])
    moves = np.array([[len(group)] for group in groups]) - _stays(standing, groups, free)
    fixed = np.array([[standing.fixed_table(group)] for group in groups])
    # A move outweighs all walking together, and no number of moves is worth a wrong table.
    cost += moves * (1.0 + 2.0 * cost.sum())
    cost[(fixed >= 0) & (fixed != free)] += 1.0 + 2.0 * cost.sum()
    rows, columns = linear_sum_assignment(cost)
    return [
        Placed(groups[row], int(free[column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def _stays(standing: Standing, groups: Sequence[Group], free: IntArray) -> IntArray:
    """Return how many of each group (row) would keep their table at each of ``free`` (column)."""
    return np.array([(standing.before[list(group), None] == free).sum(axis=0) for group in groups])


def _walks(standing: Standing, group: Group, free: IntArray) -> NDArray[np.float64]:
    """Return how far ``group`` walks in all to each of ``free``."""
    tables = standing.problem.tables
    places = np.array([(tables[table].x, tables[table].y) for table in free.tolist()])
    walks = np.zeros(len(free))
    for origin in standing.origin[list(group)].tolist():
        if origin >= 0:
            walks += np.linalg.norm(places - (tables[origin].x, tables[origin].y), axis=1)
    return walks
