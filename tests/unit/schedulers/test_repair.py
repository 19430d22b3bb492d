"""One test for each way in which an announced round can fall apart."""

from __future__ import annotations

import numpy as np
import pytest

from schedulers.disturbance import Move, Repair, Why
from schedulers.pairs.rounds.evening import groups_in
from schedulers.problem import BoolArray, IntArray, InvalidProblem, MustMeet, Problem, Table
from schedulers.schedule import Infeasible, MaxIterations, MaxRuntime
from schedulers.solve import plan, repair

PLENTY = MaxIterations(1000)
NOTHING_HELD = np.zeros((0, 6), dtype=np.int64)
THREE_PAIRS = np.array([[0, 0, 1, 1, 2, 2]])


def flat(n: int) -> IntArray:
    """Return weights by which everybody fits everybody alike."""
    return np.ones((n, n), dtype=np.int64) - np.eye(n, dtype=np.int64)


def row_of(count: int) -> list[Table]:
    return [Table(2, x=float(t)) for t in range(count)]


def all_but(n: int, *pairs: tuple[int, int]) -> BoolArray:
    allowed = np.ones((n, n), dtype=np.bool_)
    for i, j in pairs:
        allowed[i, j] = allowed[j, i] = False
    return allowed


def without(problem_rounds: int, n: int, *people: int) -> BoolArray:
    present = np.ones((n, problem_rounds), dtype=np.bool_)
    present[list(people)] = False
    return present


def groups(found: Repair, r: int = 0) -> list[tuple[int, ...]]:
    return sorted(groups_in(found.seats[r]))


def whys(moves: tuple[Move, ...]) -> dict[int, Why]:
    return {move.person: move.why for move in moves}


def test_a_round_that_can_be_held_stays_as_it_was_announced() -> None:
    problem = Problem(7 * flat(6), row_of(3), 2)

    found = repair(problem, NOTHING_HELD, THREE_PAIRS)

    assert np.array_equal(found.seats, THREE_PAIRS)
    assert found.moves == found.regrouped == ()
    assert (found.value, found.floor, found.unmet) == (21, 7, ())


@pytest.mark.parametrize("tables", [row_of(6), [Table(2)] * 6])
def test_two_who_lost_their_partners_meet_and_one_of_them_moves(tables: list[Table]) -> None:
    problem = Problem(flat(6), tables, 1, present=without(1, 6, 1, 3))

    found = repair(problem, NOTHING_HELD, THREE_PAIRS + 3)

    assert groups(found) == [(0, 2), (4, 5)]
    (move,), (regrouped,) = found.moves, found.regrouped
    assert {move.person, regrouped.person} == {0, 2}
    assert move.why == regrouped.why == Why.PARTNER_GONE
    assert regrouped.before == regrouped.after == move.after


def test_a_newcomer_takes_the_place_of_whoever_is_missing() -> None:
    problem = Problem(flat(6), row_of(3), 1, present=without(1, 6, 1))

    found = repair(problem, NOTHING_HELD, np.array([[0, 0, 1, 1, -1, -1]]))

    assert [move.person for move in found.moves] in ([4], [5])
    assert found.moves[0][2:] == (-1, 0, Why.HAD_NO_SEAT)


