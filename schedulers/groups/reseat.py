"""The workhorse: take one person out of every table and reseat all of them in the best way there is.

With one person taken out of every table, what each of them would gain at each table does not depend on
where the others go. So the best seats for all of them are a linear assignment, solved exactly, and no
step makes a round worse. Who is taken out is drawn anew for every step. Empty chairs are taken out like
people, and places on the bench like tables. (A very large neighbourhood search; the step is the one of
assignment neighbourhoods for the travelling salesman: Gutin, Yeo and Zverovitch 2002.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from schedulers.groups.balance import Mix
from schedulers.groups.gains import FORBIDDEN, REPEAT, SEAT, UNEVEN, WAITED

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.groups.chairs import Chairs
    from schedulers.groups.gains import GainArray, Gains
    from schedulers.problem import IntArray, Problem

# Of a crowded bench, as many people are asked in a step as tables are, or these; and of many tables these.
BENCH_PLACES = 32
MOST_TABLES = 100
HALF = 0.5
# So many steps in a row without a change are enough.
PATIENCE = 100


class Reseat:
    """Changes the ``chairs`` of round ``r``, step by step; :attr:`chairs` are always whole."""

    def __init__(
        self,
        problem: Problem,
        r: int,
        chairs: Chairs,
        gains: Gains,
        *,
        waits: IntArray,
        random: np.random.Generator,
    ) -> None:
        """Prepare; ``gains`` are those of the round, ``waits`` counts sit-outs in all other rounds."""
        self.chairs = chairs
        self._matrix = gains.matrix
        self._random = random
        self._active = np.flatnonzero(chairs.movable > 0)
        self._sums = _sums(self._matrix, chairs.seated[self._active])
        self._bench_gains = _bench_gains(waits, gains.unit)
        self._least = np.array([problem.tables[t].least for t in chairs.sizes.tables], dtype=np.int64)
        self._harm = -HALF * REPEAT * gains.unit
        self._never, self._uneven = 2 * FORBIDDEN * gains.unit, UNEVEN * gains.unit
        self._mix = Mix(problem, r, chairs.seated) if problem.balance else None
        self._is_fixed = np.append(problem.fixed >= 0, False)
        fixed = np.flatnonzero(self._is_fixed)
        is_elsewhere = chairs.sizes.tables[self._active][:, None] != problem.fixed[fixed]
        self._sums[:, fixed] -= np.float32(self._never) * is_elsewhere

    def improve(self, steps: int, limits: Limits, *, noise: float = 0.0) -> int:
        """Take ``steps`` steps, or fewer when time runs out or nothing helps; return how many people moved.

        Args:
            steps: How many.
            limits: When to stop early.
            noise: How far the gains of a step are off, as the standard deviation of a normal distribution:
                a way out where no exact step helps.
        """
        moved = idle = 0
        for _ in range(steps if len(self._active) else 0):
            if idle == PATIENCE or limits.are_spent():
                break
            now = self._step(noise)
            moved, idle = moved + now, 0 if now else idle + 1
        return moved

    def _step(self, noise: float) -> int:
        chairs, some = self.chairs, self._some()
        active = self._active[some]
        places = self._places(some)
        at_tables = chairs.seated[active, places]
        asked = self._asked()
        people = np.concatenate([at_tables, chairs.bench[asked]])
        gains = np.empty((len(people), len(people)), dtype=np.float64)
        gains[: len(active)] = self._table_gains(some, at_tables, people)
        gains[len(active) :] = self._bench_gains[people]
        if noise:
            gains += noise * self._random.standard_normal(gains.shape)
        # What each person loses on their own best place: the same assignment, found in half the time.
        losses = gains.max(axis=0) - gains
        chosen = people[linear_sum_assignment(losses)[1]]
        chairs.bench[asked] = chosen[len(active) :]
        moved = np.flatnonzero(chosen[: len(active)] != at_tables)
        if len(moved):
            chairs.seated[active[moved], places[moved]] = chosen[moved]
            self._sums[some[moved]] += self._matrix[chosen[moved]] - self._matrix[at_tables[moved]]
        return len(moved)

    def _some(self) -> IntArray:
        """Return which of the active tables take part: as an assignment grows, its time does by more."""
        if len(self._active) <= MOST_TABLES:
            return np.arange(len(self._active))
        return self._random.choice(len(self._active), MOST_TABLES, replace=False)

    def _places(self, some: IntArray) -> IntArray:
        """Return from which chair of each of ``some`` active tables a person is taken out.

        Any, by chance; but as often as not one whose person has a repeat or worse, if there is one who may
        sit elsewhere.
        """
        active = self._active[some]
        movable = self.chairs.movable[active]
        places = (self._random.random(len(some)) * movable).astype(np.int64)
        seated = self.chairs.seated[active]
        gains = self._sums[some[:, None], seated]
        gains[self._is_fixed[seated]] = 0.0
        is_urgent = (gains.min(axis=1) < self._harm) & (self._random.random(len(some)) < HALF)
        places[is_urgent] = gains[is_urgent].argmin(axis=1)
        return places

    def _asked(self) -> IntArray:
        """Return the places of the bench that take part."""
        bench, most = len(self.chairs.bench), max(BENCH_PLACES, len(self._active))
        if bench <= most:
            return np.arange(bench)
        return self._random.choice(bench, most, replace=False)

    def _table_gains(self, some: IntArray, leaving: IntArray, people: IntArray) -> GainArray:
        """Return what each of ``people`` gains at each of ``some`` active tables without its ``leaving``.

        Shape ``(tables, people)``.
        """
        chairs, active = self.chairs, self._active[some]
        nobody = len(self._matrix) - 1
        gains: GainArray = self._sums[np.ix_(some, people)] - self._matrix[np.ix_(leaving, people)]
        empty = np.flatnonzero(people == nobody)
        if len(empty):
            left = (chairs.seated[active] < nobody).sum(axis=1) - (leaving < nobody)
            harm = self._uneven * (left < chairs.sizes.low[active])
            harm += self._never * (left < self._least[active])
            gains[:, empty] -= harm[:, None]
        if self._mix is not None:
            gains -= self._mix.costs(active, leaving, people).astype(np.float32)
        return gains


def _sums(matrix: GainArray, seated: IntArray) -> GainArray:
    """Return what everybody would gain at each table, shape ``(tables, n + 1)``."""
    sums = np.zeros((len(seated), len(matrix)), dtype=np.float32)
    for column in seated.T:
        sums += matrix[column]
    return sums


def _bench_gains(waits: IntArray, unit: int) -> GainArray:
    """Return what it costs to sit out: a seat, and the more the oftener one did; nobody sits out freely.

    Squares of counts grow by ``2 * waits + 1``; their sum is least where all sit out alike.
    """
    costs = np.append(SEAT + WAITED * (2 * waits + 1), 0) * unit
    return -costs.astype(np.float32)
