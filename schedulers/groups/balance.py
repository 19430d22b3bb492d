"""How evenly attributes are mixed at tables, and what a person more or less changes, exactly.

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
            codes, share = _coded(rule, problem.present[:, r])
            known = (row >= 0) & (codes < len(share))
            counts = np.zeros((len(problem.tables), len(share)), dtype=np.int64)
            np.add.at(counts, (row[known], codes[known]), 1)
            total += rule.weight * float(((counts - share * counts.sum(axis=1)[:, None]) ** 2).sum())
    return total


class Mix:
    """The attributes at the tables of one round."""

    def __init__(self, problem: Problem, r: int, seated: IntArray) -> None:
        """Prepare for round ``r``, with people ``seated``: shape ``(tables, chairs)``, ``n`` for nobody."""
        self._attributes = []
        for rule in problem.balance:
            codes, share = _coded(rule, problem.present[:, r])
            # Nobody has no value either.
            self._attributes.append((rule.weight, np.append(codes, len(share)), share))
        self._seated = seated

    def costs(self, tables: IntArray, leaving: IntArray, people: IntArray) -> CostArray:
        """Return what each of ``tables`` costs without its ``leaving``, but with each of ``people``.

        Shape ``(tables, people)``. ``tables`` are rows of the chairs, whoever sits there is as they are now.
        """
        total = np.zeros((len(tables), len(people)))
        for weight, codes, share in self._attributes:
            values = codes[self._seated[tables]]
            counts = (values[:, :, None] == np.arange(len(share))).sum(axis=1)
            gone = codes[leaving]
            known = np.flatnonzero(gone < len(share))
            counts[known, gone[known]] -= 1
            size = counts.sum(axis=1)[:, None]
            alone = ((counts - share * size) ** 2).sum(axis=1)
            joined = counts - share * (size + 1)
            costs = np.column_stack([(joined**2).sum(axis=1)[:, None] + 2 * joined + 1, alone])
            total += weight * costs[:, codes[people]]
        return total


def _coded(rule: Balance, there: BoolArray) -> tuple[IntArray, CostArray]:
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
