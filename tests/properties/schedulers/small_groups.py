"""Small evenings of groups, and every legal round of them in the plainest words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st

from schedulers.problem import Balance, IntArray, MustMeet, Problem, Table

Row = tuple[int, ...]


@st.composite
def small_groups(draw: st.DrawFn, *, most_people: int = 8, most_rounds: int = 3) -> Problem:
    """Draw a problem with a table of more than two that does not contradict itself."""
    n = draw(st.integers(0, most_people))
    rounds = draw(st.integers(1, most_rounds))
    seats = [draw(st.integers(3, 5)), *draw(st.lists(st.integers(2, 4), max_size=2))]
    tables = [Table(size, draw(st.integers(2, size)), x=float(t)) for t, size in enumerate(seats)]
    pairs = list(combinations(range(n), 2))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = np.triu(random.integers(0, draw(st.sampled_from([2, 1001])), (n, n)), 1)
    allowed = np.ones((n, n), dtype=np.bool_)
    for i, j in draw(st.lists(st.sampled_from(pairs), max_size=n)) if pairs else []:
        allowed[i, j] = allowed[j, i] = False
    fixed = np.full(n, -1)
    for person in draw(st.lists(st.integers(0, n - 1), max_size=2)) if n else []:
        fixed[person] = draw(st.integers(0, len(tables) - 1))
    free = Problem(weights + weights.T, tables, rounds, allowed=allowed, fixed=fixed)
    possible = [pair for pair in pairs if free.may_meet()[pair]]
    wishes = draw(st.lists(st.sampled_from(possible), max_size=2, unique=True)) if possible else []
    deadlines = st.one_of(st.none(), st.integers(0, rounds - 1))
    colours = tuple(random.choice(["red", "blue", ""], n).tolist())
    return Problem(
        weights + weights.T,
        tables,
        rounds,
        allowed=allowed,
        present=random.random((n, rounds)) >= draw(st.sampled_from([0.0, 0.0, 0.3])),
        fixed=fixed,
        must_meet=[MustMeet(i, j, draw(deadlines)) for i, j in wishes],
        met=draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else [],
        balance=[Balance("colour", 5.0, tuple(colour or None for colour in colours))] if n % 2 else [],
        odd=draw(st.sampled_from(["sit_out", "trio"])),
        fairness=draw(st.sampled_from([0.0, 0.0, 0.2])),
        rotation=draw(st.booleans()),
    )


def broken_group_rules(problem: Problem, row: Row, r: int) -> list[str]:
    """Return what is wrong with the seats ``row`` of round ``r``."""
    broken = []
    for person, table in enumerate(row):
        if table >= 0 and not problem.present[person, r]:
            broken.append(f"{person} is not there")
        if table >= 0 and problem.fixed[person] not in (-1, table):
            broken.append(f"{person} left table {problem.fixed[person]}")
    for table, kind in enumerate(problem.tables):
        size = row.count(table)
        if size and not kind.least <= size <= kind.seats:
            broken.append(f"{size} people at table {table}")
    return broken + [f"{pair} may not meet" for pair in pairs_at(row) if not problem.allowed[pair]]


def pairs_at(row: Row) -> set[tuple[int, int]]:
    return {(i, j) for i, j in combinations(range(len(row)), 2) if row[i] == row[j] >= 0}


def legal_rows(problem: Problem, r: int) -> Iterator[Row]:
    """Yield every legal round ``r``."""
    places = [
        range(-1, len(problem.tables)) if problem.present[person, r] else (-1,) for person in range(problem.n)
    ]
    for row in product(*places):
        if not broken_group_rules(problem, row, r):
            yield row


def rows_of(seats: IntArray) -> list[Row]:
    return [tuple(row) for row in seats.tolist()]
