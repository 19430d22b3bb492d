"""Made-up evenings are what their kind says, and the same each time."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from benchmarks.instances import KINDS, evening
from schedulers.problem import MustMeet, Problem

every_kind = pytest.mark.parametrize("kind", KINDS)


def content(problem: Problem) -> list[object]:
    arrays = (problem.weights, problem.allowed, problem.present, problem.sides, problem.fixed)
    return [*(array.tolist() for array in arrays), problem.musts, list(problem.met), problem.tables]


@every_kind
def test_same_seed_makes_the_same_evening(kind: str) -> None:
    assert content(evening(kind, 40, 5, seed=3)) == content(evening(kind, 40, 5, seed=3))
    assert content(evening(kind, 40, 5, seed=3)) != content(evening(kind, 40, 5, seed=4))


@every_kind
@pytest.mark.parametrize("n", [2, 3, 41])
def test_any_number_of_people_makes_an_evening(kind: str, n: int) -> None:
    problem = evening(kind, n, 4)
    assert (problem.n, problem.rounds, len(problem.tables)) == (n, 4, n // 2)


@every_kind
def test_two_sided_kinds_have_two_equal_sides(kind: str) -> None:
    sides = evening(kind, 40, 5).sides
    assert np.bincount(sides).tolist() == ([20, 20] if kind in {"btags", "brand"} else [])


def test_weights_of_tags_differ_from_person_to_person_and_stay_far_from_the_ends() -> None:
    weights = evening("tags", 300, 10).weights
    others = weights[~np.eye(300, dtype=bool)]
    assert 0 < others.min() < 150 < np.median(others) < 300 < others.max() < 1000
    assert weights.mean(axis=1).std() > 10


def test_weights_of_rand_are_even_from_0_to_1000() -> None:
    upper = evening("rand", 300, 10).weights[np.triu_indices(300, 1)]
    assert (upper.min(), upper.max()) == (0, 1000)
    assert np.histogram(upper, bins=10)[0] == pytest.approx(np.full(10, len(upper) / 10), rel=0.1)


def test_colleagues_do_not_meet_at_tags() -> None:
    forbidden = ~evening("tags", 300, 10).allowed
    np.fill_diagonal(forbidden, val=False)
    assert 0 < forbidden.sum(axis=1).mean() < 5


def test_live_evening_has_everything_that_happens() -> None:
    problem = evening("live", 300, 10)
    present = problem.present
    assert 0.85 < present.mean() < 0.98
    came_late, left_early = (~present[:, 0] & ~present[:, 1]).sum(), (~present[:, -1] & ~present[:, -2]).sum()
    assert came_late > 5
    assert left_early > 5
    assert len(problem.musts) == 9
    assert 0 < sum(must.by is None for must in problem.musts) < 9
    assert 300 < len(problem.met) < 500
    assert sorted(problem.fixed[problem.fixed >= 0].tolist()) == list(range(9))


def can_be_kept(problem: Problem, musts: list[MustMeet], taken: frozenset[tuple[int, int]]) -> bool:
    """Return whether there are rounds for all of ``musts``, by trying all."""
    if not musts:
        return True
    first, second, by = musts[0]
    return any(
        can_be_kept(problem, musts[1:], taken | {(first, r), (second, r)})
        for r in range(problem.rounds if by is None else by + 1)
        if problem.present[[first, second], r].all() and not taken & {(first, r), (second, r)}
    )


def connected(musts: tuple[MustMeet, ...]) -> list[list[MustMeet]]:
    """Return ``musts`` in groups that share no person."""
    groups: list[list[MustMeet]] = []
    for must in musts:
        touching = [g for g in groups if any({*must[:2]} & {*other[:2]} for other in g)]
        groups = [g for g in groups if g not in touching] + [[must, *(it for g in touching for it in g)]]
    return groups


@pytest.mark.parametrize(("seed", "rounds"), list(product(range(5), [1, 3, 10])))
def test_all_must_meets_of_a_live_evening_can_be_kept(seed: int, rounds: int) -> None:
    problem = evening("live", 300, rounds, seed=seed)
    possible = problem.may_meet() & ~problem.met_before()
    assert problem.musts
    assert all(possible[must.first, must.second] for must in problem.musts)
    assert all(can_be_kept(problem, group, frozenset()) for group in connected(problem.musts))
