"""Who sits out of a round: as few as can be, and those who waited least so far.

Three answers of growing cost. Counting heads is right in most rooms. Where it is not, relaxations give
the least that every round needs. Where even that cannot be had, a search finds what can.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from schedulers.pairs.rounds.packing import add_rows, everything, new_solver
from schedulers.pairs.rounds.pricing import ROUNDING, price
from schedulers.pairs.rounds.rows import Cell, Waiting, odd_parts, rows_of
from schedulers.pairs.rounds.task import most_seated
from schedulers.pairs.rounds.trios import free_prices, trio_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.budget import Limits
    from schedulers.pairs.rounds.columns import Columns
    from schedulers.pairs.rounds.task import Group, RoundTask
    from schedulers.problem import IntArray

# All trios of about fifty people; beyond it the heaviest.
MOST_TRIOS = 20_000


def counted_waiting(task: RoundTask) -> Waiting:
    """Return the fewest and fairest sit-outs if nothing but numbers stood in the way."""
    left = {0: task.p - most_seated(task), 1: 0}
    if task.sides.any() and not task.sides.all():
        ones = int(task.sides.sum())
        left = {0: task.p - ones - most_seated(task) // 2, 1: ones - most_seated(task) // 2}
    elif task.sides.any():
        left = {0: 0, 1: task.p}
    cells = []
    for people in reversed(_levels(task)):
        side = int(task.sides[people[0]])
        count = min(left[side], len(people))
        left[side] -= count
        cells.append(Cell(people, count, count))
    return _waiting(cells)


def relaxed_waiting(task: RoundTask, columns: Columns, limits: Limits) -> Waiting | None:
    """Return sit-outs that every round needs at least, ``None`` if time is over.

    First the number, then from those who waited longest downwards how many of each level.
    """
    unweighted = replace(task, weights=np.zeros_like(task.weights))
    free = columns.weightless()
    cells = [Cell(people, 0, len(people)) for people in _levels(task)]
    waiting = Waiting(tuple(cells), 0, task.p)
    fewest = _fewest(unweighted, free, waiting, everything(task.p), limits)
    if fewest is None:
        return None
    fewest = max(fewest, len(odd_parts(task)) - int(task.trio))
    if not task.trio:
        fewest += (task.p - fewest) % 2
    for k, (people, *_) in enumerate(cells):
        waiting = Waiting(tuple(cells), fewest, fewest)
        count = _fewest(unweighted, free, waiting, people, limits)
        if count is None:
            return None
        cells[k] = Cell(people, count, count)
    return _waiting(cells)


def _fewest(
    task: RoundTask, columns: Columns, waiting: Waiting, people: IntArray, limits: Limits
) -> int | None:
    """Return how many of ``people`` sit out at least, by the relaxation."""
    costs = np.zeros(task.p, dtype=np.int64)
    costs[people] = 1
    priced = price(task, columns, waiting, limits, costs=costs)
    return None if priced is None else int(np.ceil(-priced.value - ROUNDING))


def _levels(task: RoundTask) -> list[IntArray]:
    """Return the people by level, those who waited longest first, each side for itself."""
    levels = sorted({(-int(w), int(s)) for w, s in zip(task.waited, task.sides, strict=True)})
    return [np.flatnonzero((task.waited == -w) & (task.sides == s)) for w, s in levels]


def _waiting(cells: Sequence[Cell]) -> Waiting:
    return Waiting(tuple(cells), sum(cell.least for cell in cells), sum(cell.most for cell in cells))


def found_waiting(task: RoundTask, columns: Columns, fallback: Sequence[Group], limits: Limits) -> Waiting:
    """Return the fewest and fairest sit-outs that a search finds; ``fallback`` is a round known to be legal.

    Out of time, the best found stands.
    """
    if task.trio:
        columns = columns.joined(trio_columns(task, free_prices(task), within=np.inf, most=MOST_TRIOS))
    search = _WaitingSearch(task, columns, fallback)
    levels = _levels(task)
    for people in [everything(task.p), *levels]:
        search.minimise(people, limits)
    counts = [int(search.waiting[people].sum()) for people in levels]
    return _waiting([Cell(people, count, count) for people, count in zip(levels, counts, strict=True)])


class _WaitingSearch:
    """One model, minimised again and again, each result becoming a rule for the next."""

    def __init__(self, task: RoundTask, columns: Columns, fallback: Sequence[Group]) -> None:
        anybody = Waiting((Cell(everything(task.p), 0, task.p),), 0, task.p)
        self._model = cp_model.CpModel()
        self._chosen = [self._model.new_bool_var("") for _ in range(len(columns))]
        self._out = [self._model.new_bool_var("") for _ in range(task.p)]
        variables = self._chosen + self._out
        add_rows(self._model, rows_of(task, columns, anybody), variables, everything(len(variables)))
        self.waiting = np.ones(task.p, dtype=np.bool_)
        self.waiting[[person for group in fallback for person in group]] = False
        met = {tuple(sorted(group)) for group in fallback}
        self._hint = [columns.group(k) in met for k in range(len(columns))]

    def minimise(self, people: IntArray, limits: Limits) -> None:
        """Make the sit-outs among ``people`` as few as can be, and keep them so."""
        total = cp_model.LinearExpr.sum([self._out[person] for person in people.tolist()])
        if self.waiting[people].any() and not limits.are_spent():
            self._search(total, limits)
        self._model.add(total == int(self.waiting[people].sum()))

    def _search(self, total: cp_model.LinearExpr, limits: Limits) -> None:
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for var, hint in zip(self._chosen + self._out, self._hint + self.waiting.tolist(), strict=True):
            self._model.add_hint(var, hint)
        self._model.minimize(total)
        solver = new_solver(limits)
        if solver.solve(self._model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.waiting = np.array([solver.boolean_value(var) for var in self._out], dtype=np.bool_)
            self._hint = [solver.boolean_value(var) for var in self._chosen]
