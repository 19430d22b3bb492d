"""What a person more or less changes in how evenly attributes are mixed at a table, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.balance import coded

if TYPE_CHECKING:
    from schedulers.balance import CostArray
    from schedulers.problem import IntArray, Problem


class Mix:
    """The attributes at the tables of one round."""

    def __init__(self, problem: Problem, r: int, seated: IntArray) -> None:
        """Prepare for round ``r``, with people ``seated``: shape ``(tables, chairs)``, ``n`` for nobody."""
        self._attributes = []
        for rule in problem.balance:
            codes, share = coded(rule, problem.present[:, r])
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
