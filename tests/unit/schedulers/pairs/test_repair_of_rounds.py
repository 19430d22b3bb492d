"""Fifth stage: rounds with people who are free are filled again."""

from __future__ import annotations

import numpy as np
from unit.schedulers.pairs.small_rooms import everybody_but, only, outlook, weights_of

from schedulers.pairs.calendar import Calendar, Pair
from schedulers.pairs.repair import Filling, lacking
from schedulers.problem import Problem, Table


def filled(
    problem: Problem,
    calendar: Calendar,
    *,
    musts: frozenset[Pair] = frozenset(),
    short: tuple[int, ...] | None = None,
) -> list[list[int]]:
    """Fill the rounds; ``short`` are the people who lack a meeting: by default all lack one in each round."""
    missing = np.full(problem.n, problem.rounds)
    if short is not None:
        missing = np.isin(np.arange(problem.n), short).astype(np.int64)
    Filling(outlook(problem), calendar, set(musts), missing).fill()
    return calendar.partner


def calendar_of(problem: Problem, *meetings: tuple[int, int, int]) -> Calendar:
    calendar = Calendar(problem.present)
    for one, other, r in meetings:
        calendar.add(one, other, r)
    return calendar


def people(n: int, pairs: dict[Pair, int], *, tables: int = 9, rounds: int = 1, **rules: object) -> Problem:
    return Problem(weights_of(n, pairs), [Table(2)] * tables, rounds, **rules)  # type: ignore[arg-type]


def test_two_who_are_free_meet() -> None:
    four = people(4, {})

    assert filled(four, calendar_of(four, (0, 1, 0))) == [[1, 0, 3, 2]]


def test_of_those_who_are_free_the_two_who_fit_best_meet() -> None:
    three = people(3, {(0, 1): 5, (0, 2): 9, (1, 2): 7})

    assert filled(three, calendar_of(three)) == [[2, -1, 0]]


def test_whoever_lacks_a_meeting_comes_before_who_fits_better() -> None:
    three = people(3, {(0, 1): 5, (0, 2): 9, (1, 2): 7})

    assert filled(three, calendar_of(three), short=(1,)) == [[-1, 2, 1]]


def test_two_who_may_not_meet_take_a_pair_apart() -> None:
    four = people(4, {(0, 2): 5, (1, 3): 5, (2, 3): 900}, allowed=everybody_but(4, [(0, 1)]))

    assert filled(four, calendar_of(four, (2, 3, 0))) == [[2, 3, 0, 1]]


def test_of_two_pairs_the_one_that_is_worth_less_is_taken_apart() -> None:
    six = people(6, {(2, 3): 900, (4, 5): 5}, allowed=everybody_but(6, [(0, 1)]))

    rounds = filled(six, calendar_of(six, (2, 3, 0), (4, 5, 0)))

    assert rounds[0][2] == 3
    assert {rounds[0][0], rounds[0][1]} == {4, 5}


def test_two_who_met_in_another_round_take_a_pair_apart() -> None:
    four = people(4, {}, rounds=2)

    rounds = filled(four, calendar_of(four, (0, 1, 0), (2, 3, 1)))

    assert rounds[0] in ([2, 3, 0, 1], [3, 2, 1, 0])
    assert rounds[1] == [1, 0, 3, 2]


def test_a_must_meet_is_not_taken_apart() -> None:
    four = people(4, {}, allowed=everybody_but(4, [(0, 1)]))

    rounds = filled(four, calendar_of(four, (2, 3, 0)), musts=frozenset([(2, 3)]))

    assert rounds == [[-1, -1, 3, 2]]


def test_what_is_given_up_in_one_round_can_happen_in_a_later_one() -> None:
    """2 and 3 part in the first round, because 0 and 1 may not meet, and meet in the second."""
    present = np.array([[True, False], [True, False], [True, True], [True, True]])
    four = people(4, {}, rounds=2, present=present, allowed=everybody_but(4, [(0, 1)]))

    rounds = filled(four, calendar_of(four, (2, 3, 0)))

    assert rounds == [[2, 3, 0, 1], [-1, -1, 3, 2]]


def test_where_tables_are_too_few_the_poorest_meetings_are_given_up() -> None:
    six = people(6, {(0, 1): 5, (2, 3): 9, (4, 5): 7}, tables=1)

    assert filled(six, calendar_of(six, (0, 1, 0), (2, 3, 0), (4, 5, 0))) == [[-1, -1, 3, 2, -1, -1]]


def test_where_tables_are_too_few_a_must_meet_stays() -> None:
    four = people(4, {(0, 1): 0, (2, 3): 9}, tables=1)

    rounds = filled(four, calendar_of(four, (0, 1, 0), (2, 3, 0)), musts=frozenset([(0, 1)]))

    assert rounds == [[1, 0, -1, -1]]


def test_nobody_is_seated_where_all_tables_are_taken() -> None:
    four = people(4, {}, tables=1)

    assert filled(four, calendar_of(four, (0, 1, 0))) == [[1, 0, -1, -1]]


def test_people_lack_what_was_chosen_and_found_no_round() -> None:
    three = people(3, {}, rounds=2)
    calendar = calendar_of(three, (0, 1, 0))

    short = lacking(only(3, [(0, 1), (0, 2)]), calendar)

    assert short.tolist() == [1, 0, 1]