@pytest.mark.parametrize("n", [6, 300])
def test_of_three_left_over_the_one_who_had_no_seat_gets_none(n: int) -> None:
    weights = flat(n)
    weights[0, n - 2] = weights[n - 2, 0] = 1000
    problem = Problem(weights, row_of(n // 2), 1, present=without(1, n, 1, 3, n - 1))
    announced = np.arange(n)[None] // 2
    announced[0, -2:] = -1

    found = repair(problem, (), announced, stop=PLENTY)

    assert groups(found)[0] == (0, 2)
    assert len(found.moves) == 1


def test_value_moves_nobody_even_where_two_were_told_one_table() -> None:
    """The heaviest match needs table 0 twice: 0 and 1, who may not meet, would both have to keep it."""
    weights = flat(8)
    for i, j in ((0, 4), (1, 5), (2, 3)):
        weights[i, j] = weights[j, i] = 1000
    problem = Problem(weights, row_of(4), 1, allowed=all_but(8, (0, 1)), present=without(1, 8, 6, 7))

    found = repair(problem, (), np.array([[0, 0, 1, 2, -1, -1, 1, 2]]))

    assert (found.seats >= 0).sum() == 6
    assert len(found.moves) == 3


def test_a_pair_that_is_forbidden_by_now_is_parted_and_one_that_met_too() -> None:
    problem = Problem(flat(6), row_of(3), 2, allowed=all_but(6, (0, 1)))
    held = np.array([[-1, -1, 0, 0, -1, -1]])

    found = repair(problem, held, THREE_PAIRS)

    assert groups(found, 1) in ([(0, 2), (1, 3), (4, 5)], [(0, 3), (1, 2), (4, 5)])
    assert len(found.moves) == 2
    reasons = whys(found.moves + found.regrouped)
    assert reasons == {
        0: Why.NOT_ALLOWED,
        1: Why.NOT_ALLOWED,
        2: Why.ALREADY_MET,
        3: Why.ALREADY_MET,
    }


@pytest.mark.parametrize("n", [6, 300])
def test_a_pair_is_given_up_where_that_seats_two_more(n: int) -> None:
    announced = (np.arange(n) // 2)[None]
    problem = Problem(flat(n), row_of(n // 2), 1, allowed=all_but(n, (0, 2)), present=without(1, n, 1, 3))

    found = repair(problem, (), announced, stop=PLENTY)

    assert (found.seats >= 0).sum() == n - 2
    assert len(found.moves) == len(found.regrouped) == 2
    touched = whys(found.moves + found.regrouped)
    assert {touched.pop(0), touched.pop(2)} == {Why.PARTNER_GONE}
    assert list(touched.values()) == [Why.TO_SEAT_OTHERS] * 2


@pytest.mark.parametrize("n", [10, 300])
def test_pairs_make_room_for_two_along_a_chain(n: int) -> None:
    """Of the first ten, each may only meet their neighbours."""
    allowed = np.ones((n, n), dtype=np.bool_)
    allowed[:10] = allowed[:, :10] = False
    chain = np.arange(9)
    allowed[chain, chain + 1] = allowed[chain + 1, chain] = True
    announced = np.arange(n)[None] // 2
    announced[0, :10] = [-1, 0, 0, 1, 1, 2, 2, 3, 3, -1]

    found = repair(Problem(flat(n), row_of(n // 2), 1, allowed=allowed), (), announced, stop=PLENTY)

    assert groups(found)[:5] == [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]
    # Four tables keep one of the two who were told to sit there.
    assert len(found.moves) == 6
    assert {move.person for move in found.moves + found.regrouped} == set(range(10))


@pytest.mark.parametrize("n", [8, 300])
def test_a_must_meet_parts_pairs_only_in_its_last_round(n: int) -> None:
    announced = (np.arange(n) // 2)[None]
    last = Problem(flat(n), row_of(n // 2), 3, must_meet=[MustMeet(0, 2, 0)])
    later = Problem(flat(n), row_of(n // 2), 3, must_meet=[MustMeet(0, 2, 1)])

    found = repair(last, (), announced, stop=PLENTY)
    assert groups(found)[:2] == [(0, 2), (1, 3)]
    assert len(found.moves) == 2
    assert set(whys(found.moves + found.regrouped)) == {0, 1, 2, 3}
    assert set(whys(found.moves + found.regrouped).values()) == {Why.FOR_A_MUST_MEET}

    assert repair(later, (), announced, stop=PLENTY).moves == ()


def test_a_must_meet_does_not_wait_for_a_round_in_which_one_is_gone() -> None:
    present = np.ones((6, 2), dtype=np.bool_)
    present[2, 1] = False
    problem = Problem(flat(6), row_of(3), 2, present=present, must_meet=[MustMeet(0, 2)])

    assert (0, 2) in groups(repair(problem, NOTHING_HELD, THREE_PAIRS))


def test_a_must_meet_does_not_wait_where_later_rounds_have_no_room_for_all() -> None:
    problem = Problem(flat(6), row_of(3), 2, must_meet=[MustMeet(0, 2), MustMeet(0, 3)])
    longer = Problem(flat(6), row_of(3), 3, must_meet=[MustMeet(0, 2), MustMeet(0, 3)])

    assert repair(longer, NOTHING_HELD, THREE_PAIRS).moves == ()
    found = repair(problem, NOTHING_HELD, THREE_PAIRS)

    assert (0, 2) in groups(found) or (0, 3) in groups(found)


def test_an_announced_must_meet_is_not_given_up_to_seat_more_people() -> None:
    """Everybody else may meet only one of the two."""
    allowed = all_but(4, (2, 3))
    problem = Problem(flat(4), row_of(2), 2, allowed=allowed, must_meet=[MustMeet(0, 1)])
    free = Problem(flat(4), row_of(2), 2, allowed=allowed)
    announced = np.array([[0, 0, -1, -1]])

    assert groups(repair(problem, (), announced)) == [(0, 1)]
    assert len(groups(repair(free, (), announced))) == 2


def test_a_pair_leaves_its_table_together_for_somebody_who_is_fixed_there() -> None:
    fixed = np.array([-1, -1, -1, -1, 0, -1])
    problem = Problem(flat(6), row_of(4), 1, fixed=fixed)

    found = repair(problem, NOTHING_HELD, np.array([[0, 0, 1, 1, -1, -1]]))

    assert groups(found) == [(0, 1), (2, 3), (4, 5)]
    assert found.seats[0, 4] == 0
    # Of the tables that are free, the nearer one.
    assert found.seats[0].tolist() == [2, 2, 1, 1, 0, 0]
    assert whys(found.moves) == {
        0: Why.TABLE_NEEDED,
        1: Why.TABLE_NEEDED,
        4: Why.HAD_NO_SEAT,
        5: Why.HAD_NO_SEAT,
    }


def test_two_who_are_fixed_at_one_table_meet_or_one_of_them_has_no_seat() -> None:
    fixed = np.array([1, -1, 1, -1, -1, -1])
    problem = Problem(flat(6), row_of(3), 1, fixed=fixed, allowed=all_but(6, (0, 2)))

    found = repair(problem, NOTHING_HELD, THREE_PAIRS)

    assert whys(found.moves) == {0: Why.FIXED_ELSEWHERE, 1: Why.FIXED_ELSEWHERE}
    assert found.seats[0].tolist() == [-1, -1, 1, 1, 2, 2]


def test_a_pair_whose_table_is_gone_keeps_together_at_another() -> None:
    found = repair(Problem(flat(6), row_of(3), 1), NOTHING_HELD, np.array([[0, 0, 7, 7, -1, -1]]))

    assert found.seats[0, 2] == found.seats[0, 3] == 1 or found.seats[0, 2] == found.seats[0, 3] == 2
    assert whys(found.moves)[2] == whys(found.moves)[3] == Why.TABLE_GONE

    found = repair(Problem(flat(6), row_of(2), 1), NOTHING_HELD, THREE_PAIRS)

    assert found.seats.tolist() == [[0, 0, 1, 1, -1, -1]]
    assert whys(found.moves) == {4: Why.TABLE_GONE, 5: Why.TABLE_GONE}


@pytest.mark.parametrize("n", [6, 300])
def test_one_too_many_joins_a_pair_and_nobody_of_it_moves(n: int) -> None:
    weights = flat(n)
    weights[4, :2] = weights[:2, 4] = 9
    problem = Problem(weights, row_of(n // 2), 1, present=without(1, n, 5), odd="trio")

    found = repair(problem, (), np.arange(n)[None] // 2, stop=PLENTY)

    assert groups(found)[0] == (0, 1, 4)
    assert found.moves == (Move(0, 4, 2, 0, Why.PARTNER_GONE),)
    assert whys(found.regrouped) == {0: Why.TO_SEAT_OTHERS, 1: Why.TO_SEAT_OTHERS}


def test_three_left_over_make_the_table_of_three_rather_than_disturb_a_pair() -> None:
    weights = flat(7)
    weights[3, 5:] = weights[5:, 3] = 1000
    problem = Problem(weights, row_of(4), 1, present=without(1, 7, 1, 2), odd="trio")
    announced = np.array([[0, 0, -1, -1, -1, 1, 1]])

    found = repair(problem, (), announced)

    assert groups(found) == [(0, 3, 4), (5, 6)]
    assert whys(found.moves) == {3: Why.HAD_NO_SEAT, 4: Why.HAD_NO_SEAT}
    assert whys(found.regrouped) == {0: Why.PARTNER_GONE}


def test_a_table_of_three_is_parted_when_it_is_not_needed_any_more() -> None:
    problem = Problem(flat(6), row_of(3), 1, odd="trio")

    found = repair(problem, NOTHING_HELD, np.array([[0, 0, 0, 1, 1, -1]]))

    assert {len(group) for group in groups(found)} == {2}
    assert sorted(whys(found.moves).values()) == [Why.HAD_NO_SEAT, Why.NO_TRIO]
    assert list(whys(found.regrouped).values()) == [Why.NO_TRIO] * 2


def test_a_table_of_three_that_loses_one_stays_as_a_pair() -> None:
    problem = Problem(flat(5), row_of(2), 1, present=without(1, 5, 2), odd="trio")

    found = repair(problem, (), np.array([[0, 0, 0, 1, 1]]))

    assert found.seats.tolist() == [[0, 0, -1, 1, 1]]
    assert found.moves == found.regrouped == ()


def test_of_those_left_over_who_waited_least_sits_out_and_nobody_else() -> None:
    present = np.ones((7, 2), dtype=np.bool_)
    present[[1, 3], 1] = False
    problem = Problem(flat(7), row_of(3), 2, present=present)
    # 2, 3 and 6 have waited once, all others never.
    held = np.array([[1, 0, -1, -1, 0, 1, -1]])

    found = repair(problem, held, np.array([[0, 0, 1, 1, 2, 2, -1]]))

    assert groups(found, 1) == [(2, 6), (4, 5)]
    assert found.moves == (Move(1, 0, 0, -1, Why.PARTNER_GONE), Move(1, 6, -1, 1, Why.HAD_NO_SEAT))


def test_two_sides_stay_two_sides() -> None:
    sides = np.array([0, 1, 0, 1, 0, 1])
    problem = Problem(flat(6), row_of(3), 1, sides=sides, present=without(1, 6, 1, 3))

    found = repair(problem, NOTHING_HELD, THREE_PAIRS)

    assert groups(found) == [(4, 5)]
    assert whys(found.moves) == {0: Why.PARTNER_GONE, 2: Why.PARTNER_GONE}
    assert [move.after for move in found.moves] == [-1, -1]


def test_a_meeting_of_a_later_announced_round_is_not_used_up_before() -> None:
    weights = flat(8)
    weights[0, 2] = weights[2, 0] = 1000
    present = without(2, 8)
    present[[1, 3, 5, 7], 0] = False
    announced = np.array([[0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 2, 3, 3, 2]])

    found = repair(Problem(weights, row_of(4), 2, present=present), (), announced)

    assert (0, 2) not in groups(found, 0)
    assert np.array_equal(found.seats[1], announced[1])


def test_in_a_large_room_only_those_left_alone_are_disturbed() -> None:
    n = 400
    random = np.random.default_rng(5)
    weights = np.triu(random.integers(0, 1001, (n, n)), 1)
    whole = Problem(weights + weights.T, row_of(n // 2), 3)
    announced = plan(whole, stop=MaxIterations(1)).seats
    present = np.ones((n, 3), dtype=np.bool_)
    present[random.choice(n, 20, replace=False), 1:] = False
    problem = Problem(weights + weights.T, row_of(n // 2), 3, present=present)

    found = repair(problem, announced[:1], announced[1:2], stop=PLENTY)

    table = announced[1]
    alone = [i for i in range(n) if present[i, 1] and present[table == table[i], 1].sum() == 1]
    assert (found.seats[1, present[:, 1]] >= 0).all()
    assert len(found.moves) == len(found.regrouped) == len(alone) // 2
    assert {move.person for move in found.moves + found.regrouped} == set(alone)


@pytest.mark.parametrize("stop", [MaxRuntime(0), MaxIterations(0)])
def test_without_time_the_round_is_legal_all_the_same(stop: MaxRuntime) -> None:
    problem = Problem(flat(6), row_of(3), 1, present=without(1, 6, 1, 3), must_meet=[MustMeet(0, 2)])

    found = repair(problem, NOTHING_HELD, THREE_PAIRS, stop=stop)

    assert groups(found) == [(0, 2), (4, 5)]


def test_the_same_work_gives_the_same_repair() -> None:
    random = np.random.default_rng(1)
    weights = np.triu(random.integers(0, 1001, (60, 60)), 1)
    present = random.random((60, 1)) < 0.8
    problem = Problem(weights + weights.T, row_of(30), 1, present=present, odd="trio")
    announced = (random.permutation(60) // 2)[None]

    one, other = (repair(problem, (), announced, stop=MaxIterations(1)) for _ in range(2))

    assert np.array_equal(one.seats, other.seats)
    assert one.moves == other.moves


def test_nobody_and_nothing_announced_are_no_trouble() -> None:
    nobody = repair(Problem(flat(0), [], 1), (), np.zeros((1, 0), dtype=np.int64))
    nothing = repair(Problem(flat(4), row_of(2), 1), (), ())

    assert (nobody.seats.shape, nothing.seats.shape) == ((1, 0), (0, 4))


def test_input_that_cannot_be_right_is_refused() -> None:
    problem = Problem(flat(6), row_of(3), 1)
    with pytest.raises(InvalidProblem, match="at most 0 rounds of 6 seats"):
        repair(problem, THREE_PAIRS, THREE_PAIRS)
    with pytest.raises(InvalidProblem, match="table -2"):
        repair(problem, NOTHING_HELD, THREE_PAIRS - 2)
    with pytest.raises(Infeasible, match="must meet, but may not"):
        repair(
            Problem(flat(6), row_of(3), 1, allowed=all_but(6, (0, 1)), must_meet=[MustMeet(0, 1)]),
            NOTHING_HELD,
            THREE_PAIRS,
        )
