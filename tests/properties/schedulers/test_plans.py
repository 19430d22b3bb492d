"""Every plan keeps the rules, and every round is the best one in their order."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from properties.schedulers.brute import all_rounds, broken_rules, goodness, waits
from properties.schedulers.small_problems import small_problems

from schedulers.certificate import certify
from schedulers.pairs.rounds.evening import groups_in
from schedulers.problem import Problem, Table
from schedulers.schedule import MaxIterations, MaxRuntime
from schedulers.solve import next_round, plan

if TYPE_CHECKING:
    from schedulers.schedule import Plan

PLENTY = MaxIterations(100)


@settings(max_examples=250, deadline=None)
@given(small_problems(), st.sampled_from([PLENTY, MaxIterations(1), MaxRuntime(0)]))
@example(Problem(np.zeros((0, 0), dtype=int), [], 3), PLENTY)
def test_every_plan_keeps_the_rules_and_states_the_truth(problem: Problem, stop: MaxIterations) -> None:
    planned = plan(problem, stop=stop)

    assert broken_rules(problem, planned.seats) == []
    assert certify(problem, planned).falsehoods == ()


@settings(max_examples=60, deadline=None)
@given(small_problems(), st.integers(0, 2**32 - 1))
def test_rounds_after_held_ones_keep_the_rules(problem: Problem, seed: int) -> None:
    """What was held may have broken any rule: people sat where they liked."""
    random = np.random.default_rng(seed)
    seats = random.permuted(np.tile(np.arange(problem.n) // 2, (1, 1)), axis=1)
    held = np.where(seats < len(problem.tables), seats, -1)

    planned = plan(problem, held=held, stop=PLENTY)

    assert np.array_equal(planned.seats[:1], held)
    assert broken_rules(problem, planned.seats, first_round=1) == []


@settings(max_examples=250, deadline=None)
@given(small_problems(most_people=7, musts=1))
def test_the_next_round_is_the_best_of_all(problem: Problem) -> None:
    assume(problem.rounds >= 2)
    held = plan(problem, stop=MaxRuntime(0)).seats[:-1]
    last = len(held)
    problem = replace(problem, must_meet=[must for must in problem.musts if must.by in (None, last)])
    met = {frozenset(pair) for pair in problem.met}
    met |= {frozenset(pair) for row in held for group in groups_in(row) for pair in combinations(group, 2)}
    before = waits(problem, held)

    found = next_round(problem, held, stop=PLENTY)

    groups = groups_in(found.seats[last])
    best = max(goodness(problem, other, before, last) for other in all_rounds(problem, last, met))
    assert goodness(problem, groups, before, last) == best


@settings(max_examples=25, deadline=None)
@given(small_problems(), st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_plan(problem: Problem, seed: int) -> None:
    one, other = (plan(problem, stop=MaxIterations(2), seed=seed) for _ in range(2))

    assert np.array_equal(one.seats, other.seats)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 13), st.integers(1, 5), st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_nobody_sits_out_twice_before_all_did_once(n: int, rounds: int, tables: int, seed: int) -> None:
    weights = np.triu(np.random.default_rng(seed).integers(0, 1001, (n, n)), 1)
    assume(rounds <= n // 2)
    problem = Problem(weights + weights.T, [Table(2)] * tables, rounds)

    counts = waits(problem, plan(problem, stop=PLENTY).seats)

    assert max(counts) - min(counts) <= 1


@settings(max_examples=20, deadline=None)
@given(small_problems())
def test_a_better_plan_is_told_as_it_is_found_and_never_a_worse_one(problem: Problem) -> None:
    told: list[Plan] = []

    final = plan(problem, stop=PLENTY, on_improve=told.append)

    assert told
    assert np.array_equal(told[-1].seats, final.seats)
    assert [len(better.unmet) for better in told] == sorted(
        (len(better.unmet) for better in told), reverse=True
    )
