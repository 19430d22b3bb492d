"""The rules that are never broken, enforced on the seats of a round by letting people sit out.

The search weighs these rules so heavily that it breaks none where it can help it. Where it could not, in
rooms in which nearly nobody may meet, or in seats that come from elsewhere, this has the last word.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schedulers.problem import IntArray, Problem


def barred_pairs(problem: Problem, row: IntArray) -> IntArray:
    """Return who shares a table in ``row``, shape ``(n,)``, though they may not: shape ``(pairs, 2)``."""
    order = np.argsort(row, kind="stable")
    order = order[row[order] >= 0]
    found = [np.zeros((0, 2), dtype=np.int64)]
    for apart in range(1, len(order)):
        same = row[order[apart:]] == row[order[:-apart]]
        if not same.any():
            break
        pairs = np.stack([order[:-apart][same], order[apart:][same]], axis=1)
        found.append(pairs[~problem.allowed[pairs[:, 0], pairs[:, 1]]])
    return np.concatenate(found)


def legal_row(problem: Problem, r: int, row: IntArray) -> IntArray:
    """Return ``row`` with as few changes as it takes to keep the rules that are never broken.

    Args:
        problem: The evening.
        r: The round.
        row: Shape ``(n,)``: any seats, -1 for none; tables may be gone by now.
    """
    row = apart_row(problem, r, row)
    sizes = np.bincount(row[row >= 0], minlength=len(problem.tables))
    for t, table in enumerate(problem.tables):
        if sizes[t] < table.least:
            row[row == t] = -1
    return _filled(problem, r, row)


def apart_row(problem: Problem, r: int, row: IntArray) -> IntArray:
    """Return the seats of ``row`` that can stay, -1 for others; a table may be left with too few people.

    Arguments and result are those of :func:`legal_row`.
    """
    is_own = (problem.fixed < 0) | (problem.fixed == row)
    is_there = problem.present[:, r] & (row >= 0) & (row < len(problem.tables))
    row = np.where(is_own & is_there, row, -1)
    for pair in barred_pairs(problem, row):
        if row[pair[0]] == row[pair[1]] >= 0:
            row[_less_bound(problem, row, pair)] = -1
    sizes = np.bincount(row[row >= 0], minlength=len(problem.tables))
    for t, table in enumerate(problem.tables):
        if sizes[t] > table.seats:
            people = np.flatnonzero(row == t)
            guests_first = np.argsort(problem.fixed[people] >= 0, kind="stable")
            row[people[guests_first[: sizes[t] - table.seats]]] = -1
    return row


def _less_bound(problem: Problem, row: IntArray, pair: IntArray) -> int:
    """Return who of ``pair`` should go: no host, and whoever may not meet more people at the table."""
    people = np.flatnonzero(row == row[pair[0]])
    barred = (~problem.allowed[np.ix_(pair, people)]).sum(axis=1)
    return int(max(zip(problem.fixed[pair] < 0, barred.tolist(), pair.tolist(), strict=True))[2])


def _filled(problem: Problem, r: int, row: IntArray) -> IntArray:
    """Return ``row`` with everybody who can be seated without moving anybody else, small tables first."""
    waiting = np.flatnonzero(problem.present[:, r] & (row < 0)).tolist()
    for person in waiting:
        sizes = np.bincount(row[row >= 0], minlength=len(problem.tables))
        row[person] = min(_open_tables(problem, row, sizes, person), key=sizes.__getitem__, default=-1)
    for table in np.flatnonzero(np.bincount(row + 1, minlength=len(problem.tables) + 1)[1:] == 0).tolist():
        waiting = [person for person in waiting if row[person] < 0]
        group = company_for(problem, table, waiting)
        row[list(group)] = table
    return row


def _open_tables(problem: Problem, row: IntArray, sizes: IntArray, person: int) -> Iterable[int]:
    """Yield the tables in use, with ``sizes`` people at each, at which ``person`` could sit down."""
    barred = set(row[~problem.allowed[person] & (row >= 0)].tolist())
    own = int(problem.fixed[person])
    for table in np.flatnonzero(sizes).tolist() if own < 0 else [own]:
        if 0 < sizes[table] < problem.tables[table].seats and table not in barred:
            yield table


def company_for(
    problem: Problem, table: int, people: Sequence[int], *, least: int | None = None
) -> tuple[int, ...]:
    """Return whom of ``people`` to seat at the empty ``table``, hosts first; nobody if they are too few.

    ``least`` is how many are enough, by default what the table asks for.
    """
    mine = [i for i in people if problem.fixed[i] in (-1, table)]
    mine.sort(key=lambda person: problem.fixed[person] < 0)
    chosen: list[int] = []
    for person in mine:
        if len(chosen) < problem.tables[table].seats and problem.allowed[person, chosen].all():
            chosen.append(person)
    enough = problem.tables[table].least if least is None else least
    return tuple(chosen) if len(chosen) >= enough else ()


def groups_of(row: IntArray) -> list[tuple[int, ...]]:
    """Return who sits together in ``row``, shape ``(n,)``, by table, each group in ascending order."""
    tables: dict[int, list[int]] = {}
    for person in np.flatnonzero(row >= 0).tolist():
        tables.setdefault(int(row[person]), []).append(person)
    return [tuple(tables[table]) for table in sorted(tables)]


def pairs_of(row: IntArray) -> set[tuple[int, int]]:
    """Return who meets whom in ``row``, the lower index first."""
    return {pair for group in groups_of(row) for pair in combinations(group, 2)}
