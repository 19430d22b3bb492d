"""Which must-meets count in an announced round: people are not disturbed for what can wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schedulers.pairs.announced.standing import Pair, Wishes
from schedulers.pairs.musts import agenda_of

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.problem import BoolArray, IntArray, Problem


def wishes_of(problem: Problem, before: IntArray, r: int, *, possible: BoolArray, limits: Limits) -> Wishes:
    """Return the must-meets that count in round ``r``.

    Due are those that can happen in no later round: because of their deadline, because one of them
    leaves, or because the later rounds have no room for them beside the others.

    Args:
        problem: The evening.
        before: Shape ``(n,)``: the tables announced for the round.
        r: The round.
        possible: Shape ``(n, n)``: who may still meet in some round.
        limits: Time for fitting must-meets into later rounds.
    """
    due: set[Pair] = set()
    promised: set[Pair] = set()
    later: set[Pair] = set()
    for first, second, by in problem.musts:
        pair = (min(first, second), max(first, second))
        together = problem.present[first] & problem.present[second]
        last = problem.rounds if by is None else by + 1
        if not possible[pair] or not together[r:last].any():
            continue
        if together[r] and not together[r + 1 : last].any():
            due.add(pair)
        elif together[r] and before[first] == before[second] >= 0:
            promised.add(pair)
        else:
            later.add(pair)
    here = {pair for pair in later if problem.present[list(pair), r].all()}
    if here:
        due |= here - _fitted(problem, r + 1, possible, taken=due | promised, limits=limits)
    return Wishes(frozenset(due), frozenset(promised - due))


def _fitted(
    problem: Problem, first_round: int, possible: BoolArray, *, taken: set[Pair], limits: Limits
) -> set[Pair]:
    """Return the must-meets for which the rounds from ``first_round`` on have room, without ``taken``."""
    still = possible.copy()
    for pair in taken:
        still[pair] = still[pair[::-1]] = False
    agenda = agenda_of(problem, still, first_round, limits)
    return {pair for pairs in agenda.values() for pair in pairs}
