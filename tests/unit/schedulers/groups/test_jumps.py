"""People who move on in a circle: jumps that are the same in every round, and jumps that are searched."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from unit.schedulers.groups.plain_check import faults, uneven
from unit.schedulers.pairs.small_rooms import NO_CLOCK, NO_TIME

from schedulers.groups.constructions import from_rotation
from schedulers.groups.jumps import even_jumps, jump_tables, searched_jumps


def clashes(tables: int, steps: tuple[int, ...], rounds: int) -> bool:
    """Return whether two seats that move on by these steps are ever as far apart as in another round."""
    apart = [[(a - b) * r % tables for r in range(rounds)] for a, b in combinations(steps, 2)]
    return any(len(set(distances)) < rounds for distances in apart)


@pytest.mark.parametrize("tables", range(1, 13))
def test_even_jumps_are_found_wherever_there_are_any(tables: int) -> None:
    for seats in range(1, 5):
        for rounds in range(1, 9):
            some_step_lasts = any(
                not clashes(tables, (0, *steps), rounds)
                for steps in combinations(range(tables), seats - 1)
                if rounds > 1 or seats <= tables
            )
            jumps = even_jumps(tables, seats, rounds)
            assert (jumps is not None) == (some_step_lasts or rounds == 1), (seats, rounds)


@pytest.mark.parametrize("smaller", [0, 1, 4, 11])
def test_at_smaller_tables_only_the_host_is_missing(smaller: int) -> None:
    sizes = uneven(12, 4, smaller)
    jumps = even_jumps(12, 4, 4)
    assert jumps is not None

    roles = from_rotation(jump_tables(jumps, 12), sizes)

    assert roles is not None
    assert not faults(roles, sizes, 4)


def test_jumps_tell_the_next_table_of_every_seat() -> None:
    jumps = even_jumps(5, 3, 4)
    assert jumps is not None
    assert jumps.tolist() == [[0, 0, 0], [0, 1, 2], [0, 2, 4], [0, 3, 1]]
    assert jump_tables(jumps, 5)[2, 2].tolist() == [4, 0, 1, 2, 3]


@pytest.mark.parametrize(
    ("tables", "seats", "rounds"), [(6, 4, 4), (10, 4, 8), (12, 8, 5), (14, 6, 7), (15, 5, 8), (3, 2, 3)]
)
def test_searched_jumps_let_nobody_meet_twice(tables: int, seats: int, rounds: int) -> None:
    for seed in range(3):
        random = np.random.default_rng(seed)
        jumps = searched_jumps(tables, seats, rounds, steps=20_000, limits=NO_CLOCK, random=random)
        assert jumps is not None
        assert not jumps[0].any()
        assert not jumps[:, 0].any()
        roles = from_rotation(jump_tables(jumps, tables), [seats] * tables)
        assert roles is not None
        assert not faults(roles, [seats] * tables, rounds)


def test_same_seed_finds_the_same_jumps() -> None:
    one, again = (
        searched_jumps(10, 5, 8, steps=500, limits=NO_CLOCK, random=np.random.default_rng(3)) for _ in "12"
    )
    assert one is not None
    assert again is not None
    assert one.tolist() == again.tolist()


@pytest.mark.parametrize(("tables", "seats", "rounds"), [(6, 3, 7), (6, 3, 6)])
def test_impossible_jumps_are_not_searched(tables: int, seats: int, rounds: int) -> None:
    random = np.random.default_rng(0)
    before = random.bit_generator.state
    assert searched_jumps(tables, seats, rounds, steps=10**9, limits=NO_CLOCK, random=random) is None
    assert random.bit_generator.state == before


def test_without_time_or_steps_no_jumps_are_found() -> None:
    random = np.random.default_rng(0)
    assert searched_jumps(10, 5, 9, steps=10**9, limits=NO_TIME, random=random) is None
    assert searched_jumps(10, 5, 9, steps=1, limits=NO_CLOCK, random=random) is None
