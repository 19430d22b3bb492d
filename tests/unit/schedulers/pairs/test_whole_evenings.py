"""Whole evenings: what is known about them without planning, and rooms in which little is possible."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from properties.schedulers.brute import broken_rules
from unit.schedulers.pairs.small_rooms import everybody_but, only, random_weights, room, weights_of

from benchmarks.instances import evening
from schedulers.certificate import certify
from schedulers.pairs.rounds.evening import groups_in
from schedulers.problem import MustMeet, Problem, Table
from schedulers.schedule import MaxIterations, Plan, sit_outs
from schedulers.solve import plan

STOP = MaxIterations(20)


def planned(problem: Problem) -> Plan:
    """Return a plan, held against every rule and all that it states."""
    found = plan(problem, stop=STOP)
    assert broken_rules(problem, found.seats) == []
    assert certify(problem, found).falsehoods == ()
    return found


def waits(problem: Problem, found: Plan) -> list[int]:
    counts: list[int] = sit_outs(problem, found.seats).tolist()
    return counts


def is_proven(found: Plan) -> bool:
    """Return whether no plan that is as good by the rules before value is worth more."""
    return found.value == found.search_bound


@pytest.mark.parametrize("n", range(4, 22, 2))
def test_everybody_meets_everybody_in_as_many_rounds_as_there_are_others(n: int) -> None:
    """A 1-factorisation of the complete graph: the value is that of all pairs."""
    problem = room(n, n - 1)

    found = planned(problem)

    assert (found.seats >= 0).all()
    assert found.value == found.bound == problem.weights.sum() // 2


@pytest.mark.parametrize("n", [3, 5, 7, 11, 15, 19])
def test_an_odd_number_meets_all_in_as_many_rounds_as_there_are_people(n: int) -> None:
    problem = room(n, n)

    found = planned(problem)

    assert waits(problem, found) == [1] * n
    assert found.value == found.bound == problem.weights.sum() // 2


@pytest.mark.parametrize("n", [4, 8, 12, 20])
def test_with_one_colleague_each_everybody_meets_all_others_in_two_rounds_less(n: int) -> None:
    colleagues = [(i, i + 1) for i in range(0, n, 2)]
    problem = room(n, n - 2, allowed=everybody_but(n, colleagues))

    found = planned(problem)

    assert (found.seats >= 0).all()
    assert found.value == found.bound
    assert len({pair for row in found.seats for pair in groups_in(row)}) == n * (n - 2) // 2


@pytest.mark.parametrize("size", [1, 2, 3, 7, 15])
def test_two_sides_meet_each_other_wholly(size: int) -> None:
    problem = room(2 * size, size, sides=np.arange(2 * size) % 2)

    found = planned(problem)

    assert (found.seats >= 0).all()
    assert found.value == found.bound


@pytest.mark.parametrize("kind", ["btags", "brand"])
@pytest.mark.parametrize(("n", "rounds"), [(20, 5), (30, 15), (60, 8), (120, 10)])
def test_with_two_equal_sides_the_gap_is_nothing_at_all(kind: str, n: int, rounds: int) -> None:
    found = planned(evening(kind, n, rounds, seed=n))

    assert found.value == found.bound == found.search_bound
    assert found.gap == 0.0


@pytest.mark.parametrize(
    ("few", "many", "rounds"), [(4, 9, 6), (10, 13, 8), (1, 6, 4), (25, 40, 6), (3, 30, 5)]
)
def test_the_longer_side_shares_its_breaks_evenly(few: int, many: int, rounds: int) -> None:
    problem = room(few + many, rounds, sides=np.repeat([0, 1], [few, many]))

    found = planned(problem)

    counts = waits(problem, found)
    seats = min(rounds * few, few * many)
    assert int((found.seats >= 0).sum()) == 2 * seats
    assert max(counts[:few]) == max(0, rounds - many)
    assert max(counts[few:]) - min(counts[few:]) <= 1
    assert is_proven(found)


@pytest.mark.parametrize(("n", "rounds"), [(5, 3), (9, 6), (21, 8), (41, 10), (61, 5)])
def test_at_an_odd_number_nobody_waits_twice_before_all_did_once(n: int, rounds: int) -> None:
    problem = room(n, rounds)

    found = planned(problem)

    assert sum(waits(problem, found)) == rounds
    assert max(waits(problem, found)) == -(-rounds // n)
    assert is_proven(found)


@pytest.mark.parametrize(("n", "tables", "rounds"), [(12, 3, 4), (20, 1, 6), (40, 13, 7), (30, 14, 10)])
def test_where_tables_are_few_everybody_waits_as_often(n: int, tables: int, rounds: int) -> None:
    problem = room(n, rounds, tables=tables)

    found = planned(problem)

    counts = waits(problem, found)
    assert sum(counts) == rounds * (n - 2 * tables)
    assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize(("n", "colleagues", "rounds"), [(8, 5, 3), (20, 12, 4), (30, 20, 2)])
def test_an_organisation_that_is_too_large_shares_its_breaks(n: int, colleagues: int, rounds: int) -> None:
    allowed = everybody_but(n, combinations(range(colleagues), 2))
    problem = room(n, rounds, allowed=allowed)

    found = planned(problem)

    counts = waits(problem, found)
    breaks = rounds * (2 * colleagues - n)
    assert sum(counts) == sum(counts[:colleagues]) == breaks
    assert max(counts) == -(-breaks // colleagues)


@pytest.mark.parametrize(("n", "rounds"), [(2, 1), (7, 3), (60, 4), (200, 3)])
def test_of_one_organisation_nobody_meets_anybody(n: int, rounds: int) -> None:
    problem = room(n, rounds, allowed=np.zeros((n, n), dtype=np.bool_))

    found = planned(problem)

    assert (found.seats == -1).all()
    assert found.value == found.bound == 0


@pytest.mark.parametrize(
    ("n", "rounds", "seated"), [(2, 3, 2), (3, 3, 6), (3, 5, 6), (4, 3, 12), (4, 6, 12), (1, 2, 0)]
)
def test_hardly_anybody_meets_whomever_there_is(n: int, rounds: int, seated: int) -> None:
    problem = room(n, rounds)

    found = planned(problem)

    assert int((found.seats >= 0).sum()) == seated
    assert found.value == problem.weights.sum() // 2


@pytest.mark.parametrize("n", [10, 61, 200])
def test_people_who_are_there_once_meet_once(n: int) -> None:
    rounds = 4
    present = np.zeros((n, rounds), dtype=np.bool_)
    present[np.arange(n), np.random.default_rng(n).integers(0, rounds, n)] = True
    problem = room(n, rounds, present=present)

    found = planned(problem)

    heads = present.sum(axis=0)
    assert (found.seats >= 0).sum(axis=1).tolist() == (heads // 2 * 2).tolist()


def test_people_who_are_never_there_together_do_not_meet() -> None:
    present = np.array([[True, False], [False, True], [True, False]])
    problem = room(3, 2, present=present)

    found = planned(problem)

    assert found.seats.tolist() == [[0, -1, 0], [-1, -1, -1]]
    assert found.value == problem.weights[0, 2]


def test_of_must_meets_that_clash_as_many_happen_as_can() -> None:
    """In four rounds person 0 meets four of eight; of two who must both meet 9 at once, one does."""
    wishes = [MustMeet(0, other) for other in range(1, 9)]
    wishes += [MustMeet(9, 10, 0), MustMeet(9, 11, 0), MustMeet(12, 13, 3)]
    problem = room(20, 4, must_meet=wishes)

    found = planned(problem)

    assert len(found.unmet) == 5
    assert (found.seats >= 0).all()
    assert MustMeet(12, 13, 3) not in found.unmet


def test_must_meets_of_people_who_are_away_are_listed() -> None:
    present = np.ones((8, 3), dtype=np.bool_)
    present[0, :2] = present[1, 2] = False
    problem = room(8, 3, present=present, must_meet=[MustMeet(0, 1), MustMeet(0, 2, 1), MustMeet(3, 4, 0)])

    assert set(planned(problem).unmet) == {MustMeet(0, 1), MustMeet(0, 2, 1)}


@pytest.mark.parametrize(("n", "rounds"), [(8, 3), (60, 5)])
def test_hosts_who_share_a_table_meet_once_and_take_turns(n: int, rounds: int) -> None:
    """In one round both sit at it, in each other one of them; then somebody else is left over, too."""
    problem = room(n, rounds, fixed=np.concatenate([[0, 0], np.full(n - 2, -1)]))

    found = planned(problem)

    assert sorted((found.seats >= 0).sum(axis=1).tolist()) == [n - 2] * (rounds - 1) + [n]
    assert waits(problem, found)[:2] == [(rounds - 1) // 2] * 2


@pytest.mark.parametrize(("n", "rounds"), [(3, 1), (7, 3), (21, 5), (41, 6)])
def test_with_trios_nobody_sits_out_at_an_odd_number(n: int, rounds: int) -> None:
    problem = room(n, rounds, odd="trio")

    found = planned(problem)

    assert (found.seats >= 0).all()
    assert all(sorted(map(len, groups_in(row))) == [2] * (n // 2 - 1) + [3] for row in found.seats)


def path_beside_a_room(n: int) -> Problem:
    """Twelve people can only meet their neighbours; their largest matching is worth nothing."""
    allowed = np.ones((n, n), dtype=np.bool_)
    allowed[:12] = allowed[:, :12] = False
    path = [(i, i + 1) for i in range(11)]
    allowed |= only(n, path)
    weights = random_weights(n)
    weights[:12] = weights[:, :12] = 0
    weights += weights_of(n, {pair: 1000 * (pair[0] % 2) for pair in path})
    return Problem(weights, [Table(2)] * (n // 2), 1, allowed=allowed)


def test_a_path_whose_heaviest_matching_is_not_its_largest_seats_all() -> None:
    found = planned(path_beside_a_room(12))

    assert (found.seats >= 0).all()
    assert found.value == 0


@pytest.mark.parametrize("n", [60, 172, 240])
def test_seats_come_before_value_in_a_large_room_too(n: int) -> None:
    assert (planned(path_beside_a_room(n)).seats >= 0).all()


def test_in_a_large_room_an_organisation_that_is_too_large_shares_its_breaks() -> None:
    problem = room(200, 5, allowed=everybody_but(200, combinations(range(110), 2)))

    found = planned(problem)

    assert int((found.seats >= 0).sum()) == 900
    assert max(waits(problem, found)) == 1
