"""How good a plan is: one rule after the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from unit.schedulers.pairs.small_rooms import room, seats

from schedulers.pairs.merit import merit, shared_breaks
from schedulers.problem import MustMeet
from schedulers.schedule import plan_of

ROOM = room(6, 2)


def test_a_must_meet_is_worth_more_than_seats() -> None:
    problem = replace(ROOM, must_meet=[MustMeet(0, 1)])
    with_wish, full = plan_of(problem, seats("00----", "------")), plan_of(problem, seats("010122", "010221"))

    assert merit(problem, with_wish) > merit(problem, full)


def test_a_seat_is_worth_more_than_shared_breaks() -> None:
    unfair, fewer = plan_of(ROOM, seats("0011--", "0101--")), plan_of(ROOM, seats("0011--", "0----0"))

    assert merit(ROOM, unfair) > merit(ROOM, fewer)


def test_shared_breaks_are_worth_more_than_value() -> None:
    problem = replace(ROOM, weights=np.zeros((6, 6), dtype=np.int32))
    good = problem.weights.copy()
    good[0, 1] = good[1, 0] = good[0, 2] = good[2, 0] = 1000
    problem = replace(problem, weights=good)
    rich, fair = plan_of(problem, seats("0011--", "0101--")), plan_of(problem, seats("--1100", "00--11"))

    assert rich.value > fair.value
    assert merit(problem, fair) > merit(problem, rich)


def test_value_decides_among_plans_that_are_equal_so_far() -> None:
    plans = [plan_of(ROOM, seats(row)) for row in ("001122", "010122", "012012")]

    assert max(plans, key=lambda plan: merit(ROOM, plan)) == max(plans, key=lambda plan: plan.value)


def test_with_fairness_the_floor_decides_among_plans_that_are_worth_enough() -> None:
    high, low = plan_of(ROOM, seats("001122", "010221")), plan_of(ROOM, seats("012012", "001212"))
    high, low = replace(high, value=90, floor=50), replace(low, value=100, floor=40)

    assert merit(ROOM, high, enough=90) > merit(ROOM, low, enough=90)
    assert merit(ROOM, low, enough=91) > merit(ROOM, high, enough=91)
    assert merit(ROOM, low) > merit(ROOM, high)


def test_the_most_sit_outs_count_first_then_how_many_have_them() -> None:
    shares = [(2, 0, 0), (1, 1, 1), (1, 1, 0), (2, 2, 0), (0, 0, 0)]

    best_first = sorted(shares, key=lambda waits: shared_breaks(ROOM, np.array(waits)), reverse=True)

    assert best_first == [(0, 0, 0), (1, 1, 0), (1, 1, 1), (2, 0, 0), (2, 2, 0)]


def test_each_side_shares_its_own_breaks() -> None:
    """The longer side must wait; that somebody of the shorter one waits as often is no comfort."""
    problem = replace(ROOM, sides=np.array([0, 0, 1, 1, 1, 1]))

    assert shared_breaks(problem, np.array([0, 0, 1, 1, 1, 1])) > shared_breaks(
        problem, np.array([0, 0, 2, 1, 1, 0])
    )
    assert shared_breaks(problem, np.array([0, 0, 2, 2, 0, 0])) > shared_breaks(
        problem, np.array([1, 0, 1, 1, 1, 0])
    )
