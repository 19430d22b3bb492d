"""Jump rotations of any tables: nobody meets twice, whoever is left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.schedulers.groups.plain_check import faults, uneven
from unit.schedulers.pairs.small_rooms import NO_CLOCK

from schedulers.groups.constructions import from_rotation
from schedulers.groups.jumps import even_jumps, jump_tables, searched_jumps


@given(tables=st.integers(1, 120), seats=st.integers(2, 10), rounds=st.integers(1, 15), data=st.data())
@settings(max_examples=150, deadline=None)
def test_even_jumps_of_any_tables_let_nobody_meet_twice(
    tables: int, seats: int, rounds: int, data: st.DataObject
) -> None:
    jumps = even_jumps(tables, seats, rounds)
    smaller = data.draw(st.integers(0, tables))
    sizes = uneven(tables, seats, smaller)
    if jumps is not None:
        roles = from_rotation(jump_tables(jumps, tables), sizes)
        assert roles is not None
        assert not faults(roles, sizes, rounds)


@given(tables=st.integers(2, 20), seats=st.integers(2, 6), seed=st.integers(0, 100), data=st.data())
@settings(max_examples=60, deadline=None)
def test_searched_jumps_of_any_tables_let_nobody_meet_twice(
    tables: int, seats: int, seed: int, data: st.DataObject
) -> None:
    rounds = data.draw(st.integers(1, tables))
    random = np.random.default_rng(seed)
    jumps = searched_jumps(tables, seats, rounds, steps=200, limits=NO_CLOCK, random=random)
    sizes = uneven(tables, seats, data.draw(st.integers(0, tables)))
    if jumps is not None:
        assert not jumps[0].any()
        assert not jumps[:, 0].any()
        roles = from_rotation(jump_tables(jumps, tables), sizes)
        assert roles is not None
        assert not faults(roles, sizes, rounds)
