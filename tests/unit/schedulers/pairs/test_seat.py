"""Last stage: a table for every pair, and a trio for whoever would be left over."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from unit.schedulers.pairs.small_rooms import NO_CLOCK, NO_TIME, everybody_but, outlook, room, seats

from benchmarks.instances import evening
from schedulers.pairs.calendar import Calendar
from schedulers.pairs.rounds.evening import groups_in
from schedulers.pairs.seat import reseated, seats_of
from schedulers.problem import IntArray, Problem, Table
from schedulers.seating import Seating


def seated(problem: Problem, *rounds: list[tuple[int, int]]) -> list[set[tuple[int, ...]]]:
    """Return who sits together if these pairs meet."""
    calendar = Calendar(problem.present)
    for r, pairs in enumerate(rounds):
        for one, other in pairs:
            calendar.add(one, other, r)
    return [set(groups_in(row)) for row in seats_of(outlook(problem), calendar, Seating(problem))]


def walked(problem: Problem, before: IntArray, after: IntArray) -> float:
    """Return the way that all people go between two rounds."""
    places = np.array([(table.x, table.y) for table in problem.tables])
    there = (before >= 0) & (after >= 0)
    return float(np.linalg.norm(places[before[there]] - places[after[there]], axis=1).sum())


def test_every_pair_gets_a_table_of_its_own() -> None:
    assert seated(room(6, 2), [(0, 1), (2, 3)], [(0, 2)]) == [{(0, 1), (2, 3)}, {(0, 2)}]


def test_guests_with_a_table_sit_there() -> None:
    problem = room(4, 1, fixed=np.array([-1, 1, -1, -1]))
    calendar = Calendar(problem.present)
    calendar.add(0, 1, 0)
    calendar.add(2, 3, 0)

    assert seats_of(outlook(problem), calendar, Seating(problem)).tolist() == [[1, 1, 0, 0]]


def test_at_an_odd_head_count_who_is_left_joins_the_pair_they_suit_best() -> None:
    problem = room(5, 1, odd="trio")
    weights = np.zeros((5, 5), dtype=np.int32)
    weights[4, 2] = weights[2, 4] = 9
    problem = replace(problem, weights=weights)

    assert seated(problem, [(0, 1), (2, 3)]) == [{(0, 1), (2, 3, 4)}]


def test_without_trios_who_is_left_sits_out() -> None:
    assert seated(room(5, 1), [(0, 1), (2, 3)]) == [{(0, 1), (2, 3)}]


def test_nobody_joins_a_pair_of_which_they_know_one() -> None:
    """4 met 0 at a former event, and may not meet 2."""
    problem = room(5, 1, odd="trio", met=[(0, 4)], allowed=everybody_but(5, [(2, 4)]))

    assert seated(problem, [(0, 1), (2, 3)]) == [{(0, 1), (2, 3)}]


def test_nobody_joins_a_pair_of_which_they_meet_one_in_another_round() -> None:
    problem = room(5, 2, odd="trio")

    trios = seated(problem, [(0, 1), (2, 3)], [(0, 4), (1, 2)])

    assert trios[0] == {(0, 1), (2, 3, 4)}


def test_at_an_even_head_count_nobody_joins() -> None:
    present = np.ones((5, 2), dtype=np.bool_)
    present[4, 0] = False

    problem = room(5, 2, odd="trio", present=present)

    assert seated(problem, [(0, 1)], [(0, 2), (1, 3)])[0] == {(0, 1)}


def test_whoever_waited_longest_joins_first() -> None:
    """4 would suit every pair best, but sat in the first round."""
    weights = np.zeros((9, 9), dtype=np.int32)
    weights[4] = weights[:, 4] = 100
    weights[5] = weights[:, 5] = 10
    np.fill_diagonal(weights, 0)
    problem = replace(room(9, 2, odd="trio", tables=2), weights=weights)

    first, second = seated(problem, [(0, 1), (2, 3)], [(2, 7), (3, 8)])

    assert [group for group in first if len(group) == 3] in ([(0, 1, 4)], [(2, 3, 4)])
    assert [group for group in second if len(group) == 3] in ([(2, 5, 7)], [(3, 5, 8)])


@pytest.mark.parametrize("seed", range(4))
def test_a_round_is_seated_with_the_least_walking_of_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    tables = [Table(2, x=float(x), y=float(y)) for x, y in random.integers(0, 9, (4, 2))]
    problem = replace(room(8, 2), tables=tables)
    before, after = random.permuted(np.tile(np.arange(8) // 2, (2, 1)), axis=1)

    found = reseated(
        outlook(problem, [before.tolist()]), np.array([before, after]), Seating(problem), NO_CLOCK
    )

    assert np.array_equal(found[0], before)
    assert set(groups_in(found[1])) == set(groups_in(after))
    ways = [np.array(order)[after] for order in permutations(range(4))]
    assert walked(problem, before, found[1]) == pytest.approx(min(walked(problem, before, w) for w in ways))


def test_reseating_keeps_groups_and_fixed_tables() -> None:
    problem = evening("live", 40, 6, seed=3)
    plan = seats_of(outlook(problem), _turning(problem), Seating(problem))

    found = reseated(outlook(problem), plan, Seating(problem), NO_CLOCK)

    hosts = np.flatnonzero(problem.fixed >= 0)
    assert all(set(groups_in(one)) == set(groups_in(other)) for one, other in zip(plan, found, strict=True))
    assert np.isin(found[:, hosts], [-1, *problem.fixed[hosts]]).all()
    for row in found:
        assert all(row[host] in (-1, problem.fixed[host]) for host in hosts)


def _turning(problem: Problem) -> Calendar:
    """Return rounds in which everybody who may meets whoever is ``r`` places further on."""
    calendar = Calendar(problem.present)
    for r in range(problem.rounds):
        for one in range(problem.n):
            other = (one + r + 1) % problem.n
            if calendar.common(one, other) >> r & 1 and problem.may_meet()[one, other]:
                calendar.add(one, other, r)
    return calendar


def test_out_of_time_everybody_stays_where_they_are() -> None:
    problem = room(4, 2)
    plan = seats("0011", "1010")

    assert np.array_equal(reseated(outlook(problem), plan, Seating(problem), NO_TIME), plan)
