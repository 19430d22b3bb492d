"""Who sits out how often, before anything is planned."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from unit.schedulers.pairs.small_rooms import everybody_but, outlook, room

from schedulers.pairs.breaks import counted_breaks, crowded_breaks, fewest_breaks, trio_rounds
from schedulers.pairs.demand import Outlook, with_breaks, without


def counted(ahead: Outlook) -> list[int]:
    """Return the sit-outs of everybody, by counting."""
    counts: list[int] = counted_breaks(ahead, without(ahead, ()), fewest_breaks(ahead)).waits(ahead).tolist()
    return counts


def test_an_even_number_has_no_breaks_and_an_odd_one_a_round() -> None:
    assert fewest_breaks(outlook(room(6, 4))) == (0, 0)
    assert fewest_breaks(outlook(room(7, 4))) == (4, 0)


def test_whoever_finds_no_table_has_a_break() -> None:
    assert fewest_breaks(outlook(room(10, 3, tables=3))) == (12, 0)


def test_the_longer_side_has_the_breaks() -> None:
    sides = np.array([0, 0, 0, 0, 0, 1, 1])

    assert fewest_breaks(outlook(room(7, 2, sides=sides))) == (6, 0)
    assert fewest_breaks(outlook(room(7, 2, sides=1 - sides))) == (0, 6)


def test_with_trios_an_odd_number_has_no_breaks() -> None:
    present = np.ones((7, 3), dtype=np.bool_)
    present[0, 1] = False
    ahead = outlook(room(7, 3, present=present, odd="trio"))

    assert trio_rounds(ahead).tolist() == [True, False, True]
    assert fewest_breaks(ahead) == (2, 0)
    assert fewest_breaks(ahead, trios=True) == (0, 0)


def test_breaks_are_shared_as_evenly_as_can_be() -> None:
    assert sorted(counted(outlook(room(5, 3)))) == [0, 0, 1, 1, 1]
    assert counted(outlook(room(3, 3))) == [1, 1, 1]
    # Four people in five rounds: all have met all after three.
    assert counted(outlook(room(4, 5))) == [2, 2, 2, 2]


def test_whoever_waited_before_waits_last() -> None:
    ahead = outlook(room(5, 3), held=[[0, 0, 1, 1, -1], [0, 1, 0, -1, 1]])

    breaks = counted_breaks(ahead, without(ahead, ()), fewest_breaks(ahead))

    assert breaks.certain.tolist() == [0] * 5
    assert breaks.eligible.tolist() == [True, True, True, False, False]
    assert breaks.open == (1, 0)


def test_whoever_has_nobody_left_to_meet_has_breaks_in_any_case() -> None:
    lonely = room(6, 3, allowed=everybody_but(6, [(0, other) for other in range(2, 6)]))
    ahead = outlook(lonely)

    assert counted_breaks(ahead, without(ahead, ()), (0, 0)).certain.tolist() == [2, 0, 0, 0, 0, 0]


def test_must_meets_are_no_longer_to_be_chosen() -> None:
    left = without(outlook(room(4, 3)), [(0, 1), (0, 2)])

    assert left.degree.tolist() == [1, 2, 2, 3]
    assert not left.possible[0, 1]
    assert left.possible[1, 2]


def test_a_bench_has_a_place_for_every_break_to_share() -> None:
    ahead = outlook(room(5, 3))
    left = without(ahead, ())

    demand = with_breaks(ahead, left, counted_breaks(ahead, left, (3, 0)))

    assert demand.people == 5
    assert demand.degree.tolist() == [3, 3, 3, 3, 3, 3]
    assert demand.possible[5, :5].all()
    assert not demand.weights[5].any()


def test_a_crowd_has_the_breaks_that_it_cannot_be_spared() -> None:
    """Six of eight are colleagues: two of them at a time can meet the others."""
    ahead = outlook(room(8, 3, allowed=everybody_but(8, combinations(range(6), 2))))

    breaks = crowded_breaks(ahead, without(ahead, ()))

    assert counted(ahead) == [1, 1, 1, 1, 1, 1, 0, 0]
    assert breaks.waits(ahead).tolist() == [2, 2, 2, 2, 2, 2, 0, 0]
    demand = with_breaks(ahead, without(ahead, ()), breaks)
    assert demand.degree[:8].sum() + demand.degree[8:].sum() == 8 * 3 - breaks.certain.sum() + sum(
        breaks.open
    )
