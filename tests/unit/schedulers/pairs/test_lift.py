"""Third stage: fairness."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from unit.schedulers.pairs.small_rooms import chosen_pairs, demand, only

from benchmarks.instances import evening
from schedulers.pairs.lift import lift
from schedulers.schedule import MaxIterations
from schedulers.solve import plan

ALL = np.ones(4, dtype=np.bool_)
NOTHING = np.zeros(4, dtype=np.int64)
# 3 gains 10 from 2; with 1 they would gain 60, and 0 would have 80 from 2 instead of 100 from 1.
FOUR = demand({(0, 1): 100, (2, 3): 10, (0, 2): 80, (1, 3): 60, (0, 3): 5, (1, 2): 5}, [1, 1, 1, 1])
START = [(0, 1), (2, 3)]


def test_the_worst_off_swaps_partners_with_somebody_who_can_spare_it() -> None:
    lifted = lift(FOUR, only(4, START), NOTHING, ALL, target=1000, budget=0)

    assert chosen_pairs(lifted) == {(0, 2), (1, 3)}


def test_a_swap_that_costs_more_than_the_budget_is_not_made() -> None:
    dear = demand({(0, 1): 100, (2, 3): 10, (0, 2): 40, (1, 3): 30, (0, 3): 5, (1, 2): 5}, [1, 1, 1, 1])

    assert chosen_pairs(lift(dear, only(4, START), NOTHING, ALL, target=1000, budget=39)) == set(START)
    assert chosen_pairs(lift(dear, only(4, START), NOTHING, ALL, target=1000, budget=40)) == {(0, 2), (1, 3)}


def test_all_swaps_together_cost_no_more_than_the_budget() -> None:
    """Two parties of four; in each, the worst-off could swap for 40."""
    party = {(0, 1): 100, (2, 3): 10, (0, 2): 40, (1, 3): 30}
    eight = demand(party | {(i + 4, j + 4): weight for (i, j), weight in party.items()}, [1] * 8)
    start = only(8, [*START, (4, 5), (6, 7)])
    everybody, nothing = np.ones(8, dtype=np.bool_), np.zeros(8, dtype=np.int64)

    swaps = [
        len(
            chosen_pairs(lift(eight, start, nothing, everybody, target=1000, budget=budget))
            - chosen_pairs(start)
        )
        for budget in (39, 40, 79, 80)
    ]

    assert swaps == [0, 2, 2, 4]


def test_nobody_falls_below_the_one_who_is_lifted() -> None:
    """With 1, 3 would gain 60; but then 0 would be left with 9."""
    cruel = demand({(0, 1): 100, (2, 3): 10, (0, 2): 9, (1, 3): 60}, [1, 1, 1, 1])

    assert chosen_pairs(lift(cruel, only(4, START), NOTHING, ALL, target=1000, budget=500)) == set(START)


def test_what_somebody_gained_before_counts() -> None:
    base = np.array([0, 0, 95, 95])

    assert chosen_pairs(lift(FOUR, only(4, START), base, ALL, target=100, budget=500)) == set(START)


def test_who_does_not_count_is_not_lifted() -> None:
    concerned = np.array([True, True, False, False])

    assert chosen_pairs(lift(FOUR, only(4, START), NOTHING, concerned, target=1000, budget=500)) == set(START)


def test_nobody_at_all_is_content() -> None:
    nobody = np.zeros((0, 0), dtype=np.bool_)

    assert lift(demand({}, []), nobody, NOTHING[:0], ALL[:0], target=10, budget=10).shape == (0, 0)


@pytest.mark.parametrize("kind", ["tags", "live", "rand"])
@pytest.mark.parametrize("seed", range(2))
def test_in_a_room_of_a_hundred_the_floor_reaches_its_bound_at_half_a_percent(kind: str, seed: int) -> None:
    problem = evening(kind, 100, 10, seed=seed)
    richest = plan(problem, stop=MaxIterations(2))

    fair = plan(replace(problem, fairness=0.005), stop=MaxIterations(2))

    assert richest.floor < fair.floor == fair.floor_bound
    assert fair.value >= 0.995 * richest.value


@pytest.mark.parametrize("fairness", [0.0, 0.001, 0.01, 0.2, 1.0])
def test_the_share_that_may_be_spent_is_not_exceeded(fairness: float) -> None:
    problem = replace(evening("tags", 41, 6, seed=4), fairness=fairness)
    richest = plan(replace(problem, fairness=0.0), stop=MaxIterations(3))

    fair = plan(problem, stop=MaxIterations(3))

    assert fair.floor >= richest.floor
    assert fair.value >= (1 - fairness) * richest.value
