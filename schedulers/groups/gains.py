"""What it is worth that two people share a table in one round, given all other rounds.

Everything that can be said about a pair is one number: what they fit, that they have met, must meet or may
not. Sums of such numbers over a table decide who sits there. They keep the order of rules: one forbidden
pair outweighs any must-meets that two people can have in a round, a must-meet two seats, a seat the
repeats of a whole table, a repeat what a seat can gain in value. Of must-meets, those come first that can
wait least.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import BoolArray, IntArray, Problem

GainArray: TypeAlias = NDArray[np.float32]

# In units of `Gains.unit`. Sums over a table of ten stay below 2**24 at weights up to 1000: exact.
REPEAT, SEAT, MUST, FORBIDDEN = 20, 200, 500, 1500
# A table smaller than others, a round in which one has sat out already, and a must-meet that cannot wait, in
# the same units.
UNEVEN, WAITED, DUE = 10, 4, 100


class Gains:
    """What every two people gain by sharing a table in the round that is being planned.

    Attributes:
        matrix: Shape ``(n + 1, n + 1)``, symmetric, zero diagonal; the last row and column stand for an
            empty chair, which gains nothing.
        unit: The highest weight, or what two who are alike take from balance if that is more; at least 1.
    """

    def __init__(self, problem: Problem, held: IntArray, rounds: int) -> None:
        """Prepare for the rounds up to ``rounds``, of which ``held`` are over and the others still empty."""
        n = problem.n
        alike = sum(2.0 * rule.weight for rule in problem.balance)
        self.unit = max(1, int(problem.weights.max(initial=0)), ceil(alike))
        self._rows = np.full((rounds, n), -1, dtype=np.int64)
        self._counts = np.zeros((n + 1, n + 1), dtype=np.int16)
        self._weights = np.zeros((n + 1, n + 1), dtype=np.float32)
        self._weights[:n, :n] = problem.weights
        self._rules = np.zeros((n + 1, n + 1), dtype=np.float32)
        for former in problem.met:
            self._rules[former] = self._rules[former[::-1]] = -REPEAT * self.unit
        self._rules[:n, :n][~problem.allowed] = -FORBIDDEN * self.unit
        np.fill_diagonal(self._rules, 0.0)
        self.matrix = self._rules + self._weights
        musts = [(i, j, problem.rounds - 1 if by is None else by) for i, j, by in problem.musts]
        self._musts = np.array(musts, dtype=np.int64).reshape(-1, 3)
        for r, row in enumerate(held):
            self.leave(r, row)

    def enter(self, r: int) -> None:
        """Take the meetings of round ``r`` out: from now on, gains are those of this round."""
        self._change(self._rows[r], -1)
        self._rows[r] = -1
        first, second, by = self._musts[self._open(r)].T
        worth = (MUST + DUE // (by - r + 1)) * self.unit
        for pairs in ((first, second), (second, first)):
            self.matrix[pairs] += worth

    def leave(self, r: int, row: IntArray) -> None:
        """Put the seats ``row``, shape ``(n,)``, of round ``r`` in; gains then count every round."""
        first, second, _ = self._musts[self._open(r)].T
        for pairs in ((first, second), (second, first)):
            self.matrix[pairs] = self._worth(pairs)
        self._rows[r] = row
        self._change(row, 1)

    def reweigh(self, weights: IntArray) -> None:
        """Value meetings by ``weights``, shape ``(n, n)``, from now on; all rounds must have been left."""
        self._weights[:-1, :-1] = weights
        self.matrix = self._worth(slice(None))

    def _open(self, r: int) -> BoolArray:
        """Return which must-meets could be held in round ``r`` and are not in another one."""
        first, second, by = self._musts.T
        together = (self._rows[:, first] == self._rows[:, second]) & (self._rows[:, first] >= 0)
        in_time = np.arange(len(self._rows))[:, None] <= by
        is_open: BoolArray = ~(together & in_time).any(axis=0) & (r <= by)
        return is_open

    def _change(self, row: IntArray, by: int) -> None:
        pairs = company(row)
        self._counts[pairs] += by
        self.matrix[pairs] = self._worth(pairs)

    def _worth(self, pairs: tuple[IntArray, IntArray] | slice) -> GainArray:
        """Return the gains of ``pairs``, must-meets left aside."""
        rules = self._rules[pairs]
        repeated = np.minimum(rules, np.float32(-REPEAT * self.unit))
        return np.where(self._counts[pairs] > 0, repeated, rules + self._weights[pairs])


def company(row: IntArray) -> tuple[IntArray, IntArray]:
    """Return who shares a table in ``row``, shape ``(n,)``: every two people, in both orders."""
    order = np.argsort(row, kind="stable")
    order = order[row[order] >= 0]
    found: list[Sequence[IntArray]] = [(order[:0], order[:0])]
    for apart in range(1, len(order)):
        same = row[order[apart:]] == row[order[:-apart]]
        if not same.any():
            break
        one, other = order[:-apart][same], order[apart:][same]
        found += [(one, other), (other, one)]
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])
