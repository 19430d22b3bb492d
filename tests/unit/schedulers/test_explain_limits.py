"""What cannot be avoided, and the reason that is named for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from schedulers.crowds import limits_of
from schedulers.explanation import Crowd, FewTables, Limit, OddCount, OddParts, PeopleLimit, RoundLimit
from schedulers.problem import BoolArray, InvalidProblem, Problem, Table


def evening(n: int, rounds: int, *, tables: int = 50, **rules: Any) -> Problem:
    return Problem(np.zeros((n, n), dtype=int), [Table(2)] * tables, rounds, **rules)


def limits(problem: Problem, groups: Any = (), held: Any = None) -> tuple[Limit, ...]:
    seats = np.zeros((0, problem.n), dtype=np.int64) if held is None else np.array(held)
    return limits_of(problem, seats, groups)


def without(n: int, crowd: range) -> BoolArray:
    allowed = np.ones((n, n), dtype=np.bool_)
    allowed[np.ix_(crowd, crowd)] = False
    return allowed


def test_a_room_without_rules_has_no_limits() -> None:
    assert limits(evening(8, 7)) == ()


def test_an_odd_number_leaves_one_out() -> None:
    assert limits(evening(9, 2)) == (RoundLimit((0, 1), 1, OddCount(9)),)
    assert limits(evening(9, 2, odd="trio")) == ()


def test_rounds_are_told_apart_by_who_is_there() -> None:
    present = np.ones((8, 4), dtype=np.bool_)
    present[0, 1] = present[5, 3] = False

    assert limits(evening(8, 4, present=present)) == (RoundLimit((1, 3), 1, OddCount(7)),)


def test_few_tables_leave_the_rest_out() -> None:
    assert limits(evening(10, 1, tables=3)) == (RoundLimit((0,), 4, FewTables(10, 3)),)
    assert limits(evening(11, 1, tables=3, odd="trio")) == (RoundLimit((0,), 4, FewTables(11, 3)),)
    assert limits(evening(3, 1, tables=0, odd="trio")) == (RoundLimit((0,), 3, FewTables(3, 0)),)


def test_a_majority_of_one_organisation_cannot_avoid_breaks() -> None:
    problem = evening(80, 5, allowed=without(80, range(45)))
    crowd = Crowd(tuple(range(45)), tuple(range(45, 80)), room=80)
    groups = ["acme"] * 45 + [None] * 35

    assert limits(problem) == (RoundLimit((0, 1, 2, 3, 4), 10, crowd),)
    named = replace(crowd, group="acme")
    assert limits(problem, groups) == (RoundLimit((0, 1, 2, 3, 4), 10, named),)


def test_a_majority_that_may_meet_itself_cannot_avoid_colleagues_or_breaks() -> None:
    groups = ["acme"] * 45 + ["other"] * 3 + [None] * 32
    crowd = Crowd(tuple(range(45)), tuple(range(45, 80)), room=80, group="acme")

    assert limits(evening(80, 2), groups) == (RoundLimit((0, 1), 10, crowd, or_colleague=True),)


def test_a_reason_within_a_part_of_the_room_is_found() -> None:
    """Two languages: one with a crowd of four for one, one of odd number."""
    allowed = np.zeros((10, 10), dtype=np.bool_)
    allowed[4, :4] = allowed[:4, 4] = True
    allowed[5:, 5:] = True

    (limit, *people) = limits(evening(10, 1, allowed=allowed))

    parts = (0,), (1,), (2,), (3,), (5, 6, 7, 8, 9)
    assert limit == RoundLimit((0,), 4, OddParts(parts, (4,)))
    assert people == []


def test_a_table_of_three_puts_one_odd_part_right() -> None:
    allowed = np.zeros((9, 9), dtype=np.bool_)
    for part in (range(3), range(3, 6), range(6, 9)):
        allowed[np.ix_(part, part)] = True
    parts = (0, 1, 2), (3, 4, 5), (6, 7, 8)

    assert limits(evening(9, 1, allowed=allowed)) == (RoundLimit((0,), 3, OddParts(parts, ())),)
    assert limits(evening(9, 1, allowed=allowed, odd="trio")) == (RoundLimit((0,), 2, OddParts(parts, ())),)


def test_the_longer_side_sits_out() -> None:
    sides = np.array([0, 0, 1, 1, 1, 1])

    crowd = Crowd((2, 3, 4, 5), (0, 1), room=6, side=1)
    assert limits(evening(6, 2, sides=sides)) == (RoundLimit((0, 1), 2, crowd),)


def test_whoever_has_nobody_to_meet_sits_out_all_evening() -> None:
    assert limits(evening(4, 2, allowed=without(4, range(3)), present=np.ones((4, 2), dtype=np.bool_))) == (
        RoundLimit((0, 1), 2, Crowd((0, 1, 2), (3,), room=4)),
        PeopleLimit((0, 1, 2), 1, (0, 1), 1),
    )


def test_more_rounds_than_others_to_meet_are_breaks_for_all() -> None:
    (limit,) = limits(evening(6, 8))

    assert limit == PeopleLimit((0, 1, 2, 3, 4, 5), 3, tuple(range(8)), 5)


def test_only_the_rounds_in_which_partners_are_scarce_count() -> None:
    """Person 0 may meet three, two of whom come for the last round only."""
    allowed = np.ones((8, 8), dtype=np.bool_)
    allowed[0, 4:] = allowed[4:, 0] = False
    present = np.ones((8, 3), dtype=np.bool_)
    present[2:4, :2] = False

    people = [
        limit
        for limit in limits(evening(8, 3, allowed=allowed, present=present))
        if isinstance(limit, PeopleLimit)
    ]

    assert people == [PeopleLimit((0,), 1, (0, 1), 1)]


def test_who_met_in_a_held_round_or_before_cannot_meet_again() -> None:
    problem = evening(4, 3, met=[(0, 3)])

    found = limits(problem, held=[[0, 0, 1, 1]])

    crowds = [limit for limit in found if isinstance(limit, PeopleLimit)]
    assert crowds == [PeopleLimit((0, 3), 1, (1, 2), 1)]


def test_groups_must_be_given_for_all() -> None:
    with pytest.raises(InvalidProblem, match="groups must be given for all of the 4 people, not 1"):
        limits(evening(4, 1), ["acme"])


def test_a_thousand_people_with_absences_are_counted() -> None:
    random = np.random.default_rng(5)
    present = random.random((1000, 10)) > 0.1
    crowd = np.arange(1000) < 600
    problem = evening(1000, 10, tables=500, allowed=~(crowd[:, None] & crowd), present=present)

    found = {limit.rounds: limit for limit in limits(problem) if isinstance(limit, RoundLimit)}

    for (r,), limit in found.items():
        assert limit.least == int(present[:600, r].sum() - present[600:, r].sum())
    assert sorted(found) == [(r,) for r in range(10)]
