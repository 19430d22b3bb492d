"""One test for each rule of an evening of pairs."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from schedulers.certificate import certify
from schedulers.pairs.rounds.evening import groups_in
from schedulers.problem import BoolArray, IntArray, MustMeet, Problem, Table
from schedulers.schedule import Infeasible, MaxIterations, MaxRuntime, Plan, plan_of, sit_outs
from schedulers.solve import next_round, plan

PLENTY = MaxIterations(1000)


def random_weights(n: int, seed: int = 0) -> IntArray:
    weights = np.triu(np.random.default_rng(seed).integers(0, 1001, (n, n)), 1)
    return np.asarray(weights + weights.T)


def tables(count: int) -> list[Table]:
    return [Table(2, x=float(t)) for t in range(count)]


def everybody_but(n: int, *pairs: tuple[int, int]) -> BoolArray:
    allowed = np.ones((n, n), dtype=np.bool_)
    for i, j in pairs:
        allowed[i, j] = allowed[j, i] = False
    return allowed


def pairs_of(found: Plan) -> set[tuple[int, ...]]:
    return {group for row in found.seats for group in groups_in(row)}


def assert_true(problem: Problem, found: Plan) -> None:
    assert certify(problem, found).falsehoods == ()


def test_absent_people_have_no_seat() -> None:
    present = np.ones((6, 3), dtype=np.bool_)
    present[0, 0] = present[1, 2] = False

    found = plan(Problem(random_weights(6), tables(3), 3, present=present), stop=PLENTY)

    assert found.seats[0, 0] == found.seats[2, 1] == -1
    assert found.seats[1, 0] >= 0


def test_forbidden_people_never_meet_however_well_they_fit() -> None:
    weights = np.ones((4, 4), dtype=np.int64) - np.eye(4, dtype=np.int64)
    weights[0, 1] = weights[1, 0] = 1000
    problem = Problem(weights, tables(2), 2, allowed=everybody_but(4, (0, 1)))

    found = plan(problem, stop=PLENTY)

    assert (0, 1) not in pairs_of(found)
    assert (found.seats >= 0).all()


def test_an_organisation_of_most_people_sits_out_rather_than_meet_itself() -> None:
    problem = Problem(
        random_weights(9),
        tables(4),
        2,
        allowed=everybody_but(9, *((i, j) for i in range(6) for j in range(i))),
    )

    found = plan(problem, stop=PLENTY)

    assert (found.seats >= 0).sum() == 12
    assert sit_outs(problem, found.seats).tolist() == [1, 1, 1, 1, 1, 1, 0, 0, 0]


def test_two_languages_of_odd_numbers_leave_one_of_each_out() -> None:
    allowed = np.zeros((8, 8), dtype=np.bool_)
    allowed[:3, :3] = allowed[3:, 3:] = True

    found = plan(Problem(random_weights(8), tables(4), 1, allowed=allowed), stop=PLENTY)

    assert (found.seats[0, :3] >= 0).sum() == 2
    assert (found.seats[0, 3:] >= 0).sum() == 4


def test_only_different_sides_meet_and_the_longer_side_takes_turns_to_wait() -> None:
    sides = np.array([0] * 3 + [1] * 6)
    problem = Problem(random_weights(9), tables(5), 4, sides=sides)

    found = plan(problem, stop=PLENTY)

    assert all(sides[i] != sides[j] for i, j in pairs_of(found))
    assert sit_outs(problem, found.seats).tolist() == [0] * 3 + [2] * 6


def test_a_guest_with_a_table_sits_there_and_the_table_is_free_without_them() -> None:
    present = np.ones((5, 3), dtype=np.bool_)
    present[0, 1] = False
    fixed = np.array([1, -1, -1, -1, -1])

    found = plan(Problem(random_weights(5), tables(2), 3, present=present, fixed=fixed), stop=PLENTY)

    assert set(found.seats[[0, 2], 0].tolist()) <= {1, -1}
    assert sorted(found.seats[1, 1:].tolist()) == [0, 0, 1, 1]


def test_two_guests_of_one_table_meet_once_and_then_take_turns() -> None:
    problem = Problem(random_weights(6), tables(3), 3, fixed=np.array([2, 2, -1, -1, -1, -1]))

    found = plan(problem, stop=PLENTY)

    assert_true(problem, found)
    assert all(len(set(row[row >= 0])) * 2 == (row >= 0).sum() for row in found.seats)


def test_people_of_different_tables_do_not_meet() -> None:
    problem = Problem(random_weights(4), tables(2), 3, fixed=np.array([0, 1, -1, -1]))

    assert (0, 1) not in pairs_of(plan(problem, stop=PLENTY))


def test_fewer_tables_than_pairs_share_the_waiting() -> None:
    problem = Problem(random_weights(12), tables(3), 4)

    found = plan(problem, stop=PLENTY)

    assert sit_outs(problem, found.seats).tolist() == [2] * 12


def test_must_meets_happen_by_their_round() -> None:
    wishes = [MustMeet(0, 1, 0), MustMeet(0, 2, 1), MustMeet(1, 2), MustMeet(0, 3, 2)]
    problem = Problem(random_weights(8), tables(4), 3, must_meet=wishes)

    found = plan(problem, stop=PLENTY)

    assert found.unmet == ()
    assert found.seats[0, 0] == found.seats[0, 1]
    assert found.seats[1, 0] == found.seats[1, 2]


def test_must_meets_are_spread_so_that_all_fit() -> None:
    """Eight people who must all meet one another need every one of seven rounds."""
    wishes = [(i, j) for i in range(8) for j in range(i)]

    found = plan(Problem(random_weights(20), tables(10), 7, must_meet=wishes), stop=PLENTY)

    assert found.unmet == ()


def test_a_must_meet_that_cannot_happen_is_listed() -> None:
    wishes = [MustMeet(0, 1, 0), MustMeet(0, 2, 0)]
    problem = Problem(random_weights(6), tables(3), 2, must_meet=wishes)

    found = plan(problem, stop=PLENTY)

    assert len(found.unmet) == 1
    assert_true(problem, found)


def test_the_next_round_leaves_room_for_later_must_meets() -> None:
    """Three rounds are left and person 0 must meet three people, one of them in the first."""
    wishes = [MustMeet(0, 1), MustMeet(0, 2), MustMeet(0, 3, 0)]
    problem = Problem(random_weights(8), tables(4), 3, must_meet=wishes)

    found = next_round(problem, (), stop=PLENTY)

    assert found.seats.shape == (1, 8)
    assert found.seats[0, 0] == found.seats[0, 3]
    assert found.unmet == ()


def test_people_who_met_before_sit_out_rather_than_meet_again() -> None:
    problem = Problem(random_weights(2), tables(1), 1, met=[(0, 1)])

    assert plan(problem, stop=PLENTY).seats.tolist() == [[-1, -1]]


@pytest.mark.parametrize("n", [4, 6, 8, 12])
def test_everybody_meets_everybody_in_as_many_rounds_as_there_are_others(n: int) -> None:
    found = plan(Problem(random_weights(n), tables(n // 2), n - 1), stop=PLENTY)

    assert (found.seats >= 0).all()
    assert len(pairs_of(found)) == n * (n - 1) // 2


def test_more_rounds_than_partners_end_with_rounds_of_nobody() -> None:
    found = plan(Problem(random_weights(4), tables(2), 5), stop=PLENTY)

    assert (found.seats[:3] >= 0).all()
    assert (found.seats[3:] == -1).all()


def test_an_odd_number_gives_a_trio_if_wanted() -> None:
    problem = Problem(random_weights(7), tables(3), 1, odd="trio")

    found = plan(problem, stop=PLENTY)

    assert sorted(map(len, groups_in(found.seats[0]))) == [2, 2, 3]
    assert_true(problem, found)


def test_late_arrival_gets_no_second_sit_out() -> None:
    present = np.ones((5, 4), dtype=np.bool_)
    present[4, :2] = False
    present[3, 0] = False
    problem = Problem(random_weights(5), tables(2), 4, present=present)

    assert sit_outs(problem, plan(problem, stop=PLENTY).seats).max() == 1


def test_sit_outs_of_held_rounds_count() -> None:
    held = np.array([[0, 0, -1], [-1, 0, 0]])

    found = plan(Problem(random_weights(3), tables(1), 3), held=held, stop=PLENTY)

    assert found.seats[2, 1] == -1


def test_held_rounds_stay_and_count_in_the_value() -> None:
    weights = random_weights(4)
    held = np.array([[0, 0, 1, 1]])

    found = plan(Problem(weights, tables(2), 1), held=held, stop=PLENTY)

    assert found.value == weights[0, 1] + weights[2, 3]


def test_walking_is_short() -> None:
    """With new partners all round, one of each pair crosses the room and the other one stays."""
    problem = Problem(random_weights(4), [Table(2), Table(2, x=100.0)], 2)

    found = plan(problem, stop=PLENTY)

    assert (found.seats[0] == found.seats[1]).sum() == 2


@pytest.mark.parametrize("stop", [MaxRuntime(0), MaxRuntime(0.5), PLENTY])
@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_hardly_anybody_is_a_room_too(n: int, stop: MaxRuntime | MaxIterations) -> None:
    problem = Problem(random_weights(n), tables(2), 2)

    found = plan(problem, stop=stop)

    assert_true(problem, found)
    assert (found.seats[:1] >= 0).sum() == n // 2 * 2


@pytest.mark.parametrize(
    "problem",
    [
        Problem(random_weights(6), [], 2),
        Problem(random_weights(6), tables(3), 0),
        Problem(random_weights(6), tables(3), 2, present=np.zeros((6, 2), dtype=np.bool_)),
        Problem(random_weights(6), tables(3), 2, allowed=np.zeros((6, 6), dtype=np.bool_)),
    ],
    ids=["no tables", "no rounds", "nobody there", "all forbidden"],
)
def test_where_nobody_can_meet_nobody_does(problem: Problem) -> None:
    found = plan(problem)

    assert (found.seats == -1).all()
    assert_true(problem, found)


@pytest.mark.parametrize("seed", range(3))
def test_a_round_has_the_value_of_a_maximum_weight_matching(seed: int) -> None:
    weights = random_weights(40, seed)
    graph = nx.Graph((i, j, {"weight": int(weights[i, j])}) for i in range(40) for j in range(i))
    best = nx.max_weight_matching(graph, maxcardinality=True)

    found = plan(Problem(weights, tables(20), 1), stop=PLENTY)

    assert found.value == sum(weights[i, j] for i, j in best)


def test_without_any_time_there_is_a_legal_plan_of_all_rounds() -> None:
    problem = Problem(random_weights(60), tables(30), 6)

    found = plan(problem, stop=MaxRuntime(0))

    assert_true(problem, found)
    assert (found.seats >= 0).all()


def test_a_given_plan_is_kept_where_it_is_legal_and_mended_where_not() -> None:
    weights = np.zeros((6, 6), dtype=np.int64)
    given = plan_of(Problem(weights, tables(3), 1), np.array([[0, 1, 0, 1, 2, 2]]))
    problem = Problem(weights, tables(3), 1, allowed=everybody_but(6, (4, 5), (0, 2)))

    found = plan(problem, initial=given, stop=MaxRuntime(0))

    assert (1, 3) in pairs_of(found)
    assert (found.seats >= 0).all()
    assert_true(problem, found)


def test_too_many_people_fixed_at_a_table_contradict_each_other() -> None:
    with pytest.raises(Infeasible, match="3 people are fixed at table 1"):
        plan(Problem(random_weights(4), tables(2), 1, fixed=np.array([1, 1, 1, -1])))


def test_a_forbidden_must_meet_contradicts_itself() -> None:
    problem = Problem(random_weights(4), tables(2), 1, allowed=everybody_but(4, (0, 1)), must_meet=[(0, 1)])

    with pytest.raises(Infeasible, match="0 and 1 must meet"):
        plan(problem)
