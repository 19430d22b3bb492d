"""Odd sets: circles of friends who cannot all meet each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from unit.schedulers.pairs.small_rooms import NO_CLOCK, NO_TIME, outlook, random_weights, room

from schedulers.certificate import certify
from schedulers.pairs.odd_sets import with_odd_sets
from schedulers.pairs.price import SCALE
from schedulers.pairs.proving import Priced, priced, proof_of
from schedulers.problem import MustMeet, Problem, Table
from schedulers.proof import prove
from schedulers.schedule import MaxIterations, plan_of
from schedulers.solve import plan

WIDE = 10**6


def circles(sizes: tuple[int, ...], rounds: int) -> Problem:
    """Return circles of friends: 900 and more inside, 100 and less outside."""
    n = sum(sizes)
    circle = np.repeat(np.arange(len(sizes)), sizes)
    weights = random_weights(n, seed=n, top=100)
    weights += np.where(circle[:, None] == circle[None, :], 900, 0) * ~np.eye(n, dtype=bool)
    return Problem(weights, [Table(2)] * (n // 2), rounds)


def tightened(problem: Problem) -> tuple[Priced, Priced]:
    known = priced(outlook(problem), ())
    return known, with_odd_sets(outlook(problem), known, WIDE, NO_CLOCK)


@pytest.mark.parametrize(("sizes", "rounds"), [((3, 3), 1), ((5, 5), 2), ((7, 5), 3), ((3, 3, 5, 3), 2)])
def test_the_bound_comes_down_to_what_the_best_plan_is_worth(sizes: tuple[int, ...], rounds: int) -> None:
    """In every round one of five must look elsewhere: the relaxation does not see it, odd sets do."""
    problem = circles(sizes, rounds)
    best = plan(problem, stop=MaxIterations(5)).value

    known, tighter = tightened(problem)

    assert best <= tighter.value < known.value
    assert tighter.value - best <= (known.value - best) // 10
    assert tighter.duals.odd_sets


def test_where_circles_are_even_there_is_nothing_to_bring_down() -> None:
    known, tighter = tightened(circles((4, 6), 3))

    assert tighter.value == known.value


def test_two_sides_have_no_odd_sets() -> None:
    known, tighter = tightened(room(12, 3, sides=np.arange(12) % 2))

    assert tighter.value == known.value
    assert not tighter.duals.odd_sets


def test_without_time_the_prices_stay_as_they_are() -> None:
    problem = circles((5, 5), 2)
    known = priced(outlook(problem), ())

    assert with_odd_sets(outlook(problem), known, WIDE, NO_TIME) is known


@pytest.mark.parametrize("gap", [0, SCALE, 100 * SCALE])
def test_however_narrow_the_gap_is_said_to_be_the_bound_stays_true(gap: int) -> None:
    problem = circles((5, 3, 4), 2)
    known = priced(outlook(problem), ())

    tighter = with_odd_sets(outlook(problem), known, gap, NO_CLOCK)

    assert plan(problem, stop=MaxIterations(5)).value <= tighter.value <= known.value


def test_must_meets_inside_a_circle_take_their_share_of_it() -> None:
    problem = replace(circles((5, 5), 2), must_meet=[MustMeet(0, 1), MustMeet(5, 9, 0), MustMeet(1, 2)])
    musts = ((0, 1), (1, 2), (5, 9))
    known = priced(outlook(problem), musts)

    tighter = with_odd_sets(outlook(problem), known, WIDE, NO_CLOCK)

    best = plan(problem, stop=MaxIterations(5))
    assert best.unmet == ()
    assert best.value <= tighter.value < known.value


def test_the_proof_with_odd_sets_is_believed_by_the_checker() -> None:
    problem = circles((5, 3, 4), 2)
    found = plan(problem, stop=MaxIterations(20))
    _, tighter = tightened(problem)

    proof = proof_of(outlook(problem), found.seats, tighter)

    bound = prove(problem, found.seats, proof).bound
    assert proof.odd_sets
    assert bound == tighter.value
    stated = replace(
        plan_of(problem, found.seats), bound=bound, gap=(bound - found.value) / bound, certificate=proof
    )
    assert certify(problem, stated).falsehoods == ()


def test_a_plan_for_circles_of_friends_comes_with_a_bound_that_needs_no_search() -> None:
    found = plan(circles((7, 7, 6), 3), stop=MaxIterations(6))

    assert found.certificate is not None
    assert found.certificate.odd_sets
    assert found.gap is not None
    assert found.gap < 0.002
