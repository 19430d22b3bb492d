"""Bounds that need no search and no prices: they follow from counting alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schedulers.problem import PAIR, BoolArray, IntArray, Problem, ever_together

if TYPE_CHECKING:
    from collections.abc import Sequence


def counting_bound(problem: Problem, meetings: int) -> int:
    """Return a bound on the value that needs no search.

    Two counts, the smaller of which holds: nobody can gain more than from their best possible partners,
    as many as they could ever meet; and at tables of two, ``meetings`` distinct pairs are worth no more
    than as many of the heaviest possible ones.
    """
    by_people = int(_best_totals(problem).sum()) // 2
    if not problem.is_pairs:
        return by_people
    possible = problem.weights[np.triu(_possible(problem), 1)].astype(np.int64)
    heaviest = int(np.sort(possible)[::-1][:meetings].sum())
    return min(by_people, heaviest)


def repeats_bound(problem: Problem, seated: Sequence[int]) -> int:
    """Return how many repeats no plan can avoid that seats ``seated[r]`` people in round ``r``.

    Two counts, the larger of which holds. Together people have so many meetings, at least, and so many
    pairs can meet for the first time; and whoever is seated in a round meets as many as their table must
    hold besides them, of whom so many can be new.
    """
    if problem.is_pairs:
        return 0
    new = _possible(problem)
    for first, second in problem.met:
        new[first, second] = new[second, first] = False
    hosts = problem.fixed[:, None] != problem.fixed[None, :]
    new &= ~(hosts & (problem.fixed[:, None] >= 0) & (problem.fixed[None, :] >= 0))
    meetings = sum(_fewest_meetings(problem, count) for count in seated)
    company = np.zeros(problem.n, dtype=np.int64)
    for r, count in enumerate(seated):
        if count == int(problem.present[:, r].sum()):
            company += problem.present[:, r] * _least_company(problem, count)
    again = int(np.maximum(0, company - new.sum(axis=1)).sum())
    return max(0, meetings - int(new.sum()) // 2, -(-again // 2))


def _fewest_meetings(problem: Problem, seated: int) -> int:
    """Return how many meetings ``seated`` people have at least: spread evenly, one by one.

    A table with ``s`` people has ``s`` meetings more with one more person, so that the smallest tables are
    always the best ones to fill; ``least`` is left aside but for this, that nobody meets fewer.
    """
    seats = np.array([table.seats for table in problem.tables], dtype=np.int64)
    if _has_trio(problem):
        seats[seats.argmin()] += 1
    meetings = level = 0
    left = seated
    while left > 0 and (room := int((seats > level).sum())):
        meetings += level * min(left, room)
        left, level = left - room, level + 1
    least = min((table.least for table in problem.tables), default=1)
    return max(meetings, -(-seated * (least - 1) // 2))


def _has_trio(problem: Problem) -> bool:
    """Return whether a table of two may ever hold three."""
    return problem.odd == "trio" and any(table.seats == PAIR for table in problem.tables)


def _least_company(problem: Problem, seated: int) -> IntArray:
    """Return how many people each person meets at least in a round in which all ``seated`` there sit.

    A table holds ``least``, and whoever has no seat at any other table.
    """
    seats = np.array([table.seats for table in problem.tables], dtype=np.int64)
    least = np.array([table.least for table in problem.tables], dtype=np.int64)
    elsewhere = seats.sum() + _has_trio(problem) - seats
    company = np.maximum(least, seated - elsewhere) - 1
    free = int(company.min(initial=PAIR * seated)) if company.size else 0
    found: IntArray = np.where(problem.fixed < 0, free, np.append(company, 0)[problem.fixed])
    return found


def floor_bound(problem: Problem) -> int:
    """Return a bound on the floor: somebody's best partners are worth no more than this."""
    totals = _best_totals(problem)[problem.present.any(axis=1)]
    return int(totals.min()) if totals.size else 0


def _best_totals(problem: Problem) -> IntArray:
    """Return for every person the total weight of the best partners they could possibly meet."""
    possible = np.where(_possible(problem), problem.weights, 0)
    limit = np.minimum(_most_partners(problem), problem.n)
    most = int(limit.max(initial=0))
    if 0 < most < problem.n:
        possible = np.partition(possible, problem.n - most, axis=1)[:, problem.n - most :]
    best = -np.sort(-possible, axis=1).astype(np.int64)
    gained = np.concatenate([np.zeros((problem.n, 1), dtype=np.int64), best.cumsum(axis=1)], axis=1)
    totals: IntArray = gained[np.arange(problem.n), limit]
    return totals


def _most_partners(problem: Problem) -> IntArray:
    """Return how many partners each person can meet at most; a trio gives one more in odd rounds."""
    seats = np.array([table.seats for table in problem.tables], dtype=np.int64)
    most = int(seats.max(initial=1)) - 1
    is_odd = (problem.present.sum(axis=0) % 2 == 1) & (problem.odd == "trio") & bool((seats == PAIR).any())
    a_round = np.maximum(most, np.where(is_odd, PAIR, 0))
    partners: IntArray = (problem.present * a_round[None, :]).sum(axis=1).astype(np.int64)
    return partners


def _possible(problem: Problem) -> BoolArray:
    """Return who may meet and is ever there together, judged pair by pair."""
    possible = problem.allowed & ever_together(problem.present)
    if problem.sides.size:
        possible &= problem.sides[:, None] != problem.sides[None, :]
    if problem.is_pairs:
        for first, second in problem.met:
            possible[first, second] = possible[second, first] = False
    return possible
