"""How far the tables of a plan are from mixing attributes as the room does, in points.

The cost of a table is, for every attribute, its weight times the sum over all values of the squared
difference between how many there have the value and how many would by their share of the room. People
without a value count for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from schedulers.problem import Balance, BoolArray, IntArray, Problem

CostArray: TypeAlias = NDArray[np.float64]


def imbalance(problem: Problem, seats: IntArray) -> float:
    """Return the cost of all tables of ``seats``, shape ``(rounds, n)``, in points of weight."""
    total = 0.0
    for r, row in enumerate(seats if problem.balance else ()):
        for rule in problem.balance:
            codes, share = coded(rule, problem.present[:, r])
            counts = value_counts(codes, row, tables=len(problem.tables), values=len(share))
            total += rule.weight * float(((counts - share * counts.sum(axis=1)[:, None]) ** 2).sum())
    return total


def coded(rule: Balance, there: BoolArray) -> tuple[IntArray, CostArray]:
    """Return the value of each person as a number, one more than all for none, and the share of each value.

    Shares are of the people ``there`` who have a value.
    """
    known = sorted({value for value in rule.values if value is not None})
    number = {value: k for k, value in enumerate(known)}
    codes = np.array(
        [len(known) if value is None else number[value] for value in rule.values], dtype=np.int64
    )
    counts = np.bincount(codes[there], minlength=len(known) + 1)[: len(known)]
    return codes, counts / max(1, int(counts.sum()))


def value_counts(codes: IntArray, row: IntArray, *, tables: int, values: int) -> IntArray:
    """Return how many at each table have each value, shape ``(tables, values)``.

    Args:
        codes: The value of each person as a number; ``values`` for none.
        row: Shape ``(n,)``: the table of each person in one round, negative for none.
        tables: The number of tables.
        values: The number of values.
    """
    known = (row >= 0) & (codes < values)
    counts = np.zeros((tables, values), dtype=np.int64)
    np.add.at(counts, (row[known], codes[known]), 1)
    return counts
