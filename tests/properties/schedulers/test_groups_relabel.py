"""Swaps of roles: what they would change is what counting again says, and the best is never lost."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from schedulers.groups.constructions import meeting_rounds
from schedulers.groups.relabel_search import RelabelSearch
from schedulers.groups.relabel_worth import Cast, cast_for
from schedulers.groups.skeleton import constructed
from schedulers.problem import IntArray, Problem, Table
from schedulers.schedule import meeting_counts


@st.composite
def evenings(draw: st.DrawFn) -> tuple[Problem, IntArray]:
    """Draw a problem and a skeleton for it: seats of roles."""
    tables, seats = draw(st.integers(3, 5)), draw(st.integers(2, 4))
    rounds = draw(st.integers(1, 4))
    smaller = draw(st.integers(0, tables - 1))
    sizes = [seats] * (tables - smaller) + [seats - 1] * smaller
    skeleton = constructed(sizes, rounds)
    if skeleton is None:
        skeleton = constructed(sizes, 1)
    assert skeleton is not None
    rounds, roles = skeleton.seats.shape
    n = roles + draw(st.integers(-1, 1))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    weights = np.triu(random.integers(0, 1001, (n, n)), 1)
    allowed = random.random((n, n)) < 0.9
    pairs = [(int(i), int(j)) for i, j in combinations(range(n), 2) if random.random() < 0.1]
    return Problem(
        weights + weights.T,
        [Table(max(2, seats))] * tables,
        rounds,
        allowed=allowed & allowed.T,
        present=random.random((n, rounds)) < 0.9,
        must_meet=[(i, j, int(random.integers(0, rounds))) for i, j in pairs[::2]],
        met=pairs[1::2],
    ), skeleton.seats


def counted(cast: Cast, seats: IntArray, role_of: IntArray) -> float:
    """Return what all meetings are worth, round by round and pair by pair."""
    total = 0.0
    for r, row in enumerate(seats):
        table = row[role_of]
        worths = cast.layers[cast.layer_of[r]]
        total += sum(worths[i, j] for i, j in combinations(range(len(role_of)), 2) if table[i] == table[j])
    return total


@given(evenings(), st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_changes_are_those_of_counting_again(evening: tuple[Problem, IntArray], seed: int) -> None:
    problem, seats = evening
    random = np.random.default_rng(seed)
    roles = seats.shape[1]
    cast = cast_for(problem, roles=roles, rounds=len(seats))
    search = RelabelSearch(cast, meeting_rounds(seats), random.permutation(roles), random)
    for _ in range(3):
        changes, now = search.changes(), counted(cast, seats, search.role_of)
        assert search.worth == now
        for one, other in combinations(range(roles), 2):
            swapped = search.role_of.copy()
            swapped[[one, other]] = swapped[[other, one]]
            assert changes[one, other] == changes[other, one] == counted(cast, seats, swapped) - now
        search.swap(*random.choice(roles, 2, replace=False).tolist())


@given(evenings(), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_the_best_cast_never_gets_worse_and_is_what_it_is_said_to_be(
    evening: tuple[Problem, IntArray], seed: int
) -> None:
    problem, seats = evening
    random = np.random.default_rng(seed)
    roles = seats.shape[1]
    cast = cast_for(problem, roles=roles, rounds=len(seats))
    start = random.permutation(roles)
    search = RelabelSearch(cast, meeting_rounds(seats), start, random)
    most = counted(cast, seats, start)
    for _ in range(200):
        search.step()
        assert search.most >= max(most, search.worth)
        most = search.most
    assert counted(cast, seats, search.best) == most
    assert sorted(search.best.tolist()) == list(range(roles))
    assert meeting_counts(seats[:, search.best]).max(initial=0) <= 1
