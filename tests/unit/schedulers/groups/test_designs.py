"""Stored starters and maximal arcs, and what is left when people or rounds are left out of them."""

from __future__ import annotations

import numpy as np
import pytest
from unit.schedulers.groups.plain_check import faults, uneven

from schedulers.groups.constructions import from_rotation, thinned
from schedulers.groups.designs import STARTERS, stored_seats
from schedulers.groups.designs_arcs import arc_seats
from schedulers.groups.designs_jumps import JUMPS, stored_jumps
from schedulers.groups.jumps import jump_tables

ARCS = [(3, 2, 5), (5, 2, 9), (7, 4, 9), (9, 2, 17), (13, 4, 17), (15, 8, 17), (25, 4, 33), (29, 8, 33)]


@pytest.mark.parametrize(("tables", "size"), sorted(STARTERS))
def test_starters_last_as_many_rounds_as_there_are_new_people(tables: int, size: int) -> None:
    seats = stored_seats(tables, size)
    assert seats is not None
    most = (tables * size - 1) // (size - 1)
    assert not faults(seats, [size] * tables, 6 if (tables, size) == (6, 5) else most)


@pytest.mark.parametrize("tables", sorted(JUMPS))
def test_stored_jumps_let_nobody_meet_twice_in_either_way_of_reading_them(tables: int) -> None:
    reached = set()
    for rounds in range(1, tables + 1):
        for seats in range(1, tables + 1):
            jumps = stored_jumps(tables, seats, rounds)
            if jumps is not None:
                reached.add((rounds, seats))
                roles = from_rotation(jump_tables(jumps, tables), [seats] * tables)
                assert roles is not None
                assert not faults(roles, [seats] * tables, rounds)
    assert reached == {(seats, rounds) for rounds, seats in reached}
    assert max(rounds for rounds, _ in reached) > tables // 2


@pytest.mark.parametrize(("tables", "size", "rounds"), ARCS)
def test_lines_of_an_arc_let_everybody_meet_everybody_once(tables: int, size: int, rounds: int) -> None:
    seats = arc_seats(tables, size)
    assert seats is not None
    assert not faults(seats, [size] * tables, rounds)
    assert rounds * (size - 1) == tables * size - 1


@pytest.mark.parametrize(("tables", "size"), [(1, 1), (1, 4), (6, 4), (10, 4), (8, 8), (7, 3), (4, 4)])
def test_other_tables_have_no_arc(tables: int, size: int) -> None:
    assert arc_seats(tables, size) is None


def test_what_is_not_stored_is_none() -> None:
    assert stored_seats(6, 3) is None
    assert stored_jumps(11, 2, 2) is None
    assert stored_jumps(10, 10, 10) is None


@pytest.mark.parametrize(("tables", "size"), [(6, 4), (8, 3), (10, 4)])
def test_people_and_rounds_can_be_left_out(tables: int, size: int) -> None:
    seats = stored_seats(tables, size)
    assert seats is not None
    for rounds in range(1, len(seats)):
        for smaller in range(tables + 1):
            sizes = uneven(tables, size, smaller)
            left = thinned(seats, sizes, rounds)
            if left is not None:
                assert not faults(left, sizes, rounds)
            # Those of one table cost the round in which they meet, and no other.
            assert left is not None or smaller > size


def test_no_table_can_lose_two() -> None:
    seats = arc_seats(7, 4)
    assert seats is not None
    assert thinned(seats, [4] * 6 + [2], 3) is None
    assert thinned(seats, uneven(7, 4, 2), 9) is None
    assert thinned(seats, [4] * 7, 10) is None


def test_people_who_never_meet_cost_no_round() -> None:
    """Two rounds of four at two tables: 0 and 3 never meet, nor do 1 and 2."""
    seats = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
    left = thinned(seats, [1, 1], 2)
    assert left is not None
    assert not faults(left, [1, 1], 2)
