"""Whether a round exists at all: proven, both ways."""

from __future__ import annotations

import numpy as np
import pytest

from schedulers.budget import Limits
from schedulers.explain import explain
from schedulers.explanation import FewSeats, LetMeetAgain, LetSitOut, NextRound, RoundLimit
from schedulers.groups.existence import RoundModel
from schedulers.problem import BoolArray, IntArray, MustMeet, Problem, Table, pair_matrix
from schedulers.schedule import MaxIterations, plan_of
from schedulers.wishes.rules import Absent, Attend, Drop, FixedTable, Forbidden, FreeSeat, Permit, Postpone

FREELY = Limits(deadline=None, seed=0)
NINE = np.array(
    [[0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 1, 2] * 3, [0, 1, 2, 1, 2, 0, 2, 0, 1], [0, 1, 2, 2, 0, 1, 1, 2, 0]]
)


def flat(n: int) -> IntArray:
    return np.ones((n, n), dtype=np.int64) - np.eye(n, dtype=np.int64)


def nobody(n: int) -> BoolArray:
    return np.zeros((n, n), dtype=np.bool_)


def explained(problem: Problem, held: IntArray | None = None) -> NextRound:
    found = explain(problem, () if held is None else held, stop=MaxIterations(100)).next_round
    assert found is not None
    return found


def test_the_fourth_round_of_nine_people_exists_and_a_fifth_does_not() -> None:
    """Nine people at tables of three have four rounds without repeats: then all have met."""
    problem = Problem(flat(9), [Table(3)] * 3, 5)

    assert explained(problem, NINE[:3]) == NextRound(3, is_possible=True)
    assert explained(problem, NINE) == NextRound(
        4, is_possible=False, relaxations=(LetSitOut(9, is_fewest=True), LetMeetAgain(9, is_fewest=True))
    )


def test_what_is_told_to_be_enough_is_enough() -> None:
    problem = Problem(flat(9), [Table(3)] * 3, 4, allowed=~pair_matrix(9, [(0, 5), (1, 6)]))

    found = explained(problem, NINE[:3])

    assert found.is_possible is False
    for option in found.relaxations:
        met = nobody(9) if isinstance(option, LetMeetAgain) else meets(NINE[:3])
        model = RoundModel(problem, 3, met | ~problem.allowed)
        model.pay_for_waiting(dict.fromkeys(range(9), 1))
        answer = model.solve(FREELY)
        assert answer.row is not None
        if isinstance(option, LetSitOut):
            assert (answer.row < 0).sum() == option.people
        else:
            assert (answer.row >= 0).all()


def meets(seats: IntArray) -> BoolArray:
    return np.asarray(sum((row[:, None] == row[None, :]) for row in seats) > 0)


def test_seats_of_a_model_keep_what_is_asked() -> None:
    problem = Problem(flat(7), [Table(4, 3), Table(4, 3)], 1, fixed=np.array([1, *[-1] * 6]))
    model = RoundModel(problem, 0, pair_matrix(7, [(0, 1), (2, 3)]))
    model.seat_all()

    answer = model.solve(FREELY)

    assert answer.row is not None
    assert answer.row[0] == 1
    assert answer.row[1] == 0
    assert answer.row[2] != answer.row[3]
    assert sorted(np.bincount(answer.row).tolist()) == [3, 4]
    assert plan_of(problem, answer.row[None, :]).value == 9


def test_too_few_seats_are_told_with_their_number() -> None:
    found = explain(Problem(flat(8), [Table(3, 3)] * 2, 2), stop=MaxIterations(9))

    assert found.limits == (RoundLimit((0, 1), 2, FewSeats(8, 6)),)
    assert found.next_round == NextRound(0, is_possible=False, relaxations=(LetSitOut(2, is_fewest=True),))


@pytest.mark.parametrize(
    ("more", "rules", "changes"),
    [
        (
            {"allowed": ~pair_matrix(6, [(0, 1)])},
            (Forbidden(0, 1),),
            (Permit(0, 1), Drop(MustMeet(0, 1, 0))),
        ),
        (
            {"fixed": np.array([0, 1, -1, -1, -1, -1])},
            (FixedTable(0, 0), FixedTable(1, 1)),
            (FreeSeat(0), FreeSeat(1), Drop(MustMeet(0, 1, 0))),
        ),
        (
            {"present": np.array([[False, True]] + [[True, True]] * 5)},
            (Absent(0, (0,)),),
            (Postpone(MustMeet(0, 1, 0), 1), Attend(0, 0), Drop(MustMeet(0, 1, 0))),
        ),
    ],
    ids=["forbidden", "fixed", "absent"],
)
def test_a_must_meet_that_cannot_be_clashes_with_what_is_in_its_way(
    more: dict[str, BoolArray], rules: tuple[object, ...], changes: tuple[object, ...]
) -> None:
    wish = MustMeet(0, 1, 0)
    problem = Problem(flat(6), [Table(3)] * 2, 2, must_meet=[wish, MustMeet(2, 3)], **more)

    found = explain(problem, stop=MaxIterations(20))

    (clash,) = found.clashes
    assert clash.rules == (wish, *rules)
    assert tuple(option.change for option in clash.relaxations) == changes
    assert [option.met for option in clash.relaxations] == [2] * (len(changes) - 1) + [1]
    assert (found.most, found.wishes, found.is_complete) == (1, 2, True)


def test_more_hosts_than_seats_are_explained() -> None:
    problem = Problem(flat(6), [Table(3)] * 2, 1, fixed=np.array([0, 0, 0, 0, -1, -1]))

    (clash,) = explain(problem).clashes

    assert len(clash.rules) == 5
