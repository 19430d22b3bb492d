"""One round as an integer model: whether it exists at all, and how near one can come if it does not.

A variable stands for a person at a table; tables of the same size and without hosts are alike, which the
model is told. CP-SAT answers for rooms of up to some sixty people in milliseconds, and proves it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from schedulers.pairs.rounds.packing import new_solver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from schedulers.budget import Limits
    from schedulers.problem import BoolArray, IntArray, Problem

Pair = tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """What a model said.

    Attributes:
        row: Shape ``(n,)``: the best seats found, ``None`` if none were.
        is_proven: Whether no better seats exist, or none at all.
        cost: What the best seats cost.
    """

    row: IntArray | None
    is_proven: bool
    cost: int = 0


class RoundModel:
    """The seats of one round.

    The rules that are never broken are kept. What else is wished for is added, and what it costs.
    """

    def __init__(self, problem: Problem, r: int, barred: BoolArray, *, alike: bool = True) -> None:
        """Prepare.

        Args:
            problem: The evening.
            r: The round.
            barred: Shape ``(n, n)``: who must not share a table.
            alike: Whether it makes no difference at which of two equal tables people sit.
        """
        self._problem = problem
        self._model = cp_model.CpModel()
        self._people = np.flatnonzero(problem.present[:, r]).tolist()
        self._at: dict[Pair, cp_model.IntVar] = {}
        self._tables: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        self._costs: list[tuple[int, cp_model.LinearExprT]] = []
        for person in self._people:
            own = int(problem.fixed[person])
            for table in range(len(problem.tables)) if own < 0 else [own]:
                var = self._model.new_bool_var("")
                self._at[person, table] = var
                self._tables[table].append(var)
        self._seat_once()
        self._size_tables(alike=alike)
        self._keep_apart(barred)

    def seat_all(self) -> None:
        """Ask that everybody has a seat."""
        for person in self._people:
            self._model.add_exactly_one(self._of(person))

    def pay_for_waiting(self, costs: Mapping[int, int]) -> None:
        """Let it cost ``costs[person]`` that somebody has no seat."""
        for person in self._people:
            self._costs.append((costs[person], 1 - cp_model.LinearExpr.sum(self._of(person))))

    def pay_for_moving(self, before: IntArray, cost: int) -> None:
        """Let it cost ``cost`` that somebody does not stay where they are in ``before``, shape ``(n,)``."""
        for person in self._people:
            if before[person] < 0:
                self._costs.append((cost, cp_model.LinearExpr.sum(self._of(person))))
            stays = self._at.get((person, int(before[person])))
            if stays is not None:
                self._costs.append((cost, 1 - stays))

    def pay_for_meeting(self, costs: Mapping[Pair, int]) -> None:
        """Let it cost ``costs[pair]`` that two people share a table; less than nothing is a reward."""
        for (one, other), cost in costs.items():
            shared = [self._share(one, other, table) for table in range(len(self._problem.tables))]
            together = cp_model.LinearExpr.sum([var for var in shared if var is not None])
            self._costs.append((cost, together))

    def solve(self, limits: Limits, hint: IntArray | None = None) -> Answer:
        """Return the cheapest seats found within ``limits``."""
        if self._costs:
            self._model.minimize(sum(cost * expr for cost, expr in self._costs))
        for (person, table), var in self._at.items() if hint is not None else ():
            self._model.add_hint(var, bool(hint is not None and hint[person] == table))
        solver = new_solver(limits)
        status = solver.solve(self._model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(None, status == cp_model.INFEASIBLE)
        row = np.full(self._problem.n, -1, dtype=np.int64)
        for (person, table), var in self._at.items():
            if solver.boolean_value(var):
                row[person] = table
        cost = round(solver.objective_value) if self._costs else 0
        return Answer(row, status == cp_model.OPTIMAL, cost)

    def _of(self, person: int) -> list[cp_model.IntVar]:
        own = int(self._problem.fixed[person])
        tables: Sequence[int] = range(len(self._problem.tables)) if own < 0 else [own]
        return [self._at[person, table] for table in tables]

    def _seat_once(self) -> None:
        for person in self._people:
            self._model.add_at_most_one(self._of(person))

    def _size_tables(self, *, alike: bool) -> None:
        """Let a table hold as many as it may, or nobody; of those that are ``alike``, use the first ones."""
        used: dict[object, cp_model.IntVar] = {}
        hosted = set(self._problem.fixed[self._people].tolist())
        for table, people in sorted(self._tables.items()):
            kind = self._problem.tables[table]
            is_used = self._model.new_bool_var("")
            size = cp_model.LinearExpr.sum(people)
            self._model.add(size >= kind.least * is_used)
            self._model.add(size <= kind.seats * is_used)
            if alike and table not in hosted:
                key = (kind.seats, kind.least)
                if key in used:
                    self._model.add_implication(is_used, used[key])
                used[key] = is_used

    def _keep_apart(self, barred: BoolArray) -> None:
        there = np.zeros(self._problem.n, dtype=np.bool_)
        there[self._people] = True
        pairs = np.argwhere(np.triu(barred & there[:, None] & there[None, :], 1))
        for one, other in pairs.tolist():
            for table in range(len(self._problem.tables)):
                first, second = self._at.get((one, table)), self._at.get((other, table))
                if first is not None and second is not None:
                    self._model.add_at_most_one([first, second])

    def _share(self, one: int, other: int, table: int) -> cp_model.IntVar | None:
        """Return a variable that is true exactly if both sit at ``table``; ``None`` if they cannot."""
        first, second = self._at.get((one, table)), self._at.get((other, table))
        if first is None or second is None:
            return None
        both = self._model.new_bool_var("")
        self._model.add_implication(both, first)
        self._model.add_implication(both, second)
        self._model.add_bool_or([both, first.negated(), second.negated()])
        return both
