"""Changes at the tables of a round that was already called: a partner is missing, somebody leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from event_server.domain.answers import without_unmet
from event_server.domain.messages import AttendeeId, Refused, Seating
from event_server.domain.phases import Phase
from event_server.domain.roster import known
from event_server.domain.seating import check_pairs, check_places
from event_server.domain.state import LiveEvent, Round, Stretch, pairs_of
from event_server.domain.turns import table_changed

if TYPE_CHECKING:
    from event_server.domain import commands as c
    from event_server.domain import facts as f
    from event_server.domain.facts import Fact


def decide(state: LiveEvent, command: c.ChangeTable, now: float) -> list[Fact]:
    """Return the tables that ``command`` changes."""
    running = state.running
    if running is None or running.number != command.round:
        raise Refused("no_such_round", round=command.round)
    tables = list(running.tables)
    changes = {number: seats for number, seats in command.tables if _table(running, number) != seats}
    for number, seats in changes.items():
        for person in seats:
            if not known(state, person).is_present:
                raise Refused("not_present", attendee=person)
        tables[number - 1] = seats
    check_places(state, tuple(tables))
    # Who stays where they were called to is not judged by rules made since.
    together = frozenset(both for seats in running.tables for both in pairs_of(seats))
    check_pairs(state, changes.items(), besides=together)
    return [
        table_changed(state, running, table=number, seated=seats, now=now)
        for number, seats in changes.items()
    ]


def _table(running: Round, number: int) -> tuple[AttendeeId, ...]:
    if not 1 <= number <= len(running.tables):
        raise Refused("no_such_table", table=number, tables=len(running.tables))
    return running.tables[number - 1]


def evolve(state: LiveEvent, fact: f.TableChanged) -> LiveEvent:
    """Return ``state`` with one table seated anew; whoever sits there now sits nowhere else."""
    running = state.running
    if running is None or running.number != fact.round or not 1 <= fact.table <= len(running.tables):
        return state
    tables = _reseated(running.tables, fact)
    moves = _moves(running, tables)
    changed = replace(
        running,
        tables=tables,
        sitting_out=_sitting_out(state, running, tables),
        moved=_moved(running, moves),
        at_table=running.at_table - moves.keys(),
        table_turns={**running.table_turns, fact.table: fact.turns} if fact.turns else running.table_turns,
    )
    if state.phase is Phase.TALK:
        changed = _with_stretches(changed, running, fact.at)
    after = replace(state, rounds=(*state.rounds[:-1], changed), plan_basis=state.plan_basis + 1)
    parted = {person for former in _changed(running, tables).values() for person in former}
    return without_unmet(after, changed, parted)


def _reseated(tables: Seating, fact: f.TableChanged) -> Seating:
    taken = frozenset(fact.seated)
    cleared = (seats if taken.isdisjoint(seats) else _less(seats, taken) for seats in tables)
    return tuple(fact.seated if number == fact.table else seats for number, seats in enumerate(cleared, 1))


def _less(seats: tuple[AttendeeId, ...], taken: frozenset[AttendeeId]) -> tuple[AttendeeId, ...]:
    return tuple(person for person in seats if person not in taken)


def _changed(running: Round, tables: Seating) -> dict[int, tuple[AttendeeId, ...]]:
    """Return for each table that seats other people now who sat there before."""
    both = enumerate(zip(running.tables, tables, strict=True), 1)
    return {number: former for number, (former, now) in both if former != now and set(former) != set(now)}


def _moves(running: Round, tables: Seating) -> dict[AttendeeId, tuple[int, int]]:
    """Return for everybody whose table changes the one before and the one after, 0 for none."""
    moves = {}
    for number, former in _changed(running, tables).items():
        for person in former:
            moves[person] = (number, _number_of(person, tables))
        for person in tables[number - 1]:
            moves[person] = (_number_of(person, running.tables), number)
    return {person: (before, after) for person, (before, after) in moves.items() if before != after}


def _number_of(person: AttendeeId, tables: Seating) -> int:
    return next((number for number, seats in enumerate(tables, 1) if person in seats), 0)


def _with_stretches(changed: Round, running: Round, at: float) -> Round:
    """Return ``changed`` with how long the people of each changed table had sat together."""
    former = _changed(running, changed.tables)
    begin = running.starts_at if running.starts_at is not None else at
    stretches = (
        Stretch(people, max(0.0, at - max(begin, running.seated_at.get(number, begin))))
        for number, people in former.items()
        if len(people) > 1
    )
    return replace(
        changed,
        stretches=(*running.stretches, *stretches),
        seated_at={**running.seated_at, **dict.fromkeys(former, at)},
    )


def _sitting_out(state: LiveEvent, running: Round, tables: Seating) -> frozenset[AttendeeId]:
    """Return who sits out after a change: whoever did or was seated, is here and has no table now."""
    concerned = running.sitting_out | {p for seats in running.tables for p in seats}
    seated = {p for seats in tables for p in seats}
    here = {p for p in concerned if p in state.roster and state.roster[p].is_present}
    return frozenset(here - seated)


def _moved(running: Round, moves: dict[AttendeeId, tuple[int, int]]) -> dict[AttendeeId, int]:
    """Return who no longer has the place they were called to, with that place."""
    moved = dict(running.moved)
    for person, (before, after) in moves.items():
        called_to = moved.setdefault(person, before)
        if called_to == after:
            del moved[person]
    return moved
