"""Announced rounds of groups, repaired: legal, true, and in small rooms with the least disturbance."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from properties.schedulers.small_groups import broken_group_rules, legal_rows, pairs_at, rows_of, small_groups

from schedulers.certificate import certify
from schedulers.problem import Problem
from schedulers.schedule import MaxIterations, MaxRuntime
from schedulers.solve import repair

PLENTY = MaxIterations(1000)


@settings(max_examples=150, deadline=None)
@given(small_groups(), st.integers(0, 2**32 - 1), st.sampled_from([PLENTY, MaxRuntime(0)]))
def test_repaired_groups_keep_the_rules_and_say_who_moves(
    problem: Problem, seed: int, stop: MaxIterations
) -> None:
    shape = (problem.rounds, problem.n)
    announced = np.random.default_rng(seed).integers(-1, len(problem.tables) + 1, shape)

    mended = repair(problem, [], announced, stop=stop)

    for r, row in enumerate(rows_of(mended.seats)):
        assert broken_group_rules(problem, row, r) == []
    assert certify(problem, mended).falsehoods == ()
    moved = {(move.round, move.person): (move.before, move.after) for move in mended.moves}
    assert moved == {
        (r, i): (announced[r, i], mended.seats[r, i])
        for r in range(problem.rounds)
        for i in range(problem.n)
        if problem.present[i, r] and announced[r, i] != mended.seats[r, i]
    }
    for same in mended.regrouped:
        assert same.before == same.after >= 0
        assert (same.round, same.person) not in moved


@settings(max_examples=80, deadline=None)
@given(small_groups(most_people=6), st.integers(0, 2**32 - 1))
def test_the_repair_of_a_small_room_of_groups_is_the_best_of_all(problem: Problem, seed: int) -> None:
    assume(problem.n)
    announced = np.random.default_rng(seed).integers(-1, len(problem.tables), (1, problem.n))

    mended = repair(problem, [], announced, stop=PLENTY)

    (before,) = rows_of(announced)
    (row,) = rows_of(mended.seats)
    assert good(problem, before, row) == max(good(problem, before, other) for other in legal_rows(problem, 0))


def good(problem: Problem, before: tuple[int, ...], row: tuple[int, ...]) -> tuple[int, ...]:
    """Must-meets that cannot wait, those announced, people seated, moves, repeats brought about."""
    there = [bool(problem.present[i, 0]) for i in range(problem.n)]
    met, told = pairs_at(row), pairs_at(before)
    due, promised = set(), set()
    for first, second, by in problem.musts:
        pair = (min(first, second), max(first, second))
        last = problem.rounds if by is None else by + 1
        later = problem.present[first, 1:last] & problem.present[second, 1:last]
        if there[first] and there[second]:
            (promised if later.any() else due).add(pair)
    promised = {pair for pair in promised - due if pair in told}
    kept = kept_seats(problem, before)
    again = {pair for pair in problem.met if kept[pair[0]] != kept[pair[1]] or kept[pair[0]] < 0}
    return (
        len(due & met),
        len(promised & met),
        sum(table >= 0 for table in row),
        -sum(is_there and old != new for is_there, old, new in zip(there, before, row, strict=True)),
        -len({(min(pair), max(pair)) for pair in again} & met),
    )


def kept_seats(problem: Problem, before: tuple[int, ...]) -> list[int]:
    """The tables announced of those who are there and may sit at them."""
    return [
        table if problem.present[i, 0] and problem.fixed[i] in (-1, table) else -1
        for i, table in enumerate(before)
    ]
