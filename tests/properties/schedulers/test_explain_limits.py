"""What is said to be unavoidable is: against all legal rounds, against real plans, and by its own proof."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.schedulers.brute import Groups, all_rounds, waits
from properties.schedulers.small_problems import small_problems

from schedulers.barriers import barrier, shortage
from schedulers.crowds import limits_of
from schedulers.explanation import Crowd, OddParts, PeopleLimit, RoundLimit
from schedulers.problem import BoolArray, IntArray, Problem
from schedulers.schedule import MaxIterations, MaxRuntime, sit_outs
from schedulers.solve import plan


@st.composite
def rooms(draw: st.DrawFn) -> BoolArray:
    """Draw who may meet: from nearly nobody to nearly everybody, in one part or several."""
    n = draw(st.integers(0, 24))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    density = draw(st.sampled_from([0.03, 0.08, 0.15, 0.4, 0.9]))
    part = random.integers(0, draw(st.integers(1, 4)), n)
    may = np.triu(random.random((n, n)) < density, 1) & (part[:, None] == part[None, :])
    crowd = random.random(n) < draw(st.sampled_from([0.0, 0.6]))
    may &= ~(crowd[:, None] & crowd[None, :])
    return np.asarray(may | may.T)


def none_held(problem: Problem) -> IntArray:
    return np.zeros((0, problem.n), dtype=np.int64)


@settings(max_examples=400, deadline=None)
@given(rooms())
def test_a_barrier_proves_what_it_says(may: BoolArray) -> None:
    found = barrier(may)

    people = [person for part in found.parts for person in part] + list(found.partners)
    assert len(people) == len(set(people))
    graph = nx.from_numpy_array(may)
    for part in found.parts:
        assert len(part) % 2 == 1
        assert {other for person in part for other in graph[person]} <= {*part, *found.partners}
    assert 0 <= found.least <= len(may) - 2 * len(nx.max_weight_matching(graph, maxcardinality=True))


@settings(max_examples=200, deadline=None)
@given(rooms(), st.integers(0, 2**32 - 1))
def test_a_shortage_is_exact(may: BoolArray, seed: int) -> None:
    rows = np.random.default_rng(seed).random(len(may)) < 0.5
    between = may[rows][:, ~rows]
    found = shortage(between)

    assert np.array_equal(np.flatnonzero(between[found.rows].any(axis=0)), found.columns)
    matching = nx.max_weight_matching(nx.from_numpy_array(may & (rows[:, None] != rows)), maxcardinality=True)
    assert found.least == int(rows.sum()) - len(matching)


def colleagues_or_out(problem: Problem, groups: Groups, names: list[str | None], r: int) -> int:
    """Return how many who are there sit out or have somebody of their own group at their table."""
    content = {
        person
        for group in groups
        for person in group
        if not any(names[person] is not None and names[person] == names[i] for i in group if i != person)
    }
    return int(problem.present[:, r].sum()) - len(content)


@settings(max_examples=200, deadline=None)
@given(small_problems(most_people=7, most_rounds=2), st.data())
def test_no_legal_round_does_better_than_its_limits(problem: Problem, data: st.DataObject) -> None:
    some = st.sampled_from([None, "a", "b"])
    names = data.draw(st.lists(some, min_size=problem.n, max_size=problem.n))
    met = {frozenset(pair) for pair in problem.met}

    for limit in limits_of(problem, none_held(problem), names):
        if not isinstance(limit, RoundLimit):
            continue
        for r in limit.rounds:
            free: list[str | None] = names if limit.or_colleague else [None] * problem.n
            assert limit.least <= min(
                colleagues_or_out(problem, groups, free, r) for groups in all_rounds(problem, r, met)
            )


@settings(max_examples=100, deadline=None)
@given(small_problems(most_rounds=6), st.integers(0, 2))
def test_no_plan_does_better_than_its_limits(problem: Problem, first: int) -> None:
    seats = plan(problem, stop=MaxIterations(20)).seats
    late = waits(problem, seats[first:]) if first == 0 else None
    first = min(first, problem.rounds)
    alone = problem.present.T[first:] & (seats[first:] < 0)

    for limit in limits_of(problem, seats[:first]):
        if isinstance(limit, PeopleLimit):
            assert all(alone[:, person].sum() >= limit.least for person in limit.people)
        else:
            assert all(alone[r - first].sum() >= limit.least for r in limit.rounds)
    assert late is None or late == sit_outs(problem, seats).tolist()


@settings(max_examples=100, deadline=None)
@given(small_problems(most_people=8, most_rounds=5))
def test_every_reason_can_be_counted(problem: Problem) -> None:
    may = problem.may_meet() & ~problem.met_before()

    for limit in limits_of(problem, none_held(problem)):
        if isinstance(limit, PeopleLimit):
            together = problem.present[:, limit.rounds]
            for person in limit.people:
                assert together[person].all()
                partners = may[person] & together.any(axis=1)
                assert int(partners.sum()) == limit.partners == len(limit.rounds) - limit.least
        elif isinstance(limit.reason, Crowd):
            people, there = list(limit.reason.people), problem.present[:, limit.rounds[0]]
            assert there[people].all()
            assert not any(may[i, j] for i, j in combinations(people, 2))
            assert np.flatnonzero(may[people].any(axis=0) & there).tolist() == list(limit.reason.partners)
            assert limit.least == len(people) - len(limit.reason.partners)
        elif isinstance(limit.reason, OddParts):
            parts, partners = limit.reason.parts, limit.reason.partners
            assert limit.least <= len(parts) - len(partners)


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 9), st.integers(1, 12))
def test_more_rounds_than_others_are_breaks_for_everybody(n: int, rounds: int) -> None:
    problem = Problem(np.zeros((n, n), dtype=int), [], rounds)

    found = [limit for limit in limits_of(problem, none_held(problem)) if isinstance(limit, PeopleLimit)]

    if rounds < n:
        assert found == []
    else:
        assert found == [PeopleLimit(tuple(range(n)), rounds - (n - 1), tuple(range(rounds)), n - 1)]


@settings(max_examples=40, deadline=None)
@given(small_problems())
def test_limits_of_what_is_left_hold_for_any_rounds_held(problem: Problem) -> None:
    """Rounds that were held may have broken any rule."""
    n = problem.n
    free = Problem(problem.weights, problem.tables, problem.rounds)
    held = plan(free, stop=MaxRuntime(0)).seats[:1]
    seats = plan(problem, held=held, stop=MaxIterations(20)).seats
    alone = problem.present.T & (seats < 0)

    for limit in limits_of(problem, held):
        if isinstance(limit, RoundLimit):
            assert all(alone[r].sum() >= limit.least for r in limit.rounds)
            assert 0 not in limit.rounds
        else:
            assert all(alone[1:, person].sum() >= limit.least for person in limit.people if person < n)
