"""Skeletons of all small tables: whatever is returned lets nobody meet twice; bars are reached by name."""

from __future__ import annotations

import numpy as np
import pytest
from unit.schedulers.groups.plain_check import faults, uneven

from schedulers.budget import Budget
from schedulers.groups.skeleton import constructed, most_rounds, skeleton
from schedulers.schedule import MaxIterations

SEARCHED = [(18, 6, 7), (6, 5, 5), (20, 7, 7), (22, 9, 5)]
BARS = [
    ("5-5-6", "even jumps and columns"),
    ("6-6-3", "even jumps and columns"),
    ("7-7-8", "even jumps and columns"),
    ("8-4-7", "ring"),
    ("8-4-9", "ring and columns"),
    ("8-8-9", "ring and columns"),
    ("9-9-10", "ring and columns"),
    ("16-4-21", "ring and columns"),
    ("8-4-10", "starter"),
    ("10-4-9", "stored jumps"),
    ("12-8-5", "stored jumps"),
    ("10-8-8", "stored jumps"),
    ("10-5-10", "stored jumps and columns"),
    ("6-4-7", "starter"),
    ("6-5-6", "starter"),
    ("7-4-9", "arc"),
    ("10-4-13", "starter"),
    ("15-8-17", "arc"),
    ("9-3-13", "even jumps and columns"),
    ("10-10-4", "squares"),
    ("11-7-5", "even jumps"),
]


def counted(seed: int = 0) -> Budget:
    return Budget(MaxIterations(1), seed)


@pytest.mark.parametrize("tables", range(1, 18))
def test_every_construction_lets_nobody_meet_twice(tables: int) -> None:
    reached = set()
    for size in range(2, 11):
        for smaller in sorted({0, 1, tables // size, tables // 2, tables - 1}):
            sizes = uneven(tables, size, smaller)
            for rounds in range(1, min(most_rounds(sizes), 24) + 1):
                found = constructed(sizes, rounds)
                if found is not None:
                    reached.add((size, rounds))
                    assert not faults(found.seats, sizes, rounds), (sizes, rounds, found.construction)
    assert len(reached) >= 9


@pytest.mark.parametrize(("cell", "construction"), BARS)
def test_bars_are_reached(cell: str, construction: str) -> None:
    tables, size, rounds = map(int, cell.split("-"))
    found = skeleton([size] * tables, rounds, budget=counted(), random=np.random.default_rng(0))
    assert found is not None
    assert found.construction == construction
    assert not faults(found.seats, [size] * tables, rounds)


@pytest.mark.parametrize(("tables", "size", "rounds"), SEARCHED)
@pytest.mark.parametrize("smaller", [0, 1, 4])
def test_what_no_construction_reaches_is_searched(tables: int, size: int, rounds: int, smaller: int) -> None:
    sizes = uneven(tables, size, smaller)
    found = skeleton(sizes, rounds, budget=counted(), random=np.random.default_rng(1))
    assert found is not None
    assert not faults(found.seats, sizes, rounds)


@pytest.mark.parametrize("sizes", [[5, 5, 4, 4, 3], [6, 4, 4, 4, 4, 2], [4, 4, 4, 4, 1]])
def test_tables_that_differ_by_more_are_searched(sizes: list[int]) -> None:
    found = skeleton(sizes, 2, budget=counted(), random=np.random.default_rng(0))
    assert found is not None
    assert found.construction == "search"
    assert not faults(found.seats, sizes, 2)


@pytest.mark.parametrize(("sizes", "rounds"), [([4] * 4, 6), ([5] * 4, 2), ([3] * 5, 8), ([6, 2, 2], 2)])
def test_more_rounds_than_can_be_counted_out_are_searched_for_few_repeats(
    sizes: list[int], rounds: int
) -> None:
    assert rounds > most_rounds(sizes)
    found = skeleton(sizes, rounds, budget=counted(), random=np.random.default_rng(0))
    by_chance = [np.random.default_rng(seed).permutation(found.seats[0]) for seed in range(rounds)]
    assert found.construction == "search"
    assert 0 < len(faults(found.seats, sizes, rounds)) <= len(faults(np.stack(by_chance), sizes, rounds))


def test_a_room_too_large_to_search_any_seats_is_none() -> None:
    sizes = [10] * 60 + [8] * 2
    assert skeleton(sizes, 5, budget=counted(), random=np.random.default_rng(0)) is None


def test_no_rounds_and_no_tables_are_empty() -> None:
    random = np.random.default_rng(0)
    none = skeleton([4] * 5, 0, budget=counted(), random=random)
    nobody = skeleton([], 3, budget=counted(), random=random)
    assert none is not None
    assert nobody is not None
    assert none.seats.shape == (0, 20)
    assert nobody.seats.shape == (3, 0)


@pytest.mark.parametrize("sizes", [[3, 4], [4, 0]])
def test_sizes_must_fall_and_hold_somebody(sizes: list[int]) -> None:
    with pytest.raises(ValueError, match="sizes must fall"):
        skeleton(sizes, 2, budget=counted(), random=np.random.default_rng(0))


def test_same_seed_makes_the_same_skeleton() -> None:
    found = [skeleton([5] * 10, 8, budget=counted(), random=np.random.default_rng(5)) for _ in range(2)]
    assert found[0] is not None
    assert found[1] is not None
    assert np.array_equal(found[0].seats, found[1].seats)
