"""One test for each rule of groups, in their order."""

from __future__ import annotations

import numpy as np
import pytest

from schedulers.balance import imbalance
from schedulers.certificate import certify
from schedulers.problem import Balance, BoolArray, IntArray, MustMeet, Problem, Table, pair_matrix
from schedulers.schedule import Infeasible, MaxIterations, MaxRuntime, Plan, meeting_counts, sit_outs
from schedulers.solve import next_round, plan

ENOUGH = MaxIterations(40)


def random_weights(n: int, seed: int = 3) -> IntArray:
    weights = np.triu(np.random.default_rng(seed).integers(1, 1001, (n, n)), 1)
    return weights + weights.T


def flat(n: int) -> IntArray:
    return np.ones((n, n), dtype=np.int64) - np.eye(n, dtype=np.int64)


def planned(problem: Problem, **more: object) -> Plan:
    found = plan(problem, stop=ENOUGH, **more)  # type: ignore[arg-type]
    assert certify(problem, found).falsehoods == ()
    return found


def sizes(row: IntArray) -> list[int]:
    counts: list[int] = np.bincount(row[row >= 0]).tolist()
    return sorted(size for size in counts if size)


def absent(n: int, rounds: int, *places: tuple[int, int]) -> BoolArray:
    present = np.ones((n, rounds), dtype=np.bool_)
    for person, r in places:
        present[person, r] = False
    return present


def test_whoever_is_absent_has_no_seat() -> None:
    problem = Problem(random_weights(12), [Table(4)] * 3, 2, present=absent(12, 2, (3, 0), (4, 0), (5, 1)))

    seats = planned(problem).seats

    assert (seats[0, [3, 4]] == -1).all()
    assert seats[1, 5] == -1
    assert sizes(seats[0]) == [3, 3, 4]


def test_tables_hold_at_least_and_at_most_what_they_may() -> None:
    problem = Problem(random_weights(11), [Table(4, 3), Table(5, 3), Table(3, 2)], 2)

    for row in planned(problem).seats:
        assert sizes(row) in ([3, 4, 4], [2, 4, 5], [3, 3, 5])


def test_nobody_is_left_alone_at_the_last_table() -> None:
    assert sizes(planned(Problem(random_weights(9), [Table(4)] * 3, 1)).seats[0]) == [3, 3, 3]


@pytest.mark.parametrize("seed", range(4))
def test_a_first_plan_is_even_where_colleagues_are_apart(seed: int) -> None:
    """Thirty-one people, five of them of one firm and the others of eleven more, at tables of up to six."""
    firms = np.concatenate([np.zeros(5, dtype=int), 1 + np.arange(26) % 11])
    problem = Problem(random_weights(31, seed), [Table(6)] * 6, 2, allowed=firms[:, None] != firms)
    told: list[Plan] = []

    plan(problem, stop=MaxIterations(0), seed=seed, on_improve=told.append)

    assert [sizes(row) for row in told[0].seats] == [[5, 5, 5, 5, 5, 6]] * 2


def test_a_host_never_moves() -> None:
    problem = Problem(random_weights(12), [Table(4)] * 3, 3, fixed=np.array([1, *[-1] * 10, 2]))

    seats = planned(problem).seats

    assert (seats[:, 0] == 1).all()
    assert (seats[:, 11] == 2).all()


def test_hosts_take_turns_where_somebody_has_to_sit_out() -> None:
    """Two of five fixed at the only table, of three: neither meets the other twice, nobody waits twice."""
    problem = Problem(flat(5), [Table(3)], 2, fixed=np.array([0, 0, -1, -1, -1]))

    found = planned(problem)

    assert found.repeats == 0
    assert sit_outs(problem, found.seats).tolist().count(1) == 4


