"""Chairs for people without a table, where tables hold more than two: linear, and nobody else moves."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from event_server.domain.seating import PAIR
from event_server.domain.state import pair
from event_server.planning.briefing import may_meet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.messages import AttendeeId, RoundPlan, Seating
    from event_server.domain.state import LiveEvent
    from event_server.planning.briefing import Background

MOST_LOOKED_AT = 8
"""Tables looked at for one person before they sit out; keeps a repair linear."""


def filled(
    state: LiveEvent, background: Background, fitted: RoundPlan, waiting: Sequence[AttendeeId]
) -> Seating:
    """Return the tables of ``fitted`` with ``waiting`` seated as far as may be, in that order.

    As many empty tables are laid as all these people need. Everybody joins a small table at which they have
    met nobody yet, if there is one. Whoever is left alone in the end has no table.
    """
    tables = [list(seats) for seats in fitted.tables]
    hosts = [person for person in waiting if state.roster[person].table is not None]
    others = [person for person in waiting if state.roster[person].table is None]
    for host in hosts:
        table = tables[(state.roster[host].table or 0) - 1]
        if len(table) < state.rules.seats and may_join(state, background, host, table):
            table.append(host)
    chairs = _laid(state, tables, len(others))
    for person in others:
        _seat(state, background, person, chairs)
    return tuple(tuple(seats) if len(seats) >= PAIR else () for seats in tables)


def may_join(state: LiveEvent, background: Background, person: AttendeeId, seats: Sequence[str]) -> bool:
    """Tell whether ``person`` may sit with all of ``seats``."""
    return all(may_meet(state, background, pair(person, other)) for other in seats)


def times_met(state: LiveEvent, background: Background, person: AttendeeId, seats: Sequence[str]) -> int:
    """Return how many of ``seats`` have met ``person`` before, tonight or at a former evening."""
    tonight = state.met.get(person, frozenset())
    return sum(other in tonight or pair(person, other) in background.met_before for other in seats)


@dataclass(order=True, slots=True)
class _Chairs:
    """A table with a free chair; of two the one with fewer people comes first."""

    taken: int
    number: int
    seats: list[AttendeeId] = field(compare=False)


def _laid(state: LiveEvent, tables: list[list[AttendeeId]], more: int) -> list[_Chairs]:
    """Return a heap of the tables with a free chair, with as many empty ones as ``more`` people need."""
    most = state.rules.seats
    used = [number for number, seats in enumerate(tables, 1) if seats]
    needed = -(-(sum(map(len, tables)) + more) // most) - len(used)
    # Tables that somebody is fixed to are given away last.
    own = {a.table for a in state.expected() if a.table is not None and a.is_present}
    empty = sorted(
        (number for number, seats in enumerate(tables, 1) if not seats), key=lambda n: (n in own, n)
    )
    numbers = [*used, *empty[: max(0, needed)]]
    found = [_Chairs(len(tables[n - 1]), n, tables[n - 1]) for n in numbers if len(tables[n - 1]) < most]
    heapq.heapify(found)
    return found


def _seat(state: LiveEvent, background: Background, person: AttendeeId, chairs: list[_Chairs]) -> None:
    """Seat ``person`` where they have met fewest people; nowhere if they may not join any table looked at."""
    best, fewest = None, inf
    passed: list[_Chairs] = []
    while chairs and fewest and len(passed) < MOST_LOOKED_AT:
        table = heapq.heappop(chairs)
        passed.append(table)
        if may_join(state, background, person, table.seats):
            again = times_met(state, background, person, table.seats)
            if again < fewest:
                best, fewest = table, again
    if best is not None:
        best.seats.append(person)
        best.taken += 1
    for table in passed:
        if table.taken < state.rules.seats:
            heapq.heappush(chairs, table)
