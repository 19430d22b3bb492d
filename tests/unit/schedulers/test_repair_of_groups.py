"""One test for each way in which an announced round of groups can fall apart."""

from __future__ import annotations

import numpy as np
import pytest

from schedulers.disturbance import Move, Repair, Why
from schedulers.problem import BoolArray, IntArray, MustMeet, Problem, Table, pair_matrix
from schedulers.schedule import MaxIterations, MaxRuntime
from schedulers.solve import plan, repair

PLENTY = MaxIterations(1000)
THREE_TABLES = np.repeat(np.arange(3), 4)[None, :]


def flat(n: int) -> IntArray:
    return np.ones((n, n), dtype=np.int64) - np.eye(n, dtype=np.int64)


def without(n: int, *people: int, rounds: int = 1) -> BoolArray:
    present = np.ones((n, rounds), dtype=np.bool_)
    present[list(people)] = False
    return present


def whys(moves: tuple[Move, ...]) -> dict[int, Why]:
    return {move.person: move.why for move in moves}


def mended(problem: Problem, announced: IntArray = THREE_TABLES) -> Repair:
    return repair(problem, [], announced, stop=PLENTY)


def test_groups_that_can_meet_stay_as_they_were_announced() -> None:
    found = mended(Problem(flat(12), [Table(4)] * 3, 1))

    assert np.array_equal(found.seats, THREE_TABLES)
    assert found.moves == found.regrouped == ()
    assert found.value == 18


def test_nobody_moves_because_a_few_are_missing() -> None:
    found = mended(Problem(flat(12), [Table(4)] * 3, 1, present=without(12, 0, 5)))

    assert found.moves == found.regrouped == ()


def test_a_newcomer_takes_an_empty_chair() -> None:
    announced = THREE_TABLES.copy()
    announced[0, 7] = -1

    found = mended(Problem(flat(12), [Table(4)] * 3, 1), announced)

    assert found.moves == (Move(0, 7, -1, 1, Why.HAD_NO_SEAT),)
    assert whys(found.regrouped) == dict.fromkeys([4, 5, 6], Why.TO_SEAT_OTHERS)


def test_two_newcomers_who_met_before_do_not_both_take_the_empty_chairs() -> None:
    """Nobody was announced at the only table; the three who sit down there now have not met."""
    problem = Problem(flat(4), [Table(3)], 1, met=[(0, 1)])

    assert mended(problem, np.full((1, 4), -1)).repeats == 0


def test_somebody_left_alone_joins_others() -> None:
    found = mended(Problem(flat(12), [Table(5)] * 3, 1, present=without(12, 0, 1, 2)))

    assert whys(found.moves) == {3: Why.PARTNER_GONE}


def test_a_table_left_with_too_few_is_filled_by_the_fewest() -> None:
    found = mended(Problem(flat(12), [Table(4, 3)] * 3, 1, present=without(12, 0, 1)))

    assert list(whys(found.moves).values()) == [Why.TO_SEAT_OTHERS]
    assert sorted(np.bincount(found.seats[0][found.seats[0] >= 0]).tolist()) == [3, 3, 4]


def test_people_who_may_not_meet_any_more_part() -> None:
    found = mended(Problem(flat(12), [Table(5)] * 3, 1, allowed=~pair_matrix(12, [(0, 1)])))

    assert list(whys(found.moves).values()) == [Why.NOT_ALLOWED]
    assert found.seats[0, 0] != found.seats[0, 1]


def test_people_at_a_table_that_is_gone_find_others() -> None:
    found = mended(Problem(flat(12), [Table(6)] * 2, 1))

    assert whys(found.moves) == dict.fromkeys([8, 9, 10, 11], Why.TABLE_GONE)


def test_a_host_goes_to_their_table_and_a_guest_makes_room() -> None:
    fixed = np.array([1, *[-1] * 11])

    found = mended(Problem(flat(12), [Table(4)] * 3, 1, fixed=fixed))

    assert found.seats[0, 0] == 1
    reasons = whys(found.moves)
    assert reasons.pop(0) == Why.FIXED_ELSEWHERE
    assert list(reasons.values()) == [Why.TABLE_NEEDED]


def test_a_must_meet_that_cannot_wait_is_brought_about() -> None:
    found = mended(Problem(flat(12), [Table(5)] * 3, 1, must_meet=[(0, 4)]))

    assert found.unmet == ()
    assert list(whys(found.moves).values()) == [Why.FOR_A_MUST_MEET]


def test_a_must_meet_that_can_wait_moves_nobody() -> None:
    assert mended(Problem(flat(12), [Table(5)] * 3, 2, must_meet=[(0, 4)])).moves == ()


def test_a_newcomer_sits_with_strangers() -> None:
    announced = np.array([[0, 0, 0, 1, 1, 1, -1]])

    found = mended(Problem(flat(7), [Table(4)] * 2, 1, met=[(6, 0), (6, 4), (6, 5)]), announced)

    assert found.moves == (Move(0, 6, -1, 0, Why.HAD_NO_SEAT),)
    assert found.repeats == 1


def test_several_rounds_are_repaired_one_after_the_other() -> None:
    problem = Problem(flat(12), [Table(4)] * 3, 3, present=without(12, 0, 1, 2, rounds=3))
    announced = plan(Problem(flat(12), [Table(4)] * 3, 3), stop=MaxIterations(5)).seats

    found = repair(problem, announced[:1], announced[1:], stop=PLENTY)

    assert found.seats.shape == (3, 12)
    assert {move.round for move in found.moves} <= {1, 2}
    assert (found.seats[1:, 3:] >= 0).all()


@pytest.mark.parametrize("least", [2, 4])
def test_few_people_move_in_a_large_room(least: int) -> None:
    random = np.random.default_rng(1)
    gone = random.choice(300, 15, replace=False)
    musts = [MustMeet(int(i), int(j), 0) for i, j in random.choice(300, (5, 2), replace=False)]
    weights = np.triu(random.integers(0, 1001, (300, 300)), 1)
    barred = pair_matrix(300, [(2 * k, 2 * k + 1) for k in range(40)])
    problem = Problem(
        weights + weights.T,
        [Table(5, least)] * 60,
        1,
        present=without(300, *gone.tolist()),
        allowed=~barred | pair_matrix(300, [must[:2] for must in musts]),
        must_meet=musts,
    )
    announced = plan(Problem(weights + weights.T, [Table(5)] * 60, 1), stop=MaxIterations(0)).seats

    found = repair(problem, [], announced, stop=MaxRuntime(0.5))

    there = problem.present[:, 0]
    assert (found.seats[0, there] >= 0).all()
    assert sum(not (problem.present[i, 0] and problem.present[j, 0]) for i, j, _ in musts) == len(found.unmet)
    displaced = sum(announced[0, 2 * k] == announced[0, 2 * k + 1] for k in range(40))
    assert len(found.moves) <= displaced + 2 * len(musts) + 15
