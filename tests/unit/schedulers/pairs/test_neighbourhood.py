"""Polishing: two rounds taken apart and put together again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from properties.schedulers.brute import broken_rules
from unit.schedulers.pairs.small_rooms import NO_CLOCK, only, outlook, room, seats, weights_of

from benchmarks.instances import evening
from schedulers.pairs.calendar import Calendar
from schedulers.pairs.neighbourhood import Swapping
from schedulers.pairs.rounds.evening import groups_in
from schedulers.pairs.seat import seats_of
from schedulers.problem import IntArray, MustMeet, Problem, Table
from schedulers.schedule import MaxIterations, meeting_counts
from schedulers.seating import Seating
from schedulers.solve import plan


def value(problem: Problem, rows: IntArray) -> int:
    return int(problem.weights[meeting_counts(rows) > 0].sum()) // 2


def spoiled(problem: Problem, rows: IntArray, seed: int) -> IntArray:
    """Return legal seats worth less: in single rounds, two pairs exchange partners as badly as can be."""
    random, rows = np.random.default_rng(seed), rows.copy()
    may_meet = problem.may_meet() & ~problem.met_before()
    due = {frozenset(must[:2]) for must in problem.musts}
    for r in random.permutation(len(rows)).tolist():
        pairs = [pair for pair in groups_in(rows[r]) if frozenset(pair) not in due]
        random.shuffle(pairs)
        for (a, b), (c, d) in zip(pairs[::2], pairs[1::2], strict=False):
            unused = may_meet & (meeting_counts(rows) == 0)
            worse = (
                problem.weights[a, d] + problem.weights[b, c] < problem.weights[a, b] + problem.weights[c, d]
            )
            if unused[a, d] and unused[b, c] and worse and problem.fixed[[a, b, c, d]].max() < 0:
                rows[r, [b, d]] = rows[r, [d, b]]
                break
    return rows


def polished(problem: Problem, rows: IntArray, swapping: Swapping, held: int = 0) -> IntArray:
    """Return ``rows`` after all that swapping two rounds can do; every step is better and legal."""
    ahead = outlook(problem, rows[:held].tolist())
    for _ in range(200):
        if swapping.is_exhausted:
            return rows
        calendar = swapping.improved(rows, NO_CLOCK)
        if calendar is not None:
            better = seats_of(ahead, calendar, Seating(problem))
            assert broken_rules(problem, better) == []
            assert value(problem, better) > value(problem, rows)
            assert np.array_equal((better >= 0).sum(axis=0), (rows >= 0).sum(axis=0))
            rows = better
    pytest.fail("the search does not end")


@pytest.mark.parametrize("seed", range(3))
def test_two_rounds_alone_are_put_together_as_well_as_can_be(seed: int) -> None:
    problem = room(14, 2, seed=seed)
    best = plan(problem, stop=MaxIterations(5))
    assert best.search_bound == best.value
    poor = spoiled(problem, best.seats, seed)
    assert value(problem, poor) < best.value

    better = Swapping(outlook(problem), (), seed).improved(poor, NO_CLOCK)

    assert better is not None
    assert value(problem, seats_of(outlook(problem), better, Seating(problem))) == best.value


@pytest.mark.parametrize("kind", ["tags", "rand", "btags", "live"])
def test_a_spoiled_plan_is_improved_step_by_step(kind: str) -> None:
    problem = evening(kind, 24, 6, seed=5)
    best = plan(problem, stop=MaxIterations(5))
    poor = spoiled(problem, best.seats, seed=1)
    lost = best.value - value(problem, poor)
    assert lost > 0
    musts = [(min(must[:2]), max(must[:2])) for must in problem.musts]

    better = polished(problem, poor, Swapping(outlook(problem), musts, 0))

    assert best.value - value(problem, better) <= lost // 4


def test_of_the_best_plan_nothing_is_improved() -> None:
    problem = room(12, 4, seed=3)
    best = plan(problem, stop=MaxIterations(20))
    assert best.search_bound == best.value
    swapping = Swapping(outlook(problem), (), 0)

    found = [swapping.improved(best.seats, NO_CLOCK) for _ in range(6)]

    assert found == [None] * 6
    assert swapping.is_exhausted


def test_must_meets_stay_in_their_round() -> None:
    problem = replace(room(10, 3, seed=2), must_meet=[MustMeet(0, 1, 0), MustMeet(2, 3, 1)])
    poor = spoiled(problem, plan(problem, stop=MaxIterations(5)).seats, seed=4)
    met_in = [[r for r in range(3) if poor[r, i] == poor[r, j]] for i, j in ((0, 1), (2, 3))]

    better = polished(problem, poor, Swapping(outlook(problem), [(0, 1), (2, 3)], 0))

    assert [[r for r in range(3) if better[r, i] == better[r, j]] for i, j in ((0, 1), (2, 3))] == met_in


def test_a_must_meet_needs_its_table() -> None:
    """4 and 6 leave after the first round: 4-5 and 6-7 would be best, but there are two tables, and 0-1."""
    present = np.ones((8, 2), dtype=np.bool_)
    present[[2, 3]] = present[[0, 1, 4, 6], 1] = False
    weights = weights_of(8, {(4, 5): 900, (6, 7): 900, (4, 6): 1, (5, 7): 1})
    allowed = only(8, [(0, 1), (4, 5), (6, 7), (4, 6), (5, 7)])
    problem = Problem(
        weights, [Table(2)] * 2, 2, present=present, allowed=allowed, must_meet=[MustMeet(0, 1)]
    )
    swapping = Swapping(outlook(problem), [(0, 1)], 0)

    assert swapping.improved(seats("00--1-1-", "-----0-0"), NO_CLOCK) is None


def test_held_rounds_stay_and_whoever_met_in_them_does_not_meet_again() -> None:
    problem = room(12, 4, seed=6)
    poor = spoiled(problem, plan(problem, stop=MaxIterations(5)).seats, seed=2)

    better = polished(problem, poor, Swapping(outlook(problem, poor[:2].tolist()), (), 0), held=2)

    assert np.array_equal(better[:2], poor[:2])


def test_whoever_is_away_stays_away_and_whoever_sat_out_sits_out_as_often() -> None:
    present = np.random.default_rng(3).random((17, 4)) < 0.8
    problem = room(17, 4, tables=6, present=present)
    poor = spoiled(problem, plan(problem, stop=MaxIterations(1)).seats, seed=3)

    polished(problem, poor, Swapping(outlook(problem), (), 0))


def test_a_single_round_has_nothing_to_swap_with() -> None:
    assert Swapping(outlook(room(6, 1)), (), 0).is_exhausted


def test_what_comes_back_is_a_calendar_of_all_rounds() -> None:
    problem = room(14, 3, seed=1)
    best = plan(problem, stop=MaxIterations(5))
    poor = spoiled(problem, best.seats, seed=0)
    swapping = Swapping(outlook(problem), (), 0)

    found = next(calendar for _ in range(3) if (calendar := swapping.improved(poor, NO_CLOCK)))

    assert isinstance(found, Calendar)
    assert found.count == [7, 7, 7]
