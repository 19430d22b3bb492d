"""Small evenings against every plan there is; and plans that only ever get better."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from properties.schedulers.every_plan import Evening
from properties.schedulers.small_problems import small_problems

from schedulers.budget import Limits
from schedulers.certificate import certify
from schedulers.pairs.complete import columns_of, search_whole
from schedulers.pairs.demand import outlook_of
from schedulers.pairs.merit import merit
from schedulers.schedule import MaxIterations, plan_of
from schedulers.solve import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.pairs.merit import Merit
    from schedulers.problem import IntArray, Problem
    from schedulers.schedule import Plan

PLENTY = MaxIterations(100)
MOST_PLANS = 5_000
few_people = st.one_of(
    small_problems(most_people=5, most_rounds=3), small_problems(most_people=6, most_rounds=2)
)
seeds = st.integers(0, 2**32 - 1)


def best_merit(problem: Problem, held: Sequence[IntArray] = ()) -> Merit:
    """How good the best of all plans is, in the order of rules."""
    evening = Evening(problem, held)
    assume(np.prod([float(len(ways)) for ways in evening.ways]) <= MOST_PLANS)
    waits = int(problem.present.sum())
    return max(merit_of(problem, evening.seats(rounds)) for rounds in evening.plans(waits))


def merit_of(problem: Problem, seats: IntArray) -> Merit:
    return merit(problem, plan_of(problem, seats))


@settings(max_examples=150, deadline=None)
@given(few_people, st.integers(0, 1000))
def test_no_plan_of_a_small_evening_is_better(problem: Problem, seed: int) -> None:
    found = plan(problem, stop=PLENTY, seed=seed)

    assert merit_of(problem, found.seats) == best_merit(problem)


@settings(max_examples=60, deadline=None)
@given(few_people, seeds)
def test_no_way_to_go_on_after_held_rounds_is_better(problem: Problem, seed: int) -> None:
    """In the held round people sat where they liked."""
    random = np.random.default_rng(seed)
    held = np.where(random.random(problem.n) < 0.8, np.arange(problem.n) // 2, -1)
    held = random.permutation(np.where(held < len(problem.tables), held, -1))

    found = plan(problem, held=[held], stop=PLENTY)

    assert np.array_equal(found.seats[0], held)
    assert merit_of(problem, found.seats) == best_merit(problem, [held])


@settings(max_examples=80, deadline=None)
@given(few_people)
def test_the_complete_search_needs_no_good_start(problem: Problem) -> None:
    nobody = np.full((problem.rounds, problem.n), -1)
    outlook = outlook_of(problem, nobody[:0])
    columns = columns_of(outlook)

    assert columns is not None
    seats = search_whole(outlook, columns, nobody, Limits(None, 0))
    assert merit_of(problem, seats) == best_merit(problem)


@settings(max_examples=60, deadline=None)
@given(
    small_problems(most_people=14, most_rounds=7), st.integers(0, 4), st.sampled_from([0.0, 0.0, 0.05, 0.5])
)
def test_every_plan_told_is_better_than_the_last_and_states_the_truth(
    problem: Problem, iterations: int, fairness: float
) -> None:
    problem = replace(problem, fairness=fairness)

    told: list[Plan] = []
    found = plan(problem, stop=MaxIterations(iterations), on_improve=told.append)

    for better in told:
        assert certify(problem, better).falsehoods == ()
        assert better.bound is None or better.value <= better.bound
        assert better.search_bound is None or better.value <= better.search_bound
    if not fairness:
        merits = [merit(problem, better) for better in told]
        assert merits == sorted(merits)
    assert np.array_equal(told[-1].seats, found.seats)
    for figure in ("value", "bound", "gap", "search_bound", "floor", "floor_bound", "unmet", "certificate"):
        assert getattr(told[-1], figure) == getattr(found, figure)


@settings(max_examples=60, deadline=None)
@given(small_problems(most_people=14, most_rounds=7), seeds)
def test_a_plan_to_start_from_is_never_made_worse(problem: Problem, seed: int) -> None:
    first = plan(problem, stop=MaxIterations(1), seed=seed % 100)

    for stop in (MaxIterations(0), MaxIterations(2)):
        second = plan(problem, initial=first, stop=stop)
        assert merit(problem, second) >= merit(problem, first)


@settings(max_examples=60, deadline=None)
@given(small_problems(most_people=14, most_rounds=7), seeds)
def test_people_who_leave_cost_no_more_than_their_own_meetings(problem: Problem, seed: int) -> None:
    """What is left of the plan is legal, so that nothing that is offered may be worse."""
    random = np.random.default_rng(seed)
    before = plan(problem, stop=MaxIterations(1))
    held = int(random.integers(0, problem.rounds))
    present = problem.present.copy()
    present[random.random(problem.n) < 0.3, held:] = False
    now = replace(problem, present=present)
    left = what_is_left(now, before.seats, held)

    found = plan(now, held=before.seats[:held], initial=before, stop=MaxIterations(1))

    assert np.array_equal(found.seats[:held], before.seats[:held])
    assert merit_of(now, found.seats) >= merit_of(now, left)


def what_is_left(problem: Problem, seats: IntArray, held: int) -> IntArray:
    """The tables after the held rounds at which a pair, or a trio at an odd head-count, is still there."""
    left = seats.copy()
    for r in range(held, problem.rounds):
        there = problem.present[:, r]
        sizes = (2, 3) if there.sum() % 2 else (2,)
        for table in range(len(problem.tables)):
            if (there & (seats[r] == table)).sum() not in sizes:
                left[r][seats[r] == table] = -1
        left[r][~there] = -1
    return left
