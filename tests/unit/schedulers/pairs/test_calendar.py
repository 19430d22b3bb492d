"""When pairs meet: free rounds, and chains of meetings that change places."""

from __future__ import annotations

import numpy as np

from schedulers.pairs.calendar import NOBODY, Calendar, Meeting, rounds_in

ALL = np.ones((6, 3), dtype=np.bool_)


def zigzag() -> Calendar:
    """0-1 and 2-3 in round 0, 1-2 and 3-4 in round 1: a chain from 0 to 4."""
    calendar = Calendar(ALL)
    for one, other, r in ((0, 1, 0), (2, 3, 0), (1, 2, 1), (3, 4, 1)):
        calendar.add(one, other, r)
    return calendar


def test_whoever_is_there_is_free_until_they_meet() -> None:
    present = ALL.copy()
    present[1, 2] = False
    calendar = Calendar(present)

    calendar.add(0, 1, 0)

    assert rounds_in(calendar.free[0]) == [1, 2]
    assert rounds_in(calendar.free[1]) == [1]
    assert rounds_in(calendar.common(0, 1)) == [1]
    assert calendar.partners()[:, :2].tolist() == [[1, 0], [-1, -1], [-1, -1]]
    assert calendar.count == [1, 0, 0]


def test_a_meeting_undone_leaves_no_trace() -> None:
    calendar = Calendar(ALL)
    calendar.add(0, 5, 1)

    calendar.remove(5, 0, 1)

    assert (calendar.partners() == NOBODY).all()
    assert calendar.free == Calendar(ALL).free
    assert calendar.count == [0, 0, 0]


def test_a_pair_with_a_deadline_has_no_later_rounds_in_common() -> None:
    calendar = Calendar(ALL, {(0, 1): 0b011})

    assert rounds_in(calendar.common(0, 1)) == [0, 1]
    assert rounds_in(calendar.common(0, 2)) == [0, 1, 2]
    assert calendar.is_open(1, 0, 1)
    assert not calendar.is_open(1, 0, 2)
    assert calendar.is_due(1, 0)
    assert not calendar.is_due(0, 2)


def test_a_chain_follows_two_rounds_in_turn_to_its_end() -> None:
    chain = zigzag().chain(0, 0, 1)

    assert chain == [Meeting(0, 1, 0), Meeting(1, 2, 1), Meeting(2, 3, 0), Meeting(3, 4, 1)]


def test_a_swapped_chain_frees_its_start() -> None:
    calendar = zigzag()
    chain = calendar.chain(0, 0, 1)
    assert chain is not None

    calendar.swap(chain, 0, 1)

    assert calendar.partners()[:2].tolist() == [[-1, 2, 1, 4, 3, -1], [1, 0, 3, 2, -1, -1]]
    assert calendar.count == [2, 2, 0]


def test_whoever_would_have_to_be_there_while_away_stops_a_chain() -> None:
    present = ALL.copy()
    present[4, 0] = False
    calendar = Calendar(present)
    for one, other, r in ((0, 1, 0), (2, 3, 0), (1, 2, 1), (3, 4, 1)):
        calendar.add(one, other, r)

    assert calendar.chain(0, 0, 1) is None
    assert calendar.chain(0, 0, 2) == [Meeting(0, 1, 0)]


def test_a_meeting_that_would_come_too_late_stops_a_chain() -> None:
    calendar = Calendar(ALL, {(2, 3): 0b001})
    for one, other, r in ((0, 1, 0), (2, 3, 0), (1, 2, 1)):
        calendar.add(one, other, r)

    assert calendar.chain(0, 0, 1) is None


def test_a_chain_does_not_reach_the_one_it_is_made_for() -> None:
    assert zigzag().chain(0, 0, 1, avoid=4) is None
    assert zigzag().chain(0, 0, 1, avoid=5) is not None


def test_rounds_are_read_from_bits() -> None:
    assert rounds_in(0) == []
    assert rounds_in(0b10_0101) == [0, 2, 5]
    # More rounds than a machine word has bits.
    assert rounds_in(1 << 100 | 1) == [0, 100]


def test_an_evening_of_more_rounds_than_a_word_has_bits_is_filled() -> None:
    calendar = Calendar(np.ones((2, 70), dtype=np.bool_))

    calendar.add(0, 1, 69)

    assert np.array_equal(calendar.partners()[69], [1, 0])
    assert rounds_in(calendar.free[0]) == list(range(69))
