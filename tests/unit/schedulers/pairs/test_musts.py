"""When each must-meet should happen."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from unit.schedulers.pairs.small_rooms import NO_CLOCK, NO_TIME, outlook, room

from schedulers.budget import Limits
from schedulers.pairs.musts import Agenda, agenda_of, open_rounds
from schedulers.problem import MustMeet, Problem


def agenda(problem: Problem, first_round: int = 0, limits: Limits = NO_CLOCK) -> Agenda:
    found = agenda_of(problem, outlook(problem).possible, first_round, limits)
    return {r: sorted(due) for r, due in sorted(found.items())}


def test_without_must_meets_nothing_is_due() -> None:
    assert agenda(room(4, 3)) == {}


def test_every_must_meet_comes_as_early_as_it_can() -> None:
    wishes = [MustMeet(2, 0), MustMeet(0, 1, 0), MustMeet(3, 4)]

    assert agenda(room(6, 3, must_meet=wishes)) == {0: [(0, 1), (3, 4)], 1: [(0, 2)]}


def test_first_come_first_served_gives_way_where_it_would_cost_a_wish() -> None:
    """0-1 and 2-3 could be first; but then 0-2, which cannot come later than round 1, has no round."""
    wishes = [MustMeet(0, 1), MustMeet(2, 3), MustMeet(0, 2, 1), MustMeet(1, 3, 1), MustMeet(0, 3, 1)]
    problem = room(4, 3, must_meet=wishes)

    found = agenda(problem)

    assert sum(map(len, found.values())) == 5
    assert {pair for r in (0, 1) for pair in found[r]} >= {(0, 2), (1, 3), (0, 3)}


def test_eight_people_who_must_all_meet_need_seven_rounds() -> None:
    problem = room(8, 7, must_meet=list(combinations(range(8), 2)))

    found = agenda(problem)

    assert [len(found[r]) for r in range(7)] == [4] * 7


def test_of_wishes_that_clash_as_many_as_can_be_are_on_the_agenda() -> None:
    problem = room(6, 2, must_meet=[(0, 1), (0, 2), (0, 3), MustMeet(4, 5, 0)])

    found = agenda(problem)

    assert sum(map(len, found.values())) == 3
    assert (4, 5) in found[0]


def test_no_round_has_more_must_meets_than_tables() -> None:
    problem = room(8, 2, tables=1, must_meet=[(0, 1), (2, 3), (4, 5)])

    assert [len(due) for due in agenda(problem).values()] == [1, 1]


def test_two_pairs_that_need_one_table_do_not_meet_at_once() -> None:
    problem = room(4, 2, fixed=np.array([1, -1, 1, -1]), must_meet=[(0, 1), (2, 3)])

    assert agenda(problem) == {0: [(0, 1)], 1: [(2, 3)]} or agenda(problem) == {0: [(2, 3)], 1: [(0, 1)]}


def test_people_meet_when_both_are_there() -> None:
    present = np.array([[True, True, False], [False, True, True], [True, True, True]])
    problem = room(3, 3, present=present, must_meet=[(0, 1), (1, 2)])

    assert agenda(problem) == {1: [(0, 1)], 2: [(1, 2)]}


def test_rounds_held_are_over() -> None:
    problem = room(4, 3, must_meet=[MustMeet(0, 1, 0), MustMeet(2, 3)])

    assert agenda(problem, first_round=1) == {1: [(2, 3)]}


def test_whoever_may_not_meet_any_more_is_not_on_the_agenda() -> None:
    problem = room(4, 3, met=[(0, 1)], must_meet=[(0, 1), (2, 3)])

    assert agenda(problem) == {0: [(2, 3)]}


def test_without_time_each_takes_the_first_round_that_is_free() -> None:
    problem = room(4, 2, must_meet=[(0, 1), (2, 3), (0, 2)])

    found = agenda(problem, limits=NO_TIME)

    assert sum(map(len, found.values())) == 3
    for due in found.values():
        people = [person for pair in due for person in pair]
        assert len(set(people)) == len(people)


def test_a_must_meet_may_move_until_its_deadline_and_one_without_to_the_end() -> None:
    problem = room(6, 4, must_meet=[MustMeet(1, 0, 2), MustMeet(2, 3), MustMeet(4, 5, 1), MustMeet(4, 5, 3)])

    bits = open_rounds(problem, 1, {1: [(0, 1), (4, 5)], 2: [(2, 3)]})

    # Bit 0 is round 1.
    assert bits[0, 1] == 0b011
    assert bits[2, 3] & 0b111 == 0b111
    assert bits[4, 5] == 0b001


def test_a_pair_that_missed_its_first_deadline_has_until_the_next() -> None:
    problem = room(4, 4, must_meet=[MustMeet(0, 1, 0), MustMeet(0, 1, 2)])

    assert open_rounds(problem, 0, {1: [(0, 1)]}) == {(0, 1): 0b111}