@pytest.mark.parametrize("people", [21, 81])
def test_a_host_sits_out_where_a_must_meet_needs_the_chair(people: int) -> None:
    """Three hosts fill their table, at which one of them must meet a guest; all others have seats."""
    problem = Problem(
        random_weights(people),
        [Table(3)] * (people // 3 + 1),
        2,
        fixed=np.array([0, 0, 0, *[-1] * (people - 3)]),
        must_meet=[MustMeet(0, 9)],
    )

    found = planned(problem)

    assert found.unmet == ()
    assert sit_outs(problem, found.seats).sum() == 1


def test_a_must_meet_is_held_elsewhere_where_it_would_make_somebody_meet_again() -> None:
    """The first has met the host of the larger table before."""
    problem = Problem(
        flat(5),
        [Table(3), Table(2)],
        1,
        fixed=np.array([-1, -1, -1, -1, 0]),
        must_meet=[(0, 1)],
        met=[(0, 4)],
    )

    found = plan(problem, stop=MaxIterations(40))

    assert (found.unmet, found.repeats) == ((), 0)


def test_a_hundred_people_at_ten_tables_meet_nobody_twice_in_four_rounds() -> None:
    problem = Problem(random_weights(100), [Table(10)] * 10, 4)

    assert plan(problem, stop=MaxIterations(2)).repeats == 0


def test_forbidden_pairs_never_share_a_table_even_if_someone_sits_out() -> None:
    """Four of whom nobody may meet the first, at one table."""
    problem = Problem(random_weights(4), [Table(4)], 1, allowed=~pair_matrix(4, [(0, 1), (0, 2), (0, 3)]))

    assert planned(problem).seats[0].tolist() == [-1, 0, 0, 0]


def test_must_meets_happen_in_time() -> None:
    musts = [MustMeet(i, i + 6, by) for i, by in enumerate([0, 0, 1, 1, None, None])]
    found = planned(Problem(random_weights(12), [Table(3)] * 4, 3, must_meet=musts))

    assert found.unmet == ()


def test_a_must_meet_comes_before_seats() -> None:
    """Three must meet two by two: they take the table of three, and the fourth cannot sit alone."""
    musts = [MustMeet(0, 1), MustMeet(1, 2), MustMeet(0, 2)]
    found = planned(Problem(random_weights(4), [Table(3), Table(2)], 1, must_meet=musts))

    assert found.unmet == ()
    assert found.seats[0, 3] == -1


def test_a_must_meet_that_cannot_be_is_named() -> None:
    problem = Problem(
        random_weights(6), [Table(3)] * 2, 2, must_meet=[(0, 1)], present=absent(6, 2, (0, 0), (1, 1))
    )

    assert planned(problem).unmet == (MustMeet(0, 1),)


def test_nobody_meets_anybody_twice_where_that_can_be() -> None:
    found = planned(Problem(random_weights(9), [Table(3)] * 3, 3))

    assert found.repeats == found.repeats_bound == 0
    assert meeting_counts(found.seats).max() == 1


def test_repeats_that_cannot_be_avoided_are_proven() -> None:
    found = planned(Problem(flat(8), [Table(4)] * 2, 3))

    assert (found.repeats, found.repeats_bound) == (8, 8)
    assert (found.value, found.bound) == (28, 28)


def test_people_who_met_before_meet_only_if_they_have_to() -> None:
    problem = Problem(random_weights(9), [Table(3)] * 3, 2, met=[(0, 1), (1, 2), (3, 4)])
    found = planned(problem)

    assert found.repeats == 0
    assert not meeting_counts(found.seats)[[0, 1, 3], [1, 2, 4]].any()


def test_smaller_tables_are_used_where_large_ones_would_repeat() -> None:
    """Two tables of six repeat in the second round, four of three do not."""
    found = planned(Problem(random_weights(12), [Table(6)] * 4, 3))

    assert found.repeats == 0


def test_breaks_are_shared_evenly() -> None:
    problem = Problem(random_weights(11), [Table(3)] * 3, 5)

    waits = sit_outs(problem, planned(problem).seats)

    assert sorted(waits.tolist()) == [0] + [1] * 10


def test_breaks_of_held_rounds_count() -> None:
    problem = Problem(random_weights(4), [Table(3)], 2)

    found = planned(problem, held=[[0, 0, 0, -1]])

    assert found.seats[1, 3] == 0


def test_fairness_lifts_whoever_gains_least_within_its_share() -> None:
    weights = random_weights(24, seed=5)
    plain = planned(Problem(weights, [Table(4)] * 6, 3))
    fair = planned(Problem(weights, [Table(4)] * 6, 3, fairness=0.1))

    assert fair.floor > plain.floor
    assert fair.value >= 0.85 * plain.value


def test_attributes_are_mixed_where_that_costs_nothing() -> None:
    colours = ("red",) * 6 + ("blue",) * 6
    problem = Problem(flat(12), [Table(4)] * 3, 1, balance=[Balance("colour", 1.0, colours)])

    assert imbalance(problem, planned(problem).seats) == 0


def test_a_heavy_balance_is_worth_some_value() -> None:
    colours = ("red",) * 6 + ("blue",) * 6
    weights = np.where(np.equal.outer(colours, colours), 10, 9) * flat(12)

    light, heavy = (
        planned(Problem(weights, [Table(4)] * 3, 1, balance=[Balance("colour", cost, colours)]))
        for cost in (0.01, 100.0)
    )

    assert light.value > heavy.value


def test_a_balance_that_outweighs_all_values_makes_nobody_meet_again() -> None:
    colours = np.random.default_rng(0).choice(list("abcdefgh"), 80).tolist()
    problem = Problem(0 * flat(80), [Table(6)] * 15, 5, balance=[Balance("colour", 500.0, tuple(colours))])

    found = plan(problem, stop=MaxIterations(10))

    assert found.repeats == 0
    assert (found.seats >= 0).all()


def test_groups_walk_as_little_as_can_be() -> None:
    tables = [Table(3, x=float(t)) for t in range(3)]
    problem = Problem(flat(9), tables, 2)

    first, second = planned(problem).seats

    # Each of three walks to two other tables or stays: in all 8 of least length, as tables go.
    assert int(np.abs(first - second).sum()) == 8


def test_tables_of_different_sizes_keep_their_groups_when_people_walk() -> None:
    tables = [Table(2), Table(6, 5, x=9.0), Table(3, 3)]
    problem = Problem(random_weights(11), tables, 2)

    for row in planned(problem).seats:
        assert np.bincount(row).tolist() == [2, 6, 3]


def test_a_better_start_is_kept_and_a_broken_one_mended() -> None:
    problem = Problem(random_weights(12), [Table(4)] * 3, 3)
    good = planned(problem)
    gone = Problem(random_weights(12), [Table(4)] * 3, 3, present=absent(12, 3, (0, 1), (7, 2)))

    again = plan(problem, stop=MaxIterations(0), initial=good)
    mended = plan(gone, stop=ENOUGH, initial=good)

    assert again.value >= good.value
    assert certify(gone, mended).holds


def test_the_next_round_follows_those_held() -> None:
    problem = Problem(random_weights(16), [Table(4)] * 4, 4, must_meet=[MustMeet(0, 1, 1)])
    held = next_round(problem, []).seats

    found = next_round(problem, held, stop=ENOUGH)

    assert np.array_equal(found.seats[:1], held)
    assert found.seats.shape == (2, 16)
    assert found.repeats == 0
    assert found.unmet == ()


def test_time_is_kept() -> None:
    """However short it is, there is a whole and legal plan."""
    problem = Problem(random_weights(60), [Table(6)] * 10, 4)

    assert certify(problem, plan(problem, stop=MaxRuntime(0.0))).holds


def test_more_hosts_than_seats_contradict_themselves() -> None:
    with pytest.raises(Infeasible, match="4 people are fixed at table 1"):
        plan(Problem(flat(6), [Table(3)] * 2, 1, fixed=np.array([1, 1, 1, 1, -1, -1])))


def test_an_empty_room_and_an_evening_without_rounds_have_plans() -> None:
    assert planned(Problem(np.zeros((0, 0), dtype=int), [Table(3)], 2)).seats.shape == (2, 0)
    assert planned(Problem(flat(3), [Table(3)], 0)).value == 0
