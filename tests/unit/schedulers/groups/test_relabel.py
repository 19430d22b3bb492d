"""Who plays which role: nobody meets twice, rules come before value, and nothing gets worse."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from unit.schedulers.groups.plain_check import faults
from unit.schedulers.pairs.small_rooms import random_weights, weights_of

from schedulers.budget import Budget
from schedulers.groups.constructions import Skeleton
from schedulers.groups.relabel import first_roles, relabel
from schedulers.groups.relabel_worth import cast_for
from schedulers.groups.skeleton import constructed
from schedulers.problem import Balance, IntArray, Problem, Table
from schedulers.schedule import MaxIterations, MaxRuntime, meeting_counts, plan_of, unmet_musts

COUNTED = MaxIterations(1)


def room(n: int, rounds: int, tables: int, seats: int, **rules: Any) -> Problem:
    return Problem(random_weights(n), [Table(seats)] * tables, rounds, **rules)


def sizes_of(tables: int, size: int, people: int) -> list[int]:
    return [size] * (tables - tables * size + people) + [size - 1] * (tables * size - people)


def roles(sizes: list[int], rounds: int) -> Skeleton:
    skeleton = constructed(sizes, rounds)
    assert skeleton is not None
    return skeleton


def played(problem: Problem, skeleton: Skeleton, seed: int = 0, **more: Any) -> IntArray:
    budget, random = Budget(COUNTED, seed), np.random.default_rng(seed)
    return relabel(problem, skeleton, budget=budget, random=random, **more)


@pytest.mark.parametrize("people", [20, 19, 17])
def test_people_take_the_roles_and_nobody_meets_twice(people: int) -> None:
    sizes = sizes_of(5, 4, people)
    problem = room(people, 4, 5, 4)

    seats = played(problem, roles(sizes, 4))

    assert all(sorted(np.bincount(row), reverse=True) == sizes for row in seats)
    assert meeting_counts(seats).max() == 1


def test_meetings_are_worth_far_more_than_by_chance() -> None:
    problem, skeleton = room(20, 4, 5, 4), roles([4] * 5, 4)
    chance = [
        plan_of(problem, skeleton.seats[:, np.random.default_rng(seed).permutation(20)]).value
        for seed in range(50)
    ]
    assert plan_of(problem, played(problem, skeleton)).value > max(chance)


def test_the_best_of_a_room_small_enough_to_try_all_is_found() -> None:
    """Two tables of two for two rounds: one of three pairings is left out."""
    problem = Problem(weights_of(4, {(0, 1): 9, (2, 3): 9, (0, 2): 5, (1, 3): 5}), [Table(2)] * 2, 2)
    assert plan_of(problem, played(problem, roles([2, 2], 2))).value == 28


def test_whoever_is_away_leaves_a_seat_empty() -> None:
    present = np.ones((20, 4), dtype=np.bool_)
    present[3, 1:], present[7, 0] = False, False
    problem = room(20, 4, 5, 4, present=present)

    seats = played(problem, roles([4] * 5, 4))

    assert ((seats >= 0) == present.T).all()
    assert meeting_counts(seats).max() == 1


def test_more_roles_than_people_are_empty_chairs() -> None:
    problem = room(18, 4, 5, 4)
    seats = played(problem, roles([4] * 5, 4))
    assert (seats >= 0).all()
    assert meeting_counts(seats).max() == 1


def test_two_who_are_never_there_together_share_a_role() -> None:
    present = np.ones((21, 4), dtype=np.bool_)
    present[4, 2:], present[9, :2] = False, False
    problem = room(21, 4, 5, 4, present=present)

    seats = played(problem, roles([4] * 5, 4))

    assert ((seats >= 0) == present.T).all()


def test_people_too_many_for_the_roles_have_no_seat() -> None:
    seats = played(room(21, 4, 5, 4), roles([4] * 5, 4))
    assert ((seats >= 0).sum(axis=1) == 20).all()


def test_forbidden_pairs_never_meet_however_well_they_fit() -> None:
    forbidden = [(i, (7 * i + 3) % 20) for i in range(0, 20, 2)]
    allowed = np.ones((20, 20), dtype=np.bool_)
    weights = random_weights(20)
    for i, j in forbidden:
        allowed[i, j] = allowed[j, i] = False
        weights[i, j] = weights[j, i] = 1000
    problem = Problem(weights, [Table(4)] * 5, 4, allowed=allowed)

    counts = meeting_counts(played(problem, roles([4] * 5, 4)))

    assert not any(counts[pair] for pair in forbidden)


def test_must_meets_happen_in_time_however_ill_they_fit() -> None:
    musts = [(0, 1, 0), (2, 3, 0), (4, 5, 1), (0, 6, 2), (7, 8, None)]
    weights = random_weights(20)
    for i, j, _ in musts:
        weights[i, j] = weights[j, i] = 0
    problem = Problem(weights, [Table(4)] * 5, 4, must_meet=musts)

    assert not unmet_musts(problem, played(problem, roles([4] * 5, 4)))


def test_people_met_before_are_avoided() -> None:
    met = [(0, j) for j in range(1, 6)] + [(6, 7)]
    former = np.zeros((20, 20), dtype=np.bool_)
    former[8, 9:12] = former[9:12, 8] = True
    problem = room(20, 4, 5, 4, met=met)

    counts = meeting_counts(played(problem, roles([4] * 5, 4), former=former))

    assert not any(counts[pair] for pair in met)
    assert not counts[former].any()


def test_deadlines_and_presence_are_those_of_the_later_rounds() -> None:
    present = np.ones((20, 6), dtype=np.bool_)
    present[5, 2] = False
    problem = room(20, 6, 5, 4, present=present, must_meet=[(0, 1, 2), (2, 3, 3)])

    seats = played(problem, roles([4] * 5, 4), first=2)

    assert seats[0, 5] == -1
    assert seats[0, 0] == seats[0, 1]
    assert (seats[:2, 2] == seats[:2, 3]).any()


@pytest.mark.parametrize("hosts", [1, 3, 5])
@pytest.mark.parametrize("people", [20, 18])
def test_hosts_sit_at_their_table_in_every_round(hosts: int, people: int) -> None:
    fixed = np.full(people, -1)
    fixed[np.arange(hosts) * 3] = np.random.default_rng(1).permutation(5)[:hosts]
    problem = room(people, 4, 5, 4, fixed=fixed)

    seats = played(problem, roles(sizes_of(5, 4, people), 4))

    assert (seats[:, fixed >= 0] == fixed[fixed >= 0]).all()
    assert meeting_counts(seats).max() == 1


def test_smaller_tables_get_smaller_groups() -> None:
    problem = Problem(random_weights(18), [Table(3), Table(4), Table(4), Table(3), Table(4)], 4)
    seats = played(problem, roles([4, 4, 4, 3, 3], 4))
    assert all(np.bincount(row, minlength=5).tolist() == [3, 4, 4, 3, 4] for row in seats)


def test_alike_people_are_spread_where_weights_say_nothing() -> None:
    values = ("red", "blue") * 10
    balance = Balance("colour", 50.0, values)
    problem = Problem(np.zeros((20, 20), dtype=int), [Table(4)] * 5, 4, balance=[balance])

    seats = played(problem, roles([4] * 5, 4))

    same = np.array(values)[:, None] == np.array(values)
    assert int(np.triu((meeting_counts(seats) > 0) & same, 1).sum()) == 4 * 5 * 2


def test_tables_change_their_names_where_a_rule_asks_for_it() -> None:
    """Hosts of a seat that moves: their group is at their table in every round all the same."""
    fixed = np.full(18, -1)
    fixed[:5] = np.arange(5)
    skeleton = roles(sizes_of(5, 4, 18), 4)
    seats = played(room(18, 4, 5, 4, fixed=fixed), skeleton)
    assert (seats[:, :5] == np.arange(5)).all()


def test_people_do_not_move_about_without_need() -> None:
    """Seat 0 never moves from table to table; no way to name tables leaves more people where they are."""
    problem = room(20, 4, 5, 4)
    seats = played(problem, roles([4] * 5, 4))
    stays = int((seats[1:] == seats[:-1]).sum())
    assert stays >= 3 * 5


def test_same_seed_gives_the_same_seats() -> None:
    problem, skeleton = room(20, 4, 5, 4), roles([4] * 5, 4)
    assert np.array_equal(played(problem, skeleton, seed=3), played(problem, skeleton, seed=3))
    assert not np.array_equal(played(problem, skeleton, seed=3), played(problem, skeleton, seed=4))


def test_without_time_there_are_seats_all_the_same() -> None:
    problem, skeleton = room(20, 4, 5, 4), roles([4] * 5, 4)
    budget, random = Budget(MaxRuntime(0.0), 0), np.random.default_rng(0)
    seats = relabel(problem, skeleton, budget=budget, random=random)
    assert meeting_counts(seats).max() == 1
    assert (seats >= 0).all()


def test_nobody_and_no_rounds_are_empty() -> None:
    nobody = Problem(np.zeros((0, 0), dtype=int), [], 2)
    assert played(nobody, roles([], 2)).shape == (2, 0)
    assert played(room(20, 4, 5, 4), roles([4] * 5, 0)).shape == (0, 20)


@pytest.mark.parametrize("count", [2, 5, 7])
def test_first_roles_of_hosts_never_meet(count: int) -> None:
    fixed = np.full(21, -1)
    fixed[:count] = np.arange(count)
    problem = room(21, 6, 7, 3, fixed=fixed)
    skeleton = roles([3] * 7, 6)
    cast = cast_for(problem, roles=21, rounds=6)

    role_of = first_roles(problem, cast, skeleton.seats, np.random.default_rng(0))

    assert sorted(role_of.tolist()) == list(range(21))
    playing = {int(person): role for person, role in zip(cast.people[0], role_of.tolist(), strict=True)}
    meets = meeting_counts(skeleton.seats)
    assert not any(meets[playing[i], playing[j]] for i, j in combinations(range(count), 2))


def test_hosts_too_many_for_roles_apart_take_any() -> None:
    fixed = np.arange(6) % 3
    problem = Problem(random_weights(6), [Table(2)] * 3, 5, fixed=fixed)
    skeleton = roles([2, 2, 2], 5)
    seats = played(problem, skeleton)
    assert not faults(skeleton.seats, [2, 2, 2], 5)
    assert meeting_counts(seats).max() == 1
