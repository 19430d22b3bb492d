"""Fourth stage: a round for every meeting."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from unit.schedulers.pairs.small_rooms import NO_CLOCK, NO_TIME

from schedulers.pairs.calendar import Calendar, Pair
from schedulers.pairs.colour import colour, level, place


def room(people: int, rounds: int, deadlines: dict[Pair, int] | None = None) -> Calendar:
    return Calendar(np.ones((people, rounds), dtype=np.bool_), deadlines)


def met(calendar: Calendar) -> list[Pair]:
    return sorted((i, j) for row in calendar.partner for i, j in enumerate(row) if i < j)


def test_a_pair_takes_the_first_round_that_both_have_free() -> None:
    calendar = room(3, 3)
    calendar.add(0, 2, 0)

    assert place(calendar, 0, 1)

    assert calendar.partner[1][0] == 1


def test_a_pair_without_a_common_round_gets_one_by_a_chain() -> None:
    """0 is free in round 1, 1 in round 0: 1 changes the round of what they have."""
    calendar = room(4, 2)
    calendar.add(0, 2, 0)
    calendar.add(1, 3, 1)

    assert place(calendar, 0, 1)

    assert met(calendar) == [(0, 1), (0, 2), (1, 3)]


@pytest.mark.parametrize("away", [2, 3])
def test_where_one_of_the_two_cannot_change_rounds_the_other_does(away: int) -> None:
    """0 meets 2 in round 1, and 1 meets 3 in round 0; one of these two cannot come in the other round."""
    present = np.ones((4, 2), dtype=np.bool_)
    present[away, 0 if away == 2 else 1] = False
    calendar = Calendar(present)
    calendar.add(0, 2, 1)
    calendar.add(1, 3, 0)

    assert place(calendar, 0, 1)

    assert met(calendar) == [(0, 1), (0, 2), (1, 3)]


def test_a_pair_that_is_never_there_together_has_no_round() -> None:
    calendar = Calendar(np.array([[True, False], [False, True]]))

    assert not place(calendar, 0, 1)
    assert colour(calendar, [(0, 1)], steps=100, limits=NO_CLOCK) == [(0, 1)]


def test_pairs_with_the_fewest_rounds_in_common_come_first() -> None:
    """0 and 2 can meet in round 0 only; 0 and 1 can in both."""
    present = np.ones((3, 2), dtype=np.bool_)
    present[2, 1] = False
    calendar = Calendar(present)

    assert colour(calendar, [(0, 1), (0, 2)], steps=0, limits=NO_CLOCK) == []

    assert calendar.partner[0][0] == 2


def test_six_people_who_all_meet_find_five_rounds_by_pushing() -> None:
    calendar = room(6, 5)

    left = colour(calendar, list(combinations(range(6), 2)), steps=3000, limits=NO_CLOCK)

    assert left == []
    assert calendar.count == [3] * 5


def test_three_who_all_meet_cannot_do_so_in_two_rounds() -> None:
    calendar = room(3, 2)

    left = colour(calendar, [(0, 1), (0, 2), (1, 2)], steps=200, limits=NO_CLOCK)

    assert len(left) == 1
    assert sorted(met(calendar) + left) == [(0, 1), (0, 2), (1, 2)]


def test_without_time_nobody_is_pushed_aside() -> None:
    pairs = list(combinations(range(8), 2))
    without, with_steps = room(8, 7), room(8, 7)

    left = colour(without, pairs, steps=3000, limits=NO_TIME)

    assert left == colour(with_steps, pairs, steps=0, limits=NO_CLOCK)
    assert without.partner == with_steps.partner


def test_a_must_meet_stays_though_others_could_use_its_place() -> None:
    """There is one round: whoever met in it first, the must-meet keeps its place."""
    calendar = room(3, 1, {(0, 1): 1})
    calendar.add(0, 1, 0)

    left = colour(calendar, [(0, 2), (1, 2)], steps=500, limits=NO_CLOCK)

    assert sorted(left) == [(0, 2), (1, 2)]
    assert met(calendar) == [(0, 1)]


@pytest.mark.parametrize("size", [1, 2, 5, 12, 20])
def test_two_sides_who_all_meet_need_no_pushing(size: int) -> None:
    pairs = [(i, size + j) for i in range(size) for j in range(size)]
    shuffled = np.random.default_rng(size).permutation(pairs).tolist()
    calendar = room(2 * size, size)

    left = colour(calendar, [(i, j) for i, j in shuffled], steps=0, limits=NO_CLOCK)

    assert left == []
    assert calendar.count == [size] * size


def test_meetings_leave_a_round_that_holds_too_many() -> None:
    calendar = room(8, 2)
    for k in range(0, 8, 2):
        calendar.add(k, k + 1, 0)

    level(calendar, [2, 2])

    assert calendar.count == [2, 2]
    assert met(calendar) == [(0, 1), (2, 3), (4, 5), (6, 7)]


def test_meetings_that_must_be_early_do_not_leave_their_round() -> None:
    calendar = room(4, 2, {(0, 1): 0b01, (2, 3): 0b01})
    calendar.add(0, 1, 0)
    calendar.add(2, 3, 0)

    level(calendar, [1, 1])

    assert calendar.count == [2, 0]
