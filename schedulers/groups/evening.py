"""All rounds of an evening of groups on their chairs: built one after the other, then gone through again."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from schedulers.budget import Limits
from schedulers.groups.chairs import Chairs, chairs_of
from schedulers.groups.gains import MUST, Gains
from schedulers.groups.legal import legal_row
from schedulers.groups.reseat import Reseat
from schedulers.groups.sizes import sizes_of
from schedulers.problem import ever_together
from schedulers.schedule import meetings_of, sit_outs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.groups.sizes import Sizes
    from schedulers.problem import IntArray, Problem

    Rounds = dict[int, Chairs]

# Below this share of strangers met, going through the rounds is enough to do without repeats.
HIGH_FILL = 0.5
UNLIMITED = Limits(deadline=None, seed=0)


class Evening:
    """The rounds after the held ones; those without chairs are not planned yet."""

    def __init__(self, problem: Problem, held: IntArray, until: int, random: np.random.Generator) -> None:
        """Prepare for the rounds from ``len(held)`` up to ``until``."""
        self.rounds = range(len(held), until)
        self._problem = problem
        self._held = held
        self._random = random
        self._gains = Gains(problem, held, until)
        self._chairs: Rounds = {}

    @property
    def chairs(self) -> Rounds:
        """Return a copy of the chairs of all planned rounds."""
        return {r: chairs.copy() for r, chairs in self._chairs.items()}

    @property
    def can_grow(self) -> bool:
        """Return whether some round could use more tables."""
        return any(chairs.sizes.can_grow for chairs in self._chairs.values())

    @property
    def must_worth(self) -> float:
        """Return how much a must-meet outweighs everything else."""
        return float(MUST * self._gains.unit)

    def least_spare(self) -> int:
        """Return how many tables beyond the fewest it takes so that not everybody has to meet again."""
        spare = 0
        while True:
            sizes = sizes_of_rounds(self._problem, self.rounds, spare=spare)
            if self._fill(sizes) <= 1 or not any(each.can_grow for each in sizes.values()):
                return spare
            spare = 2 * spare + 1

    def is_full(self) -> bool:
        """Return whether people meet so large a share of all strangers that repeats are hard to avoid."""
        return self._fill({r: chairs.sizes for r, chairs in self._chairs.items()}) >= HIGH_FILL

    def _fill(self, sizes: dict[int, Sizes]) -> float:
        """Return how many meetings tables of ``sizes`` hold, as a share of the pairs that have not met."""
        return sum(each.meetings for each in sizes.values()) / max(1, self._strangers)

    @cached_property
    def _strangers(self) -> int:
        """Return how many pairs are there together and may meet for the first time."""
        problem = self._problem
        new = problem.may_meet() & ever_together(problem.present[:, self.rounds.start : self.rounds.stop])
        met = meetings_of(self._held)
        new[met.first, met.second] = new[met.second, met.first] = False
        for first, second in problem.met:
            new[first, second] = new[second, first] = False
        return int(new.sum()) // 2

    def restore(self, chairs: Rounds) -> None:
        """Go back to ``chairs``, a copy of which was taken before; other rounds are not planned any more."""
        for r in self.rounds:
            if r not in chairs or r not in self._chairs or not chairs[r].are_as(self._chairs[r]):
                self.put(r, chairs[r].copy() if r in chairs else None)

    def put(self, r: int, chairs: Chairs | None) -> None:
        """Let round ``r`` have these ``chairs`` from now on; without any it is not planned."""
        self._gains.enter(r)
        self._chairs.pop(r, None)
        if chairs is not None:
            self._chairs[r] = chairs
        self._gains.leave(r, self._row(r))

    def seat(self, r: int, sizes: Sizes, *, start: IntArray | None = None, steps: int = 0) -> None:
        """Put up chairs for round ``r`` and improve it.

        Args:
            r: The round.
            sizes: How many sit at which table.
            start: Shape ``(n,)``: seats to keep where that is possible; others are taken by chance.
            steps: How many steps of :class:`Reseat` follow.
        """
        self._gains.enter(r)
        self._chairs[r] = chairs_of(self._problem, r, sizes, random=self._random, start=start)
        if steps:
            self._reseat(r, steps, UNLIMITED, 0.0)
        self._gains.leave(r, self._row(r))

    def improve(self, r: int, steps: int, limits: Limits, *, noise: float = 0.0) -> int:
        """Improve round ``r``, given all others, by :class:`Reseat`; return how many people moved."""
        self._gains.enter(r)
        moved = self._reseat(r, steps, limits, noise)
        self._gains.leave(r, self._row(r))
        return moved

    def _reseat(self, r: int, steps: int, limits: Limits, noise: float) -> int:
        waits, chairs = self._waits(r), self._chairs[r]
        reseat = Reseat(self._problem, r, chairs, self._gains, waits=waits, random=self._random)
        return reseat.improve(steps, limits, noise=noise)

    def reweigh(self, weights: IntArray) -> None:
        """Value meetings by ``weights``, shape ``(n, n)``, from now on."""
        self._gains.reweigh(weights)

    def seats(self) -> IntArray:
        """Return legal seats of the held rounds and all others, shape ``(rounds, n)``."""
        rows = [legal_row(self._problem, r, self._row(r)) for r in self.rounds]
        after = np.array(rows, dtype=np.int64).reshape(len(rows), self._problem.n)
        return np.concatenate([self._held, after])

    def _row(self, r: int) -> IntArray:
        n = self._problem.n
        return self._chairs[r].row(n) if r in self._chairs else np.full(n, -1, dtype=np.int64)

    def _waits(self, r: int) -> IntArray:
        """Return how often each person sits out in all other planned rounds."""
        waits = sit_outs(self._problem, self._held)
        for other, chairs in self._chairs.items():
            if other != r:
                there = self._problem.present[:, other]
                waits += there & (chairs.row(self._problem.n) < 0)
        return waits


def sizes_of_rounds(
    problem: Problem, rounds: Sequence[int], *, spare: int = 0, start: IntArray | None = None
) -> dict[int, Sizes]:
    """Return the sizes of the tables in each of ``rounds``.

    Args:
        problem: The evening.
        rounds: The rounds.
        spare: See :func:`~schedulers.groups.sizes.sizes_of`.
        start: Shape ``(any, n)``: seats from round 0 on, whose tables are preferred.
    """
    found = {}
    for r in rounds:
        row = start[r] if start is not None and r < len(start) else np.zeros(0, dtype=np.int64)
        found[r] = sizes_of(problem, r, spare=spare, first=np.unique(row[row >= 0]).tolist())
    return found
