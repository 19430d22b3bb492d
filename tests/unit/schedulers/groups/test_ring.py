"""Rings are rings, and people who move by their arithmetic do not meet twice."""

from __future__ import annotations

import numpy as np
import pytest
from unit.schedulers.groups.plain_check import faults

from schedulers.groups.constructions import from_rotation
from schedulers.groups.ring import ring_of, ring_rounds

every_order = pytest.mark.parametrize("order", range(1, 37))


@every_order
def test_sums_and_products_obey_the_laws_of_a_ring(order: int) -> None:
    ring = ring_of(order)
    add, multiply = ring.add, ring.multiply
    a, b, c = np.random.default_rng(0).integers(0, order, (3, 500))

    assert (add == add.T).all()
    assert (multiply == multiply.T).all()
    assert (add[0] == np.arange(order)).all()
    assert all(sorted(row) == list(range(order)) for row in add.tolist())
    assert (add[add[a, b], c] == add[a, add[b, c]]).all()
    assert (multiply[multiply[a, b], c] == multiply[a, multiply[b, c]]).all()
    assert (multiply[a, add[b, c]] == add[multiply[a, b], multiply[a, c]]).all()


@every_order
def test_elements_apart_differ_by_units(order: int) -> None:
    ring = ring_of(order)
    for one in ring.apart.tolist():
        for other in ring.apart.tolist():
            difference = int(np.flatnonzero(ring.add[other] == one)[0])
            is_unit = sorted(ring.multiply[difference].tolist()) == list(range(order))
            assert is_unit or one == other


@pytest.mark.parametrize(
    ("order", "apart"), [(2, 2), (4, 4), (6, 2), (8, 8), (9, 9), (12, 3), (15, 3), (16, 16), (30, 2), (36, 4)]
)
def test_as_many_elements_are_apart_as_the_smallest_field_has(order: int, apart: int) -> None:
    assert len(ring_of(order).apart) == apart


@pytest.mark.parametrize("tables", range(1, 17))
def test_nobody_meets_twice_and_seat_0_never_moves(tables: int) -> None:
    reached = 0
    for seats in range(1, tables + 1):
        for rounds in range(1, tables + 1):
            where = ring_rounds(tables, seats, rounds)
            if where is not None:
                reached += 1
                roles = from_rotation(where, [seats] * tables)
                assert roles is not None
                assert not faults(roles, [seats] * tables, rounds)
                assert (where[:, 0] == np.arange(tables)).all()
                assert (where[0] == np.arange(tables)).all()
    assert reached


def test_more_seats_and_rounds_than_the_ring_has_room_for_are_none() -> None:
    assert ring_rounds(12, 3, 12) is not None
    assert ring_rounds(12, 12, 3) is not None
    assert ring_rounds(12, 4, 4) is None
    assert ring_rounds(8, 4, 9) is None
