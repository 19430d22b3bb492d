"""Evenings by card: everybody moves in step, and keeps to it whoever comes and goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from unit.schedulers.pairs.small_rooms import random_weights

from schedulers.certificate import certify
from schedulers.problem import BoolArray, IntArray, MustMeet, Problem, Table
from schedulers.schedule import MaxIterations, MaxRuntime, Plan, meeting_counts, plan_of
from schedulers.solve import next_round, plan

COUNTED = MaxIterations(2)


def room(n: int, rounds: int, tables: int, seats: int, **rules: Any) -> Problem:
    return Problem(random_weights(n), [Table(seats)] * tables, rounds, rotation=True, **rules)


def planned(problem: Problem, **more: Any) -> Plan:
    found = plan(problem, stop=COUNTED, **more)
    assert certify(problem, found).falsehoods == ()
    return found


def steps(seats: IntArray) -> set[tuple[int, ...]]:
    """Return the ways in which people move on, counted in the tables in use."""
    places = np.searchsorted(np.unique(seats), seats)
    return set(map(tuple, ((places - places[0]) % (places.max() + 1)).T.tolist()))


def sizes(row: IntArray) -> list[int]:
    counts = np.bincount(row[row >= 0])
    return sorted(counts[counts > 0].tolist())


def is_by_card(found: Plan) -> bool:
    return "rotation" in {stage.name for stage in found.stages}


def here_from(n: int, rounds: int, late: dict[int, int]) -> BoolArray:
    """Return who is there: all, but for people who come in a later round."""
    present = np.ones((n, rounds), dtype=np.bool_)
    for person, first in late.items():
        present[person, :first] = False
    return present


@pytest.mark.parametrize(
    ("people", "rounds", "tables", "seats"),
    [(20, 4, 5, 4), (18, 4, 5, 4), (40, 5, 8, 5), (11, 3, 5, 3), (100, 8, 10, 10), (30, 2, 12, 10)],
)
def test_people_move_in_step_and_nobody_meets_anybody_twice(
    people: int, rounds: int, tables: int, seats: int
) -> None:
    found = planned(room(people, rounds, tables, seats))
    if people == tables * seats == 100:
        assert not is_by_card(found)
        return
    assert is_by_card(found)
    assert len(steps(found.seats)) <= seats
    assert found.repeats == 0
    assert (found.seats >= 0).all()
    assert all(max(sizes(row)) - min(sizes(row)) <= 1 for row in found.seats)


def test_as_few_tables_are_used_as_moving_in_step_takes() -> None:
    """At eight tables of five, five seats would meet again after the fourth round by equal jumps."""
    assert len(np.unique(planned(room(20, 4, 9, 4)).seats)) == 5
    assert len(np.unique(planned(room(25, 6, 9, 5)).seats)) == 7


def test_meetings_are_worth_more_than_by_chance() -> None:
    problem = room(40, 5, 8, 5)
    found = planned(problem)
    shuffled = [found.seats[:, np.random.default_rng(seed).permutation(40)] for seed in range(50)]
    assert found.value > 1.15 * max(plan_of(problem, seats).value for seats in shuffled)


def test_hosts_stay_and_wishes_and_rules_hold() -> None:
    fixed = np.full(30, -1)
    fixed[[7, 8, 9]] = [4, 0, 2]
    allowed = np.ones((30, 30), dtype=np.bool_)
    for one, other in [(0, 1), (2, 7), (8, 3)]:
        allowed[one, other] = allowed[other, one] = False
    musts = [MustMeet(0, 8, 1), MustMeet(5, 6), MustMeet(7, 20, 0)]
    found = planned(room(30, 5, 7, 5, fixed=fixed, allowed=allowed, must_meet=musts))
    assert is_by_card(found)
    assert (found.seats[:, [7, 8, 9]] == [4, 0, 2]).all()
    assert found.unmet == ()


def test_two_hosts_of_one_table_go_by_no_card() -> None:
    fixed = np.full(20, -1)
    fixed[:2] = 3
    found = planned(room(20, 4, 5, 4, fixed=fixed))
    assert not is_by_card(found)
    assert (found.seats[:, :2] == 3).all()


def test_whoever_is_away_for_a_while_keeps_a_seat_free() -> None:
    found = planned(room(20, 4, 5, 4, present=here_from(20, 4, {3: 2, 4: 1})))
    assert is_by_card(found)
    assert len(steps(found.seats[:, 5:])) <= 4
    assert (found.seats[2:] >= 0).all()


def test_a_single_round_and_the_next_one_alone_are_planned_freely() -> None:
    problem = room(20, 4, 5, 4)
    assert not is_by_card(planned(replace(problem, rounds=1, present=problem.present[:, :1])))
    first = next_round(problem, [], stop=COUNTED)
    assert not is_by_card(first)
    assert len(first.seats) == 1


def test_pairs_do_not_care() -> None:
    problem = Problem(random_weights(12), [Table(2)] * 6, 4)
    by_card = plan(replace(problem, rotation=True), stop=COUNTED)
    assert np.array_equal(by_card.seats, plan(problem, stop=COUNTED).seats)


def test_the_same_seed_gives_the_same_cards() -> None:
    problem = room(24, 4, 7, 4)
    one, again, other = (planned(problem, seed=seed).seats for seed in (3, 3, 4))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_without_time_people_move_in_step_all_the_same() -> None:
    found = plan(room(35, 5, 7, 5), stop=MaxRuntime(0))
    assert is_by_card(found)
    assert found.repeats == 0


class TestOnceARoundWasHeld:
    """People have their cards."""

    problem = room(23, 5, 7, 4)

    def test_everybody_keeps_to_their_course(self) -> None:
        evening = planned(self.problem)
        again = planned(self.problem, held=evening.seats[:2], initial=evening, seed=9)
        assert np.array_equal(again.seats, evening.seats)

    def test_whoever_leaves_leaves_a_seat_empty(self) -> None:
        evening = planned(self.problem)
        present = self.problem.present.copy()
        present[[2, 5, 11], 2:] = False
        after = planned(replace(self.problem, present=present), held=evening.seats[:2], initial=evening)
        assert np.array_equal(after.seats, np.where(present.T, evening.seats, -1))

    def test_whoever_comes_takes_over_a_free_seat(self) -> None:
        """One of 24 seats is free, and whoever has it meets nobody twice; the next goes where a chair is."""
        late = replace(self.problem, present=here_from(23, 5, {20: 2, 21: 2}))
        evening = planned(replace(late, present=here_from(23, 5, {20: 5, 21: 5})))
        after = planned(late, held=evening.seats[:2], initial=evening)
        others = np.setdiff1d(np.arange(23), [20, 21])
        assert np.array_equal(after.seats[:, others], evening.seats[:, others])
        assert (after.seats[2:, [20, 21]] >= 0).all()
        in_step = steps(evening.seats[2:, others])
        assert steps(after.seats[2:]) == in_step
        assert after.repeats == 0

    def test_whoever_was_away_goes_on_with_their_own_card(self) -> None:
        evening = planned(self.problem)
        away = self.problem.present.copy()
        away[[2, 5, 11], 2] = False
        gone = np.where(away.T, evening.seats, -1)
        gone[3:, [2, 5, 11]] = -1
        back = planned(
            replace(self.problem, present=away), held=gone[:3], initial=plan_of(self.problem, gone)
        )
        assert np.array_equal(back.seats[3:], evening.seats[3:])

    def test_who_has_no_card_sits_where_there_is_a_chair(self) -> None:
        """All seats of the rotation are taken; each table has one chair more."""
        problem = room(21, 5, 5, 5, present=here_from(21, 5, {20: 2}))
        evening = planned(replace(problem, present=here_from(21, 5, {20: 5})))
        assert sizes(evening.seats[0]) == [4] * 5
        after = planned(problem, held=evening.seats[:2], initial=evening)
        assert np.array_equal(after.seats[:, :20], evening.seats[:, :20])
        assert (after.seats[2:, 20] >= 0).all()
        assert after.repeats == 0

    def test_a_rule_made_since_changes_single_rounds_only(self) -> None:
        evening = planned(self.problem)
        one, other = np.argwhere(np.triu(evening.seats[3][:, None] == evening.seats[3], 1))[0]
        allowed = self.problem.allowed.copy()
        allowed[one, other] = allowed[other, one] = False
        after = planned(replace(self.problem, allowed=allowed), held=evening.seats[:2], initial=evening)
        changed = np.argwhere(after.seats != evening.seats).tolist()
        assert changed in ([[3, one]], [[3, other]])

    def test_others_than_those_in_step_are_planned_freely(self) -> None:
        free = plan(replace(self.problem, rotation=False), stop=COUNTED)
        after = planned(self.problem, held=free.seats[:2], initial=free)
        assert not is_by_card(after)
        assert not is_by_card(planned(self.problem, held=free.seats[:2]))

    def test_when_everybody_is_gone_nobody_has_a_course(self) -> None:
        evening = planned(self.problem)
        present = self.problem.present.copy()
        present[:, 2:] = False
        after = planned(replace(self.problem, present=present), held=evening.seats[:2], initial=evening)
        assert (after.seats[2:] < 0).all()


def test_who_has_met_before_is_not_met_by_chance() -> None:
    met = [(0, i) for i in range(1, 8)]
    assert int(meeting_counts(planned(room(20, 4, 5, 4, met=met)).seats)[0, 1:8].sum()) == 0
