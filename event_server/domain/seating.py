"""What makes a seating legal, and how a planned one is fitted to who is here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from event_server.domain.messages import AttendeeId, Refused, RoundPlan, Seating
from event_server.domain.state import LiveEvent, Pair, pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterable

SEATS = 2
"""Seats of a table."""


def blocked(state: LiveEvent, pair: Pair) -> str | None:
    """Return why two people may not meet in a round to come, or none.

    Knows what the journal knows; what follows from profiles (colleagues apart) the planner adds.

    Returns:
        ``already_met``, ``must_not_meet``, ``same_side``, ``fixed_apart`` or None.
    """
    one, other = pair
    if other in state.met.get(one, frozenset()):
        return "already_met"
    if state.pair_rule(one, other) == "never":
        return "must_not_meet"
    first, second = state.roster.get(one), state.roster.get(other)
    if first is None or second is None:
        return None
    if first.side is not None and first.side == second.side:
        return "same_side"
    if first.table is not None and second.table is not None and first.table != second.table:
        return "fixed_apart"
    return None


def check_tables(state: LiveEvent, tables: Seating) -> None:
    """Check one seating against capacity, fixed tables and the rules for pairs.

    Raises:
        Refused: Whatever `check_places` and `check_pairs` find.
    """
    check_places(state, tables)
    check_pairs(state, enumerate(tables, 1))


def check_places(state: LiveEvent, tables: Seating) -> None:
    """Check that everybody has one place and that the tables exist and are not too full.

    Raises:
        Refused: ``unknown_attendee``, ``seated_twice``, ``no_such_table`` or ``table_full``.
    """
    for person, times in Counter(person for seats in tables for person in seats).items():
        if person not in state.roster:
            raise Refused("unknown_attendee", attendee=person)
        if times > 1:
            raise Refused("seated_twice", attendee=person)
    if len(tables) > state.rules.tables:
        raise Refused("no_such_table", table=len(tables), tables=state.rules.tables)
    _check_capacity(state, tables)


def check_pairs(state: LiveEvent, tables: Iterable[tuple[int, tuple[AttendeeId, ...]]]) -> None:
    """Check that the people of each (table, people) may sit at that table, and with each other.

    Raises:
        Refused: ``wrong_table`` or a reason of `blocked`.
    """
    for number, seats in tables:
        for person in seats:
            fixed = state.roster[person].table
            if fixed is not None and fixed != number:
                raise Refused("wrong_table", attendee=person, table=number, fixed=fixed)
        for pair in pairs_of(seats):
            if reason := blocked(state, pair):
                raise Refused(reason, attendee=pair[0], other=pair[1])


def _check_capacity(state: LiveEvent, tables: Seating) -> None:
    trios_allowed = 1 if state.rules.odd == "trio" else 0
    for number, seats in enumerate(tables, 1):
        if len(seats) <= SEATS:
            continue
        if len(seats) > SEATS + 1 or trios_allowed == 0:
            raise Refused("table_full", table=number, seats=SEATS)
        trios_allowed -= 1


def fit(state: LiveEvent, planned: RoundPlan | None) -> RoundPlan:
    """Return ``planned`` reduced to who is present and may still meet; everybody else sits out.

    Always legal, whatever happened since the plan was made: this is what a call falls back to.
    """
    present = set(state.present())
    tables = []
    for number, seats in enumerate((planned.tables if planned else ())[: state.rules.tables], 1):
        kept = tuple(p for p in seats if p in present and _may_sit(state, p, number))
        legal = len(kept) > 1 and not any(blocked(state, pair) for pair in pairs_of(kept))
        tables.append(kept if legal else ())
    try:
        _check_capacity(state, tuple(tables))
    except Refused:
        tables = [seats if len(seats) <= SEATS else seats[:SEATS] for seats in tables]
    seated = {person for seats in tables for person in seats}
    tables += [()] * (state.rules.tables - len(tables))
    return RoundPlan(tables=tuple(tables), sitting_out=tuple(p for p in state.present() if p not in seated))


def _may_sit(state: LiveEvent, person: AttendeeId, table: int) -> bool:
    fixed = state.roster[person].table
    return fixed is None or fixed == table


def in_speaking_order(state: LiveEvent, tables: Seating) -> Seating:
    """Return ``tables`` with seats so ordered that who has begun least often sits at A and begins."""
    begun = Counter(seats[0] for r in state.rounds if r.is_held for seats in r.tables if len(seats) > 1)

    def order(people: Iterable[AttendeeId]) -> tuple[AttendeeId, ...]:
        return tuple(sorted(people, key=lambda person: (begun[person], state.roster[person].number)))

    return tuple(order(seats) for seats in tables)
