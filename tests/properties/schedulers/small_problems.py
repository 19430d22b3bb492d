"""Small evenings of every kind, for Hypothesis."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from schedulers.problem import MustMeet, Problem, Table


@st.composite
def small_problems(draw: st.DrawFn, *, most_people: int = 8, most_rounds: int = 4, musts: int = 3) -> Problem:
    """Draw a problem of pairs that does not contradict itself."""
    n = draw(st.integers(0, most_people))
    rounds = draw(st.integers(1, most_rounds))
    tables = draw(st.integers(0, n // 2 + 1))
    pairs = list(combinations(range(n), 2))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = np.triu(random.integers(0, draw(st.sampled_from([2, 1001])), (n, n)), 1)
    forbidden = draw(st.lists(st.sampled_from(pairs), max_size=n)) if pairs else []
    allowed = np.ones((n, n), dtype=np.bool_)
    for i, j in forbidden:
        allowed[i, j] = allowed[j, i] = False
    present = random.random((n, rounds)) >= draw(st.sampled_from([0.0, 0.0, 0.3]))
    sides = (
        random.integers(0, 2, n) if draw(st.sampled_from([False, False, True])) else np.zeros(0, dtype=int)
    )
    fixed = np.full(n, -1)
    for person in draw(st.lists(st.integers(0, n - 1), max_size=2)) if n and tables else []:
        fixed[person] = draw(st.integers(0, tables - 1))
    free = Problem(
        weights + weights.T, [Table(2)] * tables, rounds, allowed=allowed, sides=sides, fixed=fixed
    )
    possible = [pair for pair in pairs if free.may_meet()[pair]]
    wishes = draw(st.lists(st.sampled_from(possible), max_size=musts, unique=True)) if possible else []
    deadlines = st.one_of(st.none(), st.integers(0, rounds - 1))
    return Problem(
        weights + weights.T,
        [Table(2, x=float(t), y=float(t % 2)) for t in range(tables)],
        rounds,
        allowed=allowed,
        present=present,
        sides=sides,
        fixed=fixed,
        must_meet=[MustMeet(i, j, draw(deadlines)) for i, j in wishes],
        met=draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else [],
        odd=draw(st.sampled_from(["sit_out", "trio"])),
    )
