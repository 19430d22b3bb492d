"""Bounds that need no search and no prices: they follow from counting alone."""

from __future__ import annotations

import numpy as np

from schedulers.problem import PAIR, BoolArray, IntArray, Problem, ever_together


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
