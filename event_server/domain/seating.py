"""What makes a seating legal, and how a planned one is fitted to who is here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from event_server.domain.messages import AttendeeId, Refused, RoundPlan, Rules, Seating
from event_server.domain.state import LiveEvent, Pair, pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterable

PAIR = 2
"""Fewest people at a table; where no table holds more, nobody meets anybody twice."""


def goes_by_card(rules: Rules) -> bool:
    """Tell whether people are to move in step; in pairs the rule means nothing."""
    return rules.rotation and rules.seats > PAIR


def blocked(state: LiveEvent, pair: Pair) -> str | None:
    """Return why two people may not meet in a round to come, or none.

    Knows what the journal knows; what follows from profiles (colleagues apart) the planner adds. At tables
    of more than two a second meeting is no reason: the planner avoids it as long as it can.

    Returns:
        ``already_met``, ``must_not_meet``, ``same_side``, ``fixed_apart`` or None.
    """
    one, other = pair
    if state.rules.seats == PAIR and other in state.met.get(one, frozenset()):
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


def check_pairs(
    state: LiveEvent,
    tables: Iterable[tuple[int, tuple[AttendeeId, ...]]],
    *,
    besides: frozenset[Pair] = frozenset(),
) -> None:
    """Check that the people of each (table, people) may sit at that table, and with each other.

    Args:
        state: The event.
        tables: What is to be checked.
        besides: Pairs who sit together already, and are not judged by rules made since.

    Raises:
        Refused: ``wrong_table`` or a reason of `blocked`.
    """
    for number, seats in tables:
        for person in seats:
            fixed = state.roster[person].table
            if fixed is not None and fixed != number:
                raise Refused("wrong_table", attendee=person, table=number, fixed=fixed)
        for pair in (both for both in pairs_of(seats) if both not in besides):
            if reason := blocked(state, pair):
                raise Refused(reason, attendee=pair[0], other=pair[1])


def _check_capacity(state: LiveEvent, tables: Seating) -> None:
    for number, (seats, most) in enumerate(zip(tables, _most_at(state, tables), strict=True), 1):
        if len(seats) > most:
            raise Refused("table_full", table=number, seats=state.rules.seats)


def _most_at(state: LiveEvent, tables: Seating) -> list[int]:
    """Return how many people each table may hold; one table of two may hold three, if the rules say so."""
    most = [state.rules.seats] * len(tables)
    if state.rules.seats == PAIR and state.rules.odd == "trio":
        trio = next((i for i, seats in enumerate(tables) if len(seats) > PAIR), None)
        if trio is not None:
            most[trio] += 1
    return most


def fit(state: LiveEvent, planned: RoundPlan | None) -> RoundPlan:
    """Return ``planned`` reduced to who is present and may still meet; everybody else sits out.

    Always legal, whatever happened since the plan was made: this is what a call falls back to.
    """
    present = set(state.present())
    tables: list[tuple[AttendeeId, ...]] = []
    for number, seats in enumerate((planned.tables if planned else ())[: state.rules.tables], 1):
        tables.append(_in_peace(state, [p for p in seats if p in present and _may_sit(state, p, number)]))
    tables = [seats[:most] for seats, most in zip(tables, _most_at(state, tuple(tables)), strict=True)]
    tables = [seats if len(seats) >= PAIR else () for seats in tables]
    seated = {person for seats in tables for person in seats}
    tables += [()] * (state.rules.tables - len(tables))
    return RoundPlan(tables=tuple(tables), sitting_out=tuple(p for p in state.present() if p not in seated))


def _in_peace(state: LiveEvent, people: list[AttendeeId]) -> tuple[AttendeeId, ...]:
    """Return ``people`` without those who may not meet the others, whoever may meet fewest first."""
    while clashes := [both for both in pairs_of(people) if blocked(state, both)]:
        times = Counter(person for both in clashes for person in both)
        people = [person for person in people if person != max(people, key=times.__getitem__)]
    return tuple(people)


def _may_sit(state: LiveEvent, person: AttendeeId, table: int) -> bool:
    fixed = state.roster[person].table
    return fixed is None or fixed == table


def in_speaking_order(state: LiveEvent, tables: Seating) -> Seating:
    """Return ``tables`` with seats so ordered that everybody's turn comes early about as often as late.

    Who has begun least often sits at A and begins. The others follow by how many turns they have waited for
    in all rounds before, most first.
    """
    begun: Counter[AttendeeId] = Counter()
    waited: Counter[AttendeeId] = Counter()
    for seats in (seats for held in state.rounds if held.is_held for seats in held.tables if len(seats) > 1):
        begun[seats[0]] += 1
        waited.update({person: turn for turn, person in enumerate(seats)})

    def patience(person: AttendeeId) -> tuple[int, int]:
        return -waited[person], state.roster[person].number

    def order(seats: tuple[AttendeeId, ...]) -> tuple[AttendeeId, ...]:
        first = min(seats, key=lambda person: (begun[person], *patience(person)), default=None)
        return tuple(sorted(seats, key=lambda person: (person != first, *patience(person))))

    return tuple(map(order, tables))
