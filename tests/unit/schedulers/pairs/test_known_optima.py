"""Whole evenings against one model of CP-SAT over all rounds, which knows nothing of stages.

Where CP-SAT proves its optimum within its (deterministic) time, the plan is worth as much; where it does
not, neither what it finds exceeds what is proven of the plan, nor is the plan worth more than its bound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from ortools.sat.python import cp_model
from unit.schedulers.pairs.small_rooms import everybody_but, room

from benchmarks.instances import evening
from schedulers.certificate import certify
from schedulers.pairs.rounds.evening import groups_in
from schedulers.schedule import MaxIterations, sit_outs
from schedulers.solve import plan

if TYPE_CHECKING:
    from schedulers.problem import Problem
    from schedulers.schedule import Plan


class Optimum(NamedTuple):
    """What CP-SAT found: at least ``value`` can be had, and no plan is worth more than ``bound``."""

    value: int
    bound: int


def optimum_of(problem: Problem, found: Plan, *, work: float, with_hint: bool = False) -> Optimum:
    """Search all plans with as many meetings and sit-outs as ``found``, all must-meets kept.

    Args:
        problem: The evening; nobody may share a fixed table.
        found: A plan for it, without trios.
        work: CP-SAT's own seconds, which no clock measures.
        with_hint: Whether to start from ``found``.
    """
    model = cp_model.CpModel()
    may_meet = problem.may_meet() & ~problem.met_before()
    pairs = [(i, j) for i, j in np.argwhere(np.triu(may_meet)).tolist()]
    meets = {
        (pair, r): model.new_bool_var("")
        for r in range(problem.rounds)
        for pair in pairs
        if problem.present[list(pair), r].all()
    }
    for pair in pairs:
        model.add_at_most_one(var for (who, _), var in meets.items() if who == pair)
    counts = sit_outs(problem, found.seats)
    for person in range(problem.n):
        for r in range(problem.rounds):
            model.add_at_most_one(var for (who, at), var in meets.items() if at == r and person in who)
        mine = [var for (who, _), var in meets.items() if person in who]
        there = int(problem.present[person].sum())
        model.add(cp_model.LinearExpr.sum(mine) >= there - int(counts.max()))
    for r in range(problem.rounds):
        here = [var for (_, at), var in meets.items() if at == r]
        model.add(cp_model.LinearExpr.sum(here) == int((found.seats[r] >= 0).sum()) // 2)
    for first, second, by in problem.musts:
        who, last = (min(first, second), max(first, second)), problem.rounds if by is None else by
        model.add_exactly_one(var for (pair, r), var in meets.items() if pair == who and r <= last)
    if with_hint:
        happens = {(pair, r) for r, row in enumerate(found.seats) for pair in groups_in(row)}
        for key, var in meets.items():
            model.add_hint(var, key in happens)
    worth = [int(problem.weights[pair]) for pair, _ in meets]
    model.maximize(cp_model.LinearExpr.weighted_sum(list(meets.values()), worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = work
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
    value = -1 if status == cp_model.UNKNOWN else round(solver.objective_value)
    return Optimum(value, int(np.floor(solver.best_objective_bound + 1e-6)))


def assert_best(problem: Problem, *, work: float, with_hint: bool = False, must_prove: bool = False) -> None:
    found = plan(problem, stop=MaxIterations(30))

    assert certify(problem, found).falsehoods == ()
    assert found.unmet == ()
    assert found.search_bound == found.value
    known = optimum_of(problem, found, work=work, with_hint=with_hint)
    assert known.value <= found.value <= known.bound
    assert not must_prove or known.bound == found.value


@pytest.mark.parametrize("kind", ["tags", "rand", "live", "btags", "brand"])
@pytest.mark.parametrize(("n", "rounds"), [(20, 5), (19, 5)])
def test_twenty_people_are_planned_as_well_as_one_model_of_all_rounds_can(
    kind: str, n: int, rounds: int
) -> None:
    assert_best(evening(kind, n, rounds, seed=1), work=10, must_prove=True)


def test_organisations_are_planned_as_well_as_one_model_of_all_rounds_can() -> None:
    colleagues = [(i, j) for i in range(18) for j in range(i) if i // 3 == j // 3]

    assert_best(room(18, 6, allowed=everybody_but(18, colleagues)), work=10, must_prove=True)


def test_unequal_sides_are_planned_as_well_as_one_model_of_all_rounds_can() -> None:
    assert_best(room(20, 6, sides=(np.arange(20) < 8).astype(int)), work=10, must_prove=True)


def test_former_meetings_are_planned_as_well_as_one_model_of_all_rounds_can() -> None:
    former = replace(room(16, 6), met=[(i, i + 1) for i in range(0, 16, 2)])

    assert_best(former, work=10, must_prove=True)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["tags", "rand", "live"])
@pytest.mark.parametrize(("n", "rounds"), [(20, 8), (20, 10), (21, 9)])
def test_more_rounds_of_twenty_people_are_planned_as_well_as_one_model_can(
    kind: str, n: int, rounds: int
) -> None:
    assert_best(evening(kind, n, rounds, seed=2), work=10)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["tags", "rand", "live", "btags", "brand"])
@pytest.mark.parametrize("rounds", [5, 10])
def test_one_model_of_all_rounds_finds_nothing_better_for_forty_people(kind: str, rounds: int) -> None:
    """It starts from the plan, and has only to find a better one, or that there is none."""
    assert_best(evening(kind, 40, rounds, seed=1), work=6, with_hint=True)
