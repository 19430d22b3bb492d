"""All rounds in one model, with every rule: for evenings so small and tight that nothing else decides.

The stages before choose pairs first and rounds second. Where nearly everybody must meet everybody, or a
few people may meet only each other, that can leave somebody out who need not be. Here a variable for
every group and round is optimised rule by rule, in their order, each result kept while the next is sought.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from schedulers.pairs.breaks import trio_rounds
from schedulers.pairs.rounds.packing import new_solver
from schedulers.seating import Seating

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.pairs.demand import Outlook
    from schedulers.pairs.rounds.task import Group
    from schedulers.problem import IntArray, MustMeet

# About twenty people and ten rounds.
MOST_VARIABLES = 4000
TRIO = 3
# CP-SAT's own deterministic seconds for one goal, where no clock may decide.
WORK_OF_A_GOAL = 1.0


def columns_of(outlook: Outlook) -> list[tuple[Group, int]] | None:
    """Return every group and round that may be, or ``None`` if they are too many for one model."""
    with_trio = trio_rounds(outlook)
    if np.count_nonzero(outlook.possible) // 2 * outlook.rounds > MOST_VARIABLES:
        return None
    columns: list[tuple[Group, int]] = []
    for r in range(outlook.rounds):
        there = np.flatnonzero(outlook.present[:, r]).tolist()
        for size in (2, TRIO) if with_trio[r] else (2,):
            columns += [(group, r) for group in combinations(there, size) if _may_sit(outlook, group)]
            if len(columns) > MOST_VARIABLES:
                return None
    return columns


def _may_sit(outlook: Outlook, group: Group) -> bool:
    return all(outlook.possible[pair] for pair in combinations(group, 2))


def search_whole(
    outlook: Outlook, columns: list[tuple[Group, int]], start: IntArray, limits: Limits
) -> IntArray:
    """Return the seats of the best plan found by the order of rules, shape ``(rounds, n)``.

    Args:
        outlook: The rounds to come.
        columns: What may be, by :func:`columns_of`.
        start: Seats of a known plan, shape ``(rounds, n)``.
        limits: Time for all searches together.
    """
    model = _Model(outlook, columns, start)
    model.keep_best(model.wishes(), limits)
    model.keep_best(model.seated(), limits)
    for waiting in model.waiting_levels():
        model.keep_best(-waiting, limits)
    model.keep_best(model.value(), limits)
    return model.seats()


class _Model:
    """The model of an evening; what has been optimised becomes a rule for what follows."""

    def __init__(self, outlook: Outlook, columns: list[tuple[Group, int]], start: IntArray) -> None:
        self._outlook = outlook
        self._columns = columns
        self._model = cp_model.CpModel()
        self._chosen = [self._model.new_bool_var("") for _ in columns]
        self._hint = self._known(start)
        self._add_people()
        self._add_pairs()
        self._add_tables()

    def _known(self, start: IntArray) -> list[bool]:
        rows = start[len(self._outlook.held) :]
        known = []
        for group, r in self._columns:
            table = rows[r][group[0]]
            known.append(table >= 0 and set(np.flatnonzero(rows[r] == table).tolist()) == set(group))
        return known

    def _add_people(self) -> None:
        """Everybody is in at most one group a round."""
        places: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        for (group, r), var in zip(self._columns, self._chosen, strict=True):
            for person in group:
                places.setdefault((person, r), []).append(var)
        for here in places.values():
            self._model.add_at_most_one(here)
        self._places = places

    def _add_pairs(self) -> None:
        """Nobody meets anybody twice."""
        meetings: dict[tuple[int, int], list[tuple[int, cp_model.IntVar]]] = {}
        for (group, r), var in zip(self._columns, self._chosen, strict=True):
            for pair in combinations(group, 2):
                meetings.setdefault(pair, []).append((r, var))
        for times in meetings.values():
            self._model.add_at_most_one(var for _, var in times)
        self._meetings = meetings

    def _add_tables(self) -> None:
        """No more groups than tables, one trio at most, one group at a table that several are fixed to."""
        problem = self._outlook.problem
        shared = [table for table in set(problem.fixed.tolist()) if table >= 0]
        for r in range(self._outlook.rounds):
            now = [(g, var) for (g, at), var in zip(self._columns, self._chosen, strict=True) if at == r]
            self._model.add(cp_model.LinearExpr.sum([var for _, var in now]) <= len(problem.tables))
            self._model.add_at_most_one(var for group, var in now if len(group) == TRIO)
            for table in shared:
                hosts = set(np.flatnonzero(problem.fixed == table).tolist())
                self._model.add_at_most_one(var for group, var in now if hosts & set(group))

    def wishes(self) -> cp_model.LinearExpr:
        """Return how many must-meets happen in time."""
        return cp_model.LinearExpr.sum([self._kept(must) for must in self._outlook.problem.musts])

    def _kept(self, must: MustMeet) -> cp_model.IntVar:
        first = len(self._outlook.held)
        pair = (min(must[:2]), max(must[:2]))
        last = self._outlook.problem.rounds - 1 if must.by is None else must.by
        kept = self._model.new_bool_var("")
        in_time = [var for r, var in self._meetings.get(pair, []) if first + r <= last]
        self._model.add(cp_model.LinearExpr.sum(in_time) >= kept)
        return kept

    def seated(self) -> cp_model.LinearExpr:
        """Return how many people have a seat, all rounds together."""
        sizes = [len(group) for group, _ in self._columns]
        return cp_model.LinearExpr.weighted_sum(self._chosen, sizes)

    def waiting_levels(self) -> list[cp_model.LinearExpr]:
        """Return how many people sit out at least so often, from the most down, side by side."""
        outlook = self._outlook
        there = outlook.present.sum(axis=1)
        most = int((outlook.waited + there).max(initial=0))
        totals = []
        for side in sorted(set(outlook.sides.tolist())):
            for times in range(most, 0, -1):
                people = np.flatnonzero((outlook.sides == side) & (outlook.waited + there >= times))
                totals.append(cp_model.LinearExpr.sum([self._waits(i, times) for i in people.tolist()]))
        return totals

    def _waits(self, person: int, times: int) -> cp_model.IntVar:
        """Return a variable that is 1 if ``person`` sits out ``times`` times or more."""
        outlook = self._outlook
        rounds = [r for r in range(outlook.rounds) if outlook.present[person, r]]
        seated = cp_model.LinearExpr.sum([var for r in rounds for var in self._places.get((person, r), [])])
        waits = self._model.new_bool_var("")
        self._model.add(int(outlook.waited[person]) + len(rounds) - seated <= times - 1).only_enforce_if(
            ~waits
        )
        return waits

    def value(self) -> cp_model.LinearExpr:
        """Return what all meetings are worth."""
        weights = self._outlook.problem.weights
        worth = [sum(int(weights[pair]) for pair in combinations(g, 2)) for g, _ in self._columns]
        return cp_model.LinearExpr.weighted_sum(self._chosen, worth)

    def keep_best(self, goal: cp_model.LinearExpr, limits: Limits) -> None:
        """Search for the most of ``goal`` and let nothing after fall below it."""
        if limits.are_spent():
            return
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for var, hint in zip(self._chosen, self._hint, strict=True):
            self._model.add_hint(var, hint)
        self._model.maximize(goal)
        solver = new_solver(limits)
        if limits.deadline is None:
            solver.parameters.max_deterministic_time = WORK_OF_A_GOAL
        if solver.solve(self._model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._hint = [solver.boolean_value(var) for var in self._chosen]
            self._model.add(goal >= round(solver.objective_value))

    def seats(self) -> IntArray:
        """Return the plan found last, or what is known of the one to start from."""
        outlook = self._outlook
        seating = Seating(outlook.problem)
        rows = list(outlook.held)
        for r in range(outlook.rounds):
            groups = [
                g for (g, at), taken in zip(self._columns, self._hint, strict=True) if taken and at == r
            ]
            before = rows[-1] if rows else np.full(outlook.problem.n, -1, dtype=np.int64)
            rows.append(seating.seat(groups, before))
        return np.array(rows, dtype=np.int64).reshape(len(rows), outlook.problem.n)
