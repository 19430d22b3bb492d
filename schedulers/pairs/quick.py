"""A whole plan at once: what a given schedule leaves legal, and a partner for whoever is left over.

It knows nothing of value. It is there when time is too short for anything better, and it lets a plan that
was made for other people be mended.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.breaks import trio_rounds
from schedulers.pairs.calendar import Calendar
from schedulers.pairs.musts import open_rounds
from schedulers.pairs.rounds.evening import groups_in

if TYPE_CHECKING:
    from schedulers.pairs.demand import Outlook
    from schedulers.pairs.musts import Agenda
    from schedulers.problem import BoolArray, IntArray


COUPLE = 2


def still_legal(outlook: Outlook, start: IntArray) -> IntArray:
    """Return the held rounds and what is legal of ``start`` after them, shape ``(rounds, n)``.

    Whoever sat in a group that may not meet any more has no seat. Of a trio that one has left, a pair stays.

    Args:
        outlook: The rounds to come.
        start: Shape ``(any, n)``, held rounds first: seats of a plan for this or a similar evening.
    """
    problem, first = outlook.problem, len(outlook.held)
    seats = np.full((first + outlook.rounds, problem.n), -1, dtype=np.int64)
    seats[:first] = outlook.held
    unused = outlook.possible.copy()
    trios = trio_rounds(outlook)
    for r in range(first, min(len(seats), len(start))):
        there = outlook.present[:, r - first]
        for group in groups_in(np.where(there, start[r], -1)):
            table = int(start[r][group[0]])
            fixed = problem.fixed[list(group)]
            at_home = table < len(problem.tables) and bool(((fixed == table) | (fixed < 0)).all())
            size = len(group) == COUPLE or (len(group) == COUPLE + 1 and trios[r - first])
            if size and at_home and all(unused[pair] for pair in combinations(group, 2)):
                seats[r, list(group)] = table
                trios[r - first] &= len(group) == COUPLE
                for one, other in combinations(group, 2):
                    unused[one, other] = unused[other, one] = False
    return seats


def kept_agenda(outlook: Outlook, agenda: Agenda, start: IntArray) -> Agenda:
    """Return ``agenda`` with the must-meets that ``start`` keeps in time left where they are."""
    open_in = open_rounds(outlook.problem, len(outlook.held), agenda)
    taken: set[tuple[int, int]] = set()
    kept: Agenda = {}
    for r, due in agenda.items():
        for pair in due:
            together = np.flatnonzero((start[:, pair[0]] == start[:, pair[1]]) & (start[:, pair[0]] >= 0))
            rounds = [int(at) for at in together if at >= len(outlook.held)]
            at = next((at for at in rounds if open_in[pair] >> (at - len(outlook.held)) & 1), r)
            if any((person, at) in taken for person in pair):
                at = r
            if any((person, at) in taken for person in pair):
                return agenda
            taken.update((person, at) for person in pair)
            kept.setdefault(at, []).append(pair)
    full = any(len(due) > outlook.meetings[at - len(outlook.held)] for at, due in kept.items())
    return agenda if full else kept


def filled(outlook: Outlook, agenda: Agenda, start: IntArray) -> Calendar:
    """Return the rounds to come, filled from ``start``.

    Args:
        outlook: The rounds to come.
        agenda: The must-meets of each round; they take their place first.
        start: Shape ``(any, n)``, held rounds first: equal numbers sit together, -1 with nobody.
    """
    calendar = Calendar(outlook.present)
    waited = outlook.waited.copy()
    unused = outlook.possible.copy()
    first = len(outlook.held)
    due = {pair for pairs in agenda.values() for pair in pairs}
    for one, other in due:
        unused[one, other] = unused[other, one] = False
    for r in range(outlook.rounds):
        room = int(outlook.meetings[r])
        for one, other in agenda.get(first + r, ()):
            calendar.add(one, other, r)
        free = outlook.present[:, r].copy()
        free[[person for pair in agenda.get(first + r, ()) for person in pair]] = False
        # Those who waited longest choose first.
        pairs = _couples(start[first + r], unused, free) if first + r < len(start) else []
        for one, other in sorted(pairs, key=lambda pair: -int(waited[list(pair)].sum())):
            if calendar.count[r] < room:
                _settle(calendar, (one, other), r, unused=unused, free=free)
        _pair_off(calendar, r, room, unused=unused, free=free, waited=waited)
        waited += free
    return calendar


def _couples(row: IntArray, unused: BoolArray, free: BoolArray) -> list[tuple[int, int]]:
    """Return the couples of a round that may still meet."""
    order = np.argsort(row, kind="stable")
    order = order[(row[order] >= 0) & free[order]]
    one, other = order[:-1], order[1:]
    sizes = np.bincount(row[order], minlength=1)[row[one]] if len(one) else one
    legal = (row[one] == row[other]) & (sizes == COUPLE) & unused[one, other]
    return list(zip(one[legal].tolist(), other[legal].tolist(), strict=True))


def _settle(calendar: Calendar, pair: tuple[int, int], r: int, *, unused: BoolArray, free: BoolArray) -> None:
    one, other = pair
    calendar.add(one, other, r)
    free[one] = free[other] = False
    unused[one, other] = unused[other, one] = False


def _pair_off(
    calendar: Calendar, r: int, room: int, *, unused: BoolArray, free: BoolArray, waited: IntArray
) -> None:
    """Give those who are free the partner who waited longest, those with the least choice first."""
    left = np.flatnonzero(free)
    choice = unused[np.ix_(left, left)].sum(axis=1)
    for one in left[np.lexsort((choice, -waited[left]))].tolist():
        if calendar.count[r] >= room:
            return
        others = np.flatnonzero(free & unused[one])
        if free[one] and len(others):
            other = int(others[np.argmax(waited[others])])
            _settle(calendar, (one, other), r, unused=unused, free=free)
