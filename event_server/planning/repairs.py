"""Repairs in linear time: a round made fit for who is here, a table whose partner is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.messages import AttendeeId, RoundPlan
from event_server.domain.phases import Phase
from event_server.domain.seating import SEATS, fit
from event_server.domain.state import LiveEvent, Pair, pair
from event_server.planning.briefing import may_meet

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from event_server.planning.briefing import Background

MOST_TRIED = 40
"""Partners tried for one person before they sit out; keeps a repair linear."""


@dataclass(frozen=True, slots=True)
class TableFix:
    """A proposal for a table in trouble.

    Attributes:
        tables: (table, people) as ``ChangeTable`` wants it.
        moved: Who changes table.
    """

    tables: tuple[tuple[int, tuple[AttendeeId, ...]], ...]
    moved: tuple[AttendeeId, ...]


def patch(state: LiveEvent, background: Background) -> RoundPlan | None:
    """Return the next round made fit for who is present, or none if the plan in force fits already.

    Whoever lost their partner, and whoever came since the plan was made, is paired in order of earlier
    sit-outs; nobody else is moved.
    """
    number = state.next_number
    planned = state.plan.round(number) if state.plan else None
    fitted = fit(state, planned)
    if len(fitted.sitting_out) < SEATS or (planned and set(fitted.sitting_out) == set(planned.sitting_out)):
        return None
    waiting = _by_need(state, fitted.sitting_out)
    tables = [list(seats) for seats in fitted.tables]
    fixed = {a.table - 1 for a in state.expected() if a.table is not None and a.is_present}
    # Tables that somebody is fixed to are given away last.
    free = sorted((i for i, seats in enumerate(tables) if not seats), key=lambda i: (i in fixed, i))
    out: list[AttendeeId] = []
    while waiting:
        person = waiting.pop(0)
        other = next((p for p in waiting[:MOST_TRIED] if _fits(state, background, (person, p))), None)
        place = _free_table(state, free, person, other) if other else None
        if other is None or place is None:
            out.append(person)
            continue
        waiting.remove(other)
        free.remove(place)
        tables[place] = [person, other]
    if set(out) == set(fitted.sitting_out):
        return None
    return RoundPlan(tables=tuple(tuple(seats) for seats in tables), sitting_out=tuple(out))


def _by_need(state: LiveEvent, people: Collection[AttendeeId]) -> list[AttendeeId]:
    """Return people by earlier sit-outs, most first, then by their number."""
    sat_out = state.sit_outs()
    return sorted(people, key=lambda person: (-sat_out[person], state.roster[person].number))


def _fits(state: LiveEvent, background: Background, people: Pair) -> bool:
    return may_meet(state, background, pair(*people))


def _free_table(state: LiveEvent, free: Sequence[int], one: AttendeeId, other: AttendeeId) -> int | None:
    """Return the first free table where both may sit, as an index."""
    fixed = state.roster[one].table or state.roster[other].table
    if fixed is not None:
        return fixed - 1 if fixed - 1 in free else None
    return free[0] if free else None


def fixes(state: LiveEvent, background: Background) -> dict[int, TableFix]:
    """Return for each table (1-based) whose people miss a partner the change that moves fewest.

    Orphans are joined with somebody who sits out and is on call, else with each other; the missing person's
    place is given up.
    """
    running = state.running
    if running is None or state.phase not in {Phase.CALL, Phase.TALK}:
        return {}
    absent = {about for _, about in running.missing}
    orphans = {
        number: person
        for number, seats in enumerate(running.tables, 1)
        for person in [p for p in seats if p not in absent]
        if len(seats) == 1 or (len(seats) == SEATS and any(p in absent for p in seats))
    }
    waiting = [p for p in _by_need(state, _on_call(state)) if p not in absent]
    found: dict[int, TableFix] = {}
    for number, orphan in orphans.items():
        if number in found:
            continue
        spare = next((p for p in waiting if _may_join(state, background, orphan, p, number)), None)
        if spare is not None:
            waiting.remove(spare)
            found[number] = TableFix(tables=((number, (orphan, spare)),), moved=(spare,))
            continue
        mate = _other_orphan(state, background, orphans, number, found)
        if mate is not None:
            found[number] = TableFix(
                tables=((number, (orphan, orphans[mate])), (mate, ())), moved=(orphans[mate],)
            )
    return found


def _on_call(state: LiveEvent) -> list[AttendeeId]:
    """Return who is here, has no table and agreed to be called."""
    running = state.running
    seated = {person for seats in running.tables for person in seats} if running else set()
    return [p for p in state.present() if p not in seated and state.roster[p].standby]


def _may_join(
    state: LiveEvent, background: Background, orphan: AttendeeId, spare: AttendeeId, table: int
) -> bool:
    fixed = state.roster[spare].table
    return fixed in {None, table} and _fits(state, background, (orphan, spare))


def _other_orphan(
    state: LiveEvent,
    background: Background,
    orphans: Mapping[int, AttendeeId],
    table: int,
    found: Mapping[int, TableFix],
) -> int | None:
    taken = set(found) | {number for fix in found.values() for number, _ in fix.tables}
    for number, person in orphans.items():
        if (
            number != table
            and number not in taken
            and _may_join(state, background, orphans[table], person, table)
        ):
            return number
    return None
