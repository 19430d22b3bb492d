"""The best plan so far, and what is stated about it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from unit.schedulers.pairs.small_rooms import outlook, room, seats, weights_of

from schedulers.certificate import certify
from schedulers.pairs.incumbent import Incumbent
from schedulers.pairs.proving import priced
from schedulers.problem import Problem, Table
from schedulers.schedule import Plan

# The best round is 0-1 and 2-3, worth 12; 0-2 and 1-3 are worth 8.
FOUR = Problem(
    weights_of(4, {(0, 1): 7, (2, 3): 5, (0, 2): 4, (1, 3): 4, (0, 3): 1}).astype(np.int32), [Table(2)] * 2, 1
)
POOR, BETTER, BEST = seats("-1-1"), seats("0101"), seats("0011")


def keeper(problem: Problem = FOUR) -> tuple[Incumbent, list[Plan]]:
    told: list[Plan] = []
    return Incumbent(outlook(problem), 3, told.append), told


def test_before_anything_was_tried_there_is_no_plan() -> None:
    incumbent, _ = keeper()

    with pytest.raises(RuntimeError, match="nothing has been tried"):
        incumbent.plan()


def test_only_better_plans_are_kept_and_told() -> None:
    incumbent, told = keeper()

    taken = [incumbent.offer("try", offered) for offered in (BETTER, POOR, BETTER, BEST, BETTER)]

    assert taken == [True, False, False, True, False]
    assert [plan.value for plan in told] == [8, 12]
    assert np.array_equal(incumbent.seats, BEST)
    assert incumbent.plan().seed == 3


def test_every_try_is_a_stage_in_order() -> None:
    incumbent, told = keeper()
    incumbent.offer("one", POOR)
    incumbent.note("two")
    incumbent.offer("three", BEST)

    stages = incumbent.plan().stages

    assert [stage.name for stage in stages] == ["one", "two", "three"]
    assert [stage.seconds for stage in stages] == sorted(stage.seconds for stage in stages)
    assert [stage.name for stage in told[0].stages] == ["one"]


def test_without_prices_there_is_no_bound() -> None:
    incumbent, _ = keeper()
    incumbent.offer("try", BEST)

    plan = incumbent.plan()

    assert (plan.bound, plan.gap, plan.certificate, plan.search_bound) == (None, None, None, None)
    assert plan.floor_bound == 5
    assert not incumbent.is_proven_best()


def test_with_prices_every_plan_comes_with_its_proof() -> None:
    incumbent, told = keeper()
    incumbent.offer("try", BETTER)
    incumbent.price(priced(outlook(FOUR), ()))

    incumbent.offer("try", BEST)

    assert (told[-1].bound, told[-1].gap) == (12, 0.0)
    assert [plan.bound for plan in told[1:]] == [12] * len(told[1:])
    assert all(certify(FOUR, plan).holds for plan in told)
    assert incumbent.is_proven_best()


def test_a_plan_with_more_breaks_is_not_proven_best_by_prices_for_fewer() -> None:
    incumbent, told = keeper()
    incumbent.price(priced(outlook(FOUR), ()))

    incumbent.offer("try", POOR)

    assert not incumbent.is_proven_best()
    assert incumbent.gap() == 0
    assert certify(FOUR, told[-1]).holds


def test_what_a_search_proved_is_stated_of_plans_without_breaks_only() -> None:
    """The search looked at full rounds; whether a lone 1-3 is the best lone pair, it does not know."""
    incumbent, told = keeper()
    incumbent.price(priced(outlook(FOUR), ()))
    incumbent.offer("try", POOR)
    incumbent.prove(12)

    incumbent.offer("try", BETTER)

    assert [(plan.value, plan.search_bound) for plan in told[-2:]] == [(4, None), (8, 12)]
    assert not incumbent.is_proven_best()


def test_the_gap_is_what_is_missing_to_what_was_priced() -> None:
    incumbent, _ = keeper()
    incumbent.price(priced(outlook(FOUR), ()))

    incumbent.offer("try", BETTER)

    assert incumbent.gap() == 4


def test_other_tables_change_nothing_but_the_seats() -> None:
    incumbent, told = keeper()
    incumbent.price(priced(outlook(FOUR), ()))
    incumbent.offer("try", BEST)
    before = incumbent.plan()

    incumbent.seat(seats("1100"))

    after = incumbent.plan()
    assert np.array_equal(after.seats, seats("1100"))
    assert (after.value, after.bound, after.certificate) == (before.value, before.bound, before.certificate)
    assert np.array_equal(told[-1].seats, after.seats)
    assert after.stages[-1].name == "seat"


def test_with_fairness_the_plan_before_the_prices_is_judged_like_those_after() -> None:
    """8 of 12 is enough where a third may be spent: then the floor of 4 wins, whenever it came."""
    problem = replace(FOUR, fairness=0.4)
    fair, rich = seats("0101"), seats("0011")
    weights = problem.weights.copy()
    weights[2, 3] = weights[3, 2] = 1
    weights[0, 1] = weights[1, 0] = 11
    problem = replace(problem, weights=weights)

    incumbent, _ = keeper(problem)
    incumbent.offer("start", fair)
    incumbent.price(priced(outlook(problem), ()))

    assert not incumbent.offer("rich", rich)
    assert incumbent.plan().floor == 4


def test_nobody_at_all_is_a_plan_too() -> None:
    nobody = room(0, 2)
    incumbent, told = keeper(nobody)

    incumbent.offer("try", np.zeros((2, 0), dtype=np.int64))
    incumbent.price(priced(outlook(nobody), ()))

    assert told[-1].bound == 0
    assert certify(nobody, told[-1]).holds
