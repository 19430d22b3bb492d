"""Plans come early and get better; the same seed tells the same story; a plan to start from is never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from properties.schedulers.brute import broken_rules
from unit.schedulers.pairs.small_rooms import room

from benchmarks.instances import evening
from schedulers.certificate import certify
from schedulers.pairs.merit import merit
from schedulers.pairs.rounds.evening import groups_in
from schedulers.schedule import MaxIterations, MaxRuntime, Plan, meeting_counts
from schedulers.solve import next_round, plan

if TYPE_CHECKING:
    from schedulers.problem import IntArray, Problem

ROOMS = {
    "tags": evening("tags", 40, 8, seed=1),
    "odd": evening("tags", 41, 6, seed=1),
    "live": evening("live", 60, 8, seed=2),
    "sides": evening("btags", 50, 7, seed=1),
    "trios": replace(evening("rand", 31, 5, seed=2), odd="trio"),
    "fair": replace(evening("rand", 31, 5, seed=2), fairness=0.05),
    "few tables": room(36, 7, tables=12),
    "tight": room(30, 29, odd="trio"),
}
every_room = pytest.mark.parametrize("name", ROOMS)
FIGURES = ("value", "bound", "gap", "search_bound", "floor", "floor_bound", "unmet", "certificate", "seed")


def story(problem: Problem, iterations: int, seed: int) -> list[Plan]:
    told: list[Plan] = []
    told.append(plan(problem, stop=MaxIterations(iterations), seed=seed, on_improve=told.append))
    return told


@every_room
@pytest.mark.parametrize("iterations", [0, 3])
def test_the_same_seed_tells_the_same_story(name: str, iterations: int) -> None:
    one, other = (story(ROOMS[name], iterations, seed=5) for _ in range(2))

    assert len(one) == len(other)
    for first, second in zip(one, other, strict=True):
        assert np.array_equal(first.seats, second.seats)
        assert [getattr(first, figure) for figure in FIGURES] == [
            getattr(second, figure) for figure in FIGURES
        ]
        assert [(stage.name, stage.gap) for stage in first.stages] == [
            (stage.name, stage.gap) for stage in second.stages
        ]


@every_room
def test_every_plan_told_keeps_the_rules_and_is_no_worse_than_the_last(name: str) -> None:
    problem = ROOMS[name]

    *told, found = story(problem, 5, seed=0)

    assert told
    for better in told:
        assert broken_rules(problem, better.seats) == []
        assert certify(problem, better).falsehoods == ()
    assert np.array_equal(told[-1].seats, found.seats)
    assert [getattr(told[-1], figure) for figure in FIGURES] == [getattr(found, figure) for figure in FIGURES]
    if not problem.fairness:
        merits = [merit(problem, better) for better in told]
        assert merits == sorted(merits)


@every_room
def test_more_searches_make_no_plan_worse(name: str) -> None:
    problem = replace(ROOMS[name], fairness=0.0)

    merits = [merit(problem, plan(problem, stop=MaxIterations(count))) for count in (0, 1, 6)]

    assert merits == sorted(merits)


@every_room
@pytest.mark.parametrize("stop", [MaxIterations(0), MaxIterations(2), MaxRuntime(0)])
def test_a_plan_to_start_from_is_never_made_worse(name: str, stop: MaxIterations | MaxRuntime) -> None:
    problem = ROOMS[name]
    first = plan(problem, stop=MaxIterations(6), seed=1)

    second = plan(problem, initial=first, stop=stop, seed=7)

    if problem.fairness:
        assert (second.floor, second.value) >= (first.floor, first.value)
    else:
        assert merit(problem, second) >= merit(problem, first)


def test_a_plan_to_start_from_needs_no_prices_to_be_told() -> None:
    problem = ROOMS["live"]
    first = plan(problem, stop=MaxIterations(6))
    told: list[Plan] = []

    plan(problem, initial=first, stop=MaxRuntime(0), on_improve=told.append)

    assert told[0].value >= first.value


@every_room
@pytest.mark.parametrize("held", [1, 4])
def test_held_rounds_stay_as_they_were_when_people_leave(name: str, held: int) -> None:
    problem = ROOMS[name]
    first = plan(problem, stop=MaxIterations(1))
    present = problem.present.copy()
    present[::7, held:] = False
    now = replace(problem, present=present)

    second = plan(now, held=first.seats[:held], initial=first, stop=MaxIterations(1))

    assert np.array_equal(second.seats[:held], first.seats[:held])
    assert broken_rules(now, second.seats) == []
    assert certify(now, second).falsehoods == ()
    assert second.certificate is not None
    assert second.certificate.held == held


def test_when_all_rounds_are_held_there_is_nothing_left_to_do() -> None:
    problem = ROOMS["tags"]
    first = plan(problem, stop=MaxIterations(1))

    second = plan(problem, held=first.seats, stop=MaxIterations(5))

    assert np.array_equal(second.seats, first.seats)
    assert second.value == second.bound == first.value


def heaviest_round(problem: Problem, held: IntArray) -> tuple[int, int]:
    """Return how many pairs the largest next round has, and what the heaviest of these is worth."""
    r = len(held)
    possible = problem.may_meet() & ~problem.met_before() & (meeting_counts(held) == 0)
    possible &= problem.present[:, r] & problem.present[:, [r]]
    graph = nx.Graph()
    pairs = np.argwhere(np.triu(possible)).tolist()
    graph.add_weighted_edges_from((i, j, int(problem.weights[i, j])) for i, j in pairs)
    matching = nx.max_weight_matching(graph, maxcardinality=True)
    return len(matching), sum(int(problem.weights[pair]) for pair in matching)


@pytest.mark.parametrize("kind", ["tags", "rand", "btags"])
def test_no_next_round_is_worse_than_the_heaviest_matching(kind: str) -> None:
    problem = evening(kind, 60, 4, seed=3)
    seats = np.zeros((0, 60), dtype=np.int64)
    for _ in range(problem.rounds):
        pairs, value = heaviest_round(problem, seats)
        before = plan_value(problem, seats)

        seats = next_round(problem, seats, stop=MaxIterations(20)).seats

        assert len(groups_in(seats[-1])) == pairs
        assert plan_value(problem, seats) - before >= value


def plan_value(problem: Problem, seats: IntArray) -> int:
    return int(problem.weights[meeting_counts(seats) > 0].sum()) // 2


@pytest.mark.parametrize("kind", ["tags", "rand", "live", "btags", "brand"])
@pytest.mark.parametrize(("n", "rounds"), [(40, 6), (60, 8)])
def test_a_whole_evening_is_worth_more_than_the_best_rounds_one_after_the_other(
    kind: str, n: int, rounds: int
) -> None:
    problem = evening(kind, n, rounds, seed=1)
    seats = np.zeros((0, n), dtype=np.int64)
    for _ in range(rounds):
        seats = next_round(problem, seats, stop=MaxIterations(20)).seats

    found = plan(problem, stop=MaxIterations(5))

    assert found.value > plan_value(problem, seats)
