"""What has become of an announced round of groups, and what is still to be wished for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from schedulers.groups.gains import Gains
from schedulers.groups.legal import apart_row, pairs_of
from schedulers.schedule import meeting_counts, sit_outs

if TYPE_CHECKING:
    from schedulers.groups.gains import GainArray
    from schedulers.problem import IntArray, Problem

Pair = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Standing:
    """An announced round as things are by now.

    Attributes:
        problem: The evening.
        earlier: Seats of all rounds before it, shape ``(rounds before, n)``.
        before: Shape ``(n,)``: the tables announced, -1 for none; some may be gone.
    """

    problem: Problem
    earlier: IntArray
    before: IntArray

    @property
    def round(self) -> int:
        """Return the index of the round."""
        return len(self.earlier)

    @cached_property
    def kept(self) -> IntArray:
        """Return the seats that can stay by themselves, shape ``(n,)``: a table may be left with too few."""
        return apart_row(self.problem, self.round, self.before)

    @cached_property
    def waited(self) -> IntArray:
        """Return how often each person sat out before, shape ``(n,)``."""
        return sit_outs(self.problem, self.earlier)

    @cached_property
    def gains(self) -> GainArray:
        """Return what two people gain by sharing a table, shape ``(n, n)``; see :class:`Gains`."""
        gains = Gains(self.problem, self.earlier, self.round + 1)
        gains.enter(self.round)
        return gains.matrix[:-1, :-1]

    @cached_property
    def repeats(self) -> set[Pair]:
        """Return pairs there who have met, and were not announced to meet again."""
        met = (meeting_counts(self.earlier) > 0) | self.problem.met_before()
        there = self.problem.present[:, self.round]
        together = (self.kept[:, None] == self.kept[None, :]) & (self.kept >= 0)
        met &= there[:, None] & there[None, :] & ~together
        return {(one, other) for one, other in np.argwhere(np.triu(met, 1)).tolist()}

    @cached_property
    def due(self) -> set[Pair]:
        """Return the must-meets that this round is the last chance of."""
        return {pair for pair, later in self._open_musts().items() if not later}

    @cached_property
    def promised(self) -> set[Pair]:
        """Return the other must-meets that were announced for this round."""
        return {pair for pair in self._open_musts() if pair in pairs_of(self.before)} - self.due

    def _open_musts(self) -> dict[Pair, bool]:
        """Return must-meets that could happen in this round, and whether all their wishes can wait."""
        problem, r = self.problem, self.round
        found: dict[Pair, bool] = {}
        for first, second, by in problem.musts:
            last = problem.rounds - 1 if by is None else by
            both = problem.present[first] & problem.present[second]
            met = (self.earlier[: last + 1, first] == self.earlier[: last + 1, second]) & (
                self.earlier[: last + 1, first] >= 0
            )
            if r <= last and both[r] and not met.any():
                pair = (min(first, second), max(first, second))
                found[pair] = found.get(pair, True) and bool(both[r + 1 : last + 1].any())
        return found

    def merit(self, row: IntArray) -> tuple[float, ...]:
        """Return how good the seats ``row`` are for this round: the greater tuple is better."""
        there = self.problem.present[:, self.round]
        met = pairs_of(row)
        moved = there & (row != self.before)
        waits = np.sort(self.waited + (there & (row < 0)))[::-1]
        changed = sum(bool(there[i]) and not moved[i] for i in self._regrouped(row))
        value = sum(int(self.problem.weights[pair]) for pair in met)
        return (
            len(self.due & met),
            len(self.promised & met),
            int((row >= 0).sum()),
            -int(moved.sum()),
            -len(self.repeats & met),
            *(-waits).tolist(),
            -changed,
            value,
        )

    def _regrouped(self, row: IntArray) -> set[int]:
        """Return who sits at a table that somebody has come to or left, though they could have stayed."""
        there = self.problem.present[:, self.round]
        changed = set(row[there & (row != self.before)].tolist())
        changed |= set(self.before[there & (row != self.before)].tolist())
        return set(np.flatnonzero(np.isin(row, sorted(changed - {-1})) & (row >= 0)).tolist())
