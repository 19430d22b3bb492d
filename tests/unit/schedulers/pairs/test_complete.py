"""All rounds in one model, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from properties.schedulers.brute import broken_rules
from unit.schedulers.pairs.small_rooms import NO_CLOCK, NO_TIME, everybody_but, outlook, room, seats

from schedulers.pairs.complete import columns_of, search_whole
from schedulers.problem import IntArray, MustMeet, Problem
from schedulers.schedule import sit_outs, unmet_musts


def searched(problem: Problem, held: IntArray | None = None) -> IntArray:
    """Return what a complete search finds when it starts from nobody seated."""
    start = np.full((problem.rounds, problem.n), -1)
    if held is not None:
        start[: len(held)] = held
    ahead = outlook(problem, () if held is None else held.tolist())
    columns = columns_of(ahead)
    assert columns is not None
    found = search_whole(ahead, columns, start, NO_CLOCK)
    assert broken_rules(problem, found, first_round=0 if held is None else len(held)) == []
    return found


def test_every_pair_that_may_meet_has_a_column_for_every_round_it_is_there() -> None:
    present = np.array([[True, True], [True, False], [True, True]])
    problem = room(3, 2, present=present, allowed=everybody_but(3, [(1, 2)]))

    assert columns_of(outlook(problem)) == [((0, 1), 0), ((0, 2), 0), ((0, 2), 1)]


def test_trios_have_columns_at_an_odd_head_count() -> None:
    present = np.ones((5, 2), dtype=np.bool_)
    present[4, 1] = False

    columns = columns_of(outlook(room(5, 2, present=present, odd="trio")))

    assert columns is not None
    assert sum(len(group) == 3 for group, r in columns if r == 0) == 10
    assert all(len(group) == 2 for group, r in columns if r == 1)


@pytest.mark.parametrize(("n", "rounds", "odd"), [(30, 10, "sit_out"), (21, 5, "trio")])
def test_an_evening_too_large_for_one_model_is_left_alone(n: int, rounds: int, odd: str) -> None:
    assert columns_of(outlook(room(n, rounds, odd=odd))) is None


def test_two_triangles_are_no_trap() -> None:
    """Played round by round, six people easily end with two triangles and nobody to pair off."""
    assert (searched(room(6, 5)) >= 0).all()


def test_must_meets_come_before_seats() -> None:
    """With 0-1 and 2-3 forbidden to the others, to keep the wish leaves people out."""
    allowed = everybody_but(6, [(2, 3), (4, 5), (2, 4), (2, 5), (3, 4), (3, 5)])
    problem = room(6, 1, allowed=allowed, must_meet=[MustMeet(0, 1)])

    found = searched(problem)

    assert unmet_musts(problem, found) == ()
    assert int((found >= 0).sum()) == 2


def test_seats_come_before_value_and_shared_breaks_between() -> None:
    problem = room(7, 3, allowed=everybody_but(7, combinations(range(4), 2)))

    found = searched(problem)

    assert (found >= 0).sum(axis=1).tolist() == [6, 6, 6]
    assert sorted(sit_outs(problem, found).tolist()) == [0, 0, 0, 0, 1, 1, 1]


def test_hosts_of_one_table_take_turns() -> None:
    problem = room(6, 2, fixed=np.array([0, 0, -1, -1, -1, -1]), allowed=everybody_but(6, [(0, 1)]))

    found = searched(problem)

    assert sit_outs(problem, found)[:2].tolist() == [1, 1]
    assert (found >= 0).sum(axis=1).tolist() == [4, 4]


def test_held_rounds_stay_and_their_breaks_count() -> None:
    """0 and 4 are worth nothing to anybody, but they sat out before."""
    problem = room(5, 3)
    weights = problem.weights.copy()
    weights[[0, 4]] = weights[:, [0, 4]] = 0
    problem = replace(problem, weights=weights)
    held = seats("0011-", "-0011")

    found = searched(problem, held)

    assert np.array_equal(found[:2], held)
    assert sit_outs(problem, found)[[0, 4]].tolist() == [1, 1]


def test_without_time_the_plan_to_start_from_is_returned() -> None:
    problem = room(6, 2)
    start = seats("001122", "010221")
    ahead = outlook(problem)
    columns = columns_of(ahead)
    assert columns is not None

    found = search_whole(ahead, columns, start, NO_TIME)

    together = [{(i, j) for i, j in combinations(range(6), 2) if row[i] == row[j]} for row in found]
    assert together == [{(0, 1), (2, 3), (4, 5)}, {(0, 2), (1, 5), (3, 4)}]
