"""Seats of any sizes by search: what a swap would change is counted, and repeats vanish."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from unit.schedulers.groups.plain_check import faults
from unit.schedulers.pairs.small_rooms import NO_CLOCK, NO_TIME

from schedulers.groups.tabu import TabuSearch, tabu_seats
from schedulers.problem import IntArray
from schedulers.schedule import meeting_counts


def repeats(seats: IntArray) -> int:
    return sum(times * (times - 1) // 2 for times in meeting_counts(seats)[np.triu_indices(seats.shape[1])])


@pytest.mark.parametrize("seed", range(3))
def test_changes_are_those_of_counting_again(seed: int) -> None:
    random = np.random.default_rng(seed)
    row = np.repeat(np.arange(4), [4, 4, 3, 2])
    search = TabuSearch(np.stack([random.permutation(row) for _ in range(4)]), random)
    for _ in range(4):
        changes, now = search.changes(), search.seats.copy()
        assert search.repeats == repeats(now)
        for r in range(4):
            for one, other in combinations(range(13), 2):
                swapped = now.copy()
                swapped[r, [one, other]] = swapped[r, [other, one]]
                if now[r, one] == now[r, other]:
                    assert changes[r, one, other] == np.inf
                else:
                    assert changes[r, one, other] == repeats(swapped) - repeats(now)
        search.step()


@pytest.mark.parametrize(
    ("sizes", "rounds"),
    [
        ([6] * 6, 3),
        ([4] * 8, 6),
        ([3] * 5, 6),
        ([5, 5, 4, 3, 3, 2], 3),
        ([3, 2, 1], 1),
        ([4] * 3, 1),
    ],
)
def test_tables_of_any_sizes_get_rounds_without_repeats(sizes: list[int], rounds: int) -> None:
    seats = tabu_seats(sizes, rounds, steps=20_000, limits=NO_CLOCK, random=np.random.default_rng(0))
    assert not faults(seats, sizes, rounds)


def test_where_people_must_meet_again_few_do() -> None:
    """Of three at a table two sit together in the other round as well, at both tables."""
    seats = tabu_seats([3, 3], 2, steps=500, limits=NO_CLOCK, random=np.random.default_rng(0))
    assert len(faults(seats, [3, 3], 2)) == 2


def test_same_seed_finds_the_same_seats() -> None:
    found = [
        tabu_seats([4] * 8, 5, steps=5000, limits=NO_CLOCK, random=np.random.default_rng(7)) for _ in range(2)
    ]
    assert np.array_equal(*found)


def test_without_time_there_are_seats_by_chance() -> None:
    seats = tabu_seats([4] * 8, 6, steps=10**9, limits=NO_TIME, random=np.random.default_rng(0))
    assert all(np.bincount(row).tolist() == [4] * 8 for row in seats)
