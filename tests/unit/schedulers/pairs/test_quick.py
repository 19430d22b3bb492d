"""A whole plan at once, from a given schedule or from none."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from unit.schedulers.pairs.small_rooms import everybody_but, outlook, room, seats

from schedulers.pairs.quick import filled

NOTHING = np.zeros((0, 6), dtype=np.int64)


def test_without_a_start_no_two_strangers_are_left_over() -> None:
    calendar = filled(outlook(room(6, 4)), {}, NOTHING)

    met: set[tuple[int, int]] = set()
    for row in calendar.partner:
        assert all(row[partner] == i for i, partner in enumerate(row) if partner >= 0)
        now = {(i, j) for i, j in enumerate(row) if i < j}
        assert not now & met
        met |= now
        free = [i for i, partner in enumerate(row) if partner < 0]
        assert met.issuperset(combinations(free, 2))


def test_a_start_is_kept_where_it_is_legal() -> None:
    problem = room(6, 1, allowed=everybody_but(6, [(4, 5)]), met=[(2, 3)])

    calendar = filled(outlook(problem), {}, seats("001122"))

    assert calendar.partner[0][:2] == [1, 0]
    assert calendar.partner[0][2] in (4, 5)
    assert calendar.count == [3]


def test_a_pair_that_comes_again_in_the_start_is_mended() -> None:
    calendar = filled(outlook(room(4, 2)), {}, seats("0011", "0011"))

    assert calendar.partner[0] == [1, 0, 3, 2]
    assert calendar.partner[1] in ([2, 3, 0, 1], [3, 2, 1, 0])


def test_a_table_that_lost_somebody_is_filled_again() -> None:
    present = np.ones((5, 1), dtype=np.bool_)
    present[1] = False

    calendar = filled(outlook(room(5, 1, present=present)), {}, seats("0011-"))

    assert calendar.partner == [[4, -1, 3, 2, 0]]


def test_must_meets_take_their_place_first() -> None:
    calendar = filled(outlook(room(4, 2)), {1: [(0, 1)]}, seats("0011", "0101"))

    assert calendar.partner[1][:2] == [1, 0]
    assert calendar.partner[0][0] != 1


def test_rounds_are_counted_from_the_first_one_not_held() -> None:
    problem = room(4, 3)

    calendar = filled(outlook(problem, [[0, 0, 1, 1]]), {2: [(1, 2)]}, seats("0011", "0101"))

    assert calendar.partner == [[2, 3, 0, 1], [3, 2, 1, 0]]


def test_of_the_pairs_of_a_start_those_who_waited_longest_come_first() -> None:
    ahead = outlook(room(6, 2, tables=1), [[0, -1, 0, -1, -1, -1]])

    calendar = filled(ahead, {}, seats("0-0---", "00--11"))

    assert calendar.partner == [[-1, -1, -1, -1, 5, 4]]


def test_without_a_start_those_who_waited_longest_choose_first() -> None:
    """0 and 2 sat in the round before, 1 and 3 did not; there is one table."""
    ahead = outlook(room(4, 2, tables=1), [[0, -1, 0, -1]])

    assert filled(ahead, {}, NOTHING[:, :4]).partner == [[-1, 3, -1, 1]]


def test_no_round_holds_more_than_there_are_tables() -> None:
    calendar = filled(outlook(room(6, 2, tables=2)), {}, seats("001122", "010122"))

    assert calendar.count == [2, 2]
