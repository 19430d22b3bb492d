"""Repairs in linear time: a round made fit for who is here, a table whose people miss somebody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from event_server.domain.messages import AttendeeId, RoundPlan, Seating
from event_server.domain.phases import Phase
from event_server.domain.seating import PAIR, fit
from event_server.domain.state import LiveEvent, Pair, Round, pair
from event_server.planning.briefing import may_meet
from event_server.planning.filling import filled, may_join
from event_server.planning.floor import distance

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from event_server.planning.briefing import Background

MOST_TRIED = 40
"""Partners tried for one person before they sit out; keeps a repair linear."""


@dataclass(frozen=True, slots=True)
class TableFix:
    """A proposal for a table in trouble.

    Attributes:
        tables: (table, people) as ``ChangeTable`` wants it.
        moved: Who changes table.
        joins: The table that ``moved`` go to, where it is not the one in trouble; else 0.
    """

    tables: tuple[tuple[int, tuple[AttendeeId, ...]], ...]
    moved: tuple[AttendeeId, ...]
    joins: int = 0


def patch(state: LiveEvent, background: Background) -> RoundPlan | None:
    """Return the next round made fit for who is present, or none if the plan in force fits already.

    Whoever lost their company, and whoever came since the plan was made, gets a place in order of earlier
    sit-outs; nobody else is moved.
    """
    number = state.next_number
    planned = state.plan.round(number) if state.plan else None
    fitted = fit(state, planned)
    out = fitted.sitting_out
    if not out or (planned and set(out) == set(planned.sitting_out)):
        return None
    waiting = _by_need(state, out)
    fill = _paired if state.rules.seats == PAIR else filled
    tables = fill(state, background, fitted, waiting)
    seated = {person for seats in tables for person in seats}
    still = tuple(person for person in waiting if person not in seated)
    return None if len(still) == len(waiting) else RoundPlan(tables=tables, sitting_out=still)


def _paired(
    state: LiveEvent, background: Background, fitted: RoundPlan, waiting: Sequence[AttendeeId]
) -> Seating:
    """Return the tables of two of ``fitted`` with ``waiting`` paired at free ones."""
    tables, waiting = list(fitted.tables), list(waiting)
    fixed = {a.table - 1 for a in state.expected() if a.table is not None and a.is_present}
    # Tables that somebody is fixed to are given away last.
    free = sorted((i for i, seats in enumerate(tables) if not seats), key=lambda i: (i in fixed, i))
    while waiting:
        person = waiting.pop(0)
        other = next((p for p in waiting[:MOST_TRIED] if _fits(state, background, (person, p))), None)
        place = _free_table(state, free, person, other) if other else None
        if other is None or place is None:
            continue
        waiting.remove(other)
        free.remove(place)
        tables[place] = (person, other)
    return tuple(tables)


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
    """Return for each table (1-based) with one person left the change that moves fewest.

    At larger tables that person joins the nearest others with a free chair. Else somebody who sits out and is
    on call joins them, or two in the same trouble are joined; the missing people's places are given up.
    """
    running = state.running
    if running is None or state.phase not in {Phase.CALL, Phase.TALK}:
        return {}
    return _Fixing(state, background, running).found()


@dataclass(slots=True)
class _Fixing:
    """The search for fixes, which may not give one place to two people.

    Attributes:
        absent: Who is missed by others at their table.
        orphans: Table -> the one person who is there.
        waiting: Who may be called to a table.
        tables: What each table that people join seats by then.
    """

    state: LiveEvent
    background: Background
    running: Round
    absent: set[AttendeeId] = field(init=False)
    orphans: dict[int, AttendeeId] = field(init=False)
    waiting: list[AttendeeId] = field(init=False)
    tables: dict[int, tuple[AttendeeId, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.absent = {about for _, about in self.running.missing}
        there = {
            number: [person for person in seats if person not in self.absent]
            for number, seats in enumerate(self.running.tables, 1)
        }
        self.orphans = {number: people[0] for number, people in there.items() if len(people) == 1}
        self.waiting = [p for p in _by_need(self.state, self._on_call()) if p not in self.absent]

    def found(self) -> dict[int, TableFix]:
        fixes: dict[int, TableFix] = {}
        taken: set[int] = set()
        for number, orphan in self.orphans.items():
            if number in taken:
                continue
            fix = self._company(number, orphan) or self._spare(number, orphan)
            fix = fix or self._other_orphan(number, orphan, taken)
            if fix is not None:
                fixes[number] = fix
                taken |= {number, *(table for table, _ in fix.tables if table in self.orphans)}
        return fixes

    def _on_call(self) -> list[AttendeeId]:
        """Return who is here, has no table and agreed to be called."""
        seated = {person for seats in self.running.tables for person in seats}
        return [p for p in self.state.present() if p not in seated and self.state.roster[p].standby]

    def _company(self, number: int, orphan: AttendeeId) -> TableFix | None:
        """Return a move to the nearest table of several people that has a free chair."""
        if self.state.rules.seats == PAIR or self.state.roster[orphan].table is not None:
            return None
        open_tables = (
            table
            for table, seats in enumerate(self.running.tables, 1)
            if table not in self.orphans and PAIR <= len(self._seats(table, seats)) < self.state.rules.seats
        )
        for table in sorted(open_tables, key=lambda t: distance(number, t, self.state.rules.tables)):
            seats = self._seats(table, self.running.tables[table - 1])
            if may_join(self.state, self.background, orphan, seats):
                self.tables[table] = (*seats, orphan)
                return TableFix(((table, self.tables[table]), (number, ())), moved=(orphan,), joins=table)
        return None

    def _seats(self, table: int, seats: tuple[AttendeeId, ...]) -> tuple[AttendeeId, ...]:
        return self.tables.get(table, seats)

    def _spare(self, number: int, orphan: AttendeeId) -> TableFix | None:
        """Return a change in which somebody who sits out joins the orphan."""
        spare = next((p for p in self.waiting if self._may_join(orphan, p, number)), None)
        if spare is None:
            return None
        self.waiting.remove(spare)
        return TableFix(tables=((number, (orphan, spare)),), moved=(spare,))

    def _other_orphan(self, number: int, orphan: AttendeeId, taken: set[int]) -> TableFix | None:
        """Return a change in which another orphan, whose table has no fix yet, joins this one."""
        for table, person in self.orphans.items():
            if table != number and table not in taken and self._may_join(orphan, person, number):
                return TableFix(tables=((number, (orphan, person)), (table, ())), moved=(person,))
        return None

    def _may_join(self, orphan: AttendeeId, person: AttendeeId, table: int) -> bool:
        fixed = self.state.roster[person].table
        return fixed in {None, table} and _fits(self.state, self.background, (orphan, person))
