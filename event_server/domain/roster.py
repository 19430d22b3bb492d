"""Who is expected, present, resting or gone, and the rules that hold for single people and pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.limits import MOST_PEOPLE
from event_server.domain.messages import AttendeeId, Refused, is_staff
from event_server.domain.phases import Phase
from event_server.domain.state import Attendee, LiveEvent, Status, pair
from event_server.domain.turns import table_changed

if TYPE_CHECKING:
    from event_server.domain.facts import Fact, RosterFact


def known(state: LiveEvent, attendee: AttendeeId) -> Attendee:
    """Return the attendee with this id.

    Raises:
        Refused: ``unknown_attendee`` if there is none, or they were erased.
    """
    person = state.roster.get(attendee)
    if person is None or person.erased:
        raise Refused("unknown_attendee", attendee=attendee)
    return person


def decide(state: LiveEvent, command: c.RosterCommand, now: float, *, actor: str) -> list[Fact]:
    """Return what ``command`` does to the roster."""
    match command:
        case c.AddAttendees(attendees=attendees):
            return _add(state, attendees)
        case c.ChangeProfile(attendee=attendee):
            return [f.ProfileChanged(attendee=known(state, attendee).id)]
        case c.MergeTags():
            return [f.TagsMerged()]
        case c.ArrangeAttendee():
            return _arrange(state, command)
        case c.SetPairRule():
            return _pair_rule(state, command, now)
        case c.CheckIn(attendee=attendee):
            return _check_in(state, attendee, now, by_staff=is_staff(actor))
        case c.UndoCheckIn(attendee=attendee):
            return _undo_check_in(state, attendee)
        case c.Rest(attendee=attendee):
            return _rest(state, attendee, now)
        case c.Return(attendee=attendee):
            away = known(state, attendee).status in {Status.RESTING, Status.LEFT}
            return [f.AttendeeReturned(attendee=attendee)] if away else []
        case c.Leave(attendee=attendee):
            if known(state, attendee).status is Status.LEFT:
                return []
            return [f.AttendeeLeft(attendee=attendee), *_vacate(state, attendee, now)]
        case c.SetStandby(attendee=attendee, on=on):
            changed = known(state, attendee).standby != on
            return [f.StandbySet(attendee=attendee, on=on)] if changed else []
        case c.EraseAttendee(attendee=attendee):
            known(state, attendee)
            return [f.AttendeeErased(attendee=attendee), *_vacate(state, attendee, now)]
    assert_never(command)


def _add(state: LiveEvent, attendees: tuple[AttendeeId, ...]) -> list[Fact]:
    new = [attendee for attendee in dict.fromkeys(attendees) if attendee not in state.roster]
    if len(state.roster) + len(new) > MOST_PEOPLE:
        raise Refused("too_many_people", most=MOST_PEOPLE)
    return [f.AttendeeAdded(attendee=attendee) for attendee in new]


def _arrange(state: LiveEvent, command: c.ArrangeAttendee) -> list[Fact]:
    person = known(state, command.attendee)
    if command.table is not None and not 1 <= command.table <= state.rules.tables:
        raise Refused("no_such_table", table=command.table, tables=state.rules.tables)
    if (person.side, person.table) == (command.side, command.table):
        return []
    return [f.AttendeeArranged(attendee=person.id, side=command.side, table=command.table)]


def _pair_rule(state: LiveEvent, command: c.SetPairRule, now: float) -> list[Fact]:
    one, other = known(state, command.attendee).id, known(state, command.other).id
    if one == other:
        raise Refused("same_person", attendee=one)
    if not 0 <= command.by <= state.rules.rounds:
        raise Refused("no_such_round", round=command.by, rounds=state.rules.rounds)
    by = command.by if command.rule == "must" else 0
    if state.pair_rules.get(pair(one, other), ("none", 0)) == (command.rule, by):
        return []
    parted = _part(state, one, other, now) if command.rule == "never" else []
    return [f.PairRuleSet(attendee=one, other=other, rule=command.rule, by=by), *parted]


def _part(state: LiveEvent, one: AttendeeId, other: AttendeeId, now: float) -> list[Fact]:
    """Return the change at a table to which two people were called who must not meet.

    A talk that has begun is for the organizers to end: only they see what the room needs.
    """
    called = state.round if state.phase is Phase.CALL else None
    table = called.table_of(one) if called else None
    if called is None or table is None or called.table_of(other) != table:
        return []
    left = tuple(p for p in called.tables[table - 1] if p != other)
    seated = left if len(left) > 1 else ()
    return [table_changed(state, called, table=table, seated=seated, now=now)]


def _check_in(state: LiveEvent, attendee: AttendeeId, now: float, *, by_staff: bool) -> list[Fact]:
    person = known(state, attendee)
    if person.is_present:
        return []
    if not by_staff and not state.rules.self_check_in:
        raise Refused("ask_the_door")
    return [f.AttendeeCheckedIn(attendee=attendee, at=now)]


def _undo_check_in(state: LiveEvent, attendee: AttendeeId) -> list[Fact]:
    if not known(state, attendee).is_present:
        return []
    if any(r.table_of(attendee) for r in state.rounds):
        raise Refused("already_seated", attendee=attendee)
    return [f.CheckInUndone(attendee=attendee)]


def _rest(state: LiveEvent, attendee: AttendeeId, now: float) -> list[Fact]:
    if not known(state, attendee).is_present:
        return []
    # In the middle of a talk the rounds to come are meant; on the way to the table, this one.
    vacated = _vacate(state, attendee, now) if state.phase is Phase.CALL else []
    return [f.AttendeeRested(attendee=attendee), *vacated]


def _vacate(state: LiveEvent, attendee: AttendeeId, now: float) -> list[Fact]:
    """Return the change at the table that ``attendee`` leaves empty, if a round is called or running."""
    running = state.running
    table = running.table_of(attendee) if running else None
    if running is None or table is None:
        return []
    seated = tuple(p for p in running.tables[table - 1] if p != attendee)
    return [table_changed(state, running, table=table, seated=seated, now=now)]


def evolve(state: LiveEvent, fact: RosterFact) -> LiveEvent:
    """Return ``state`` after ``fact``."""
    match fact:
        case f.AttendeeAdded(attendee=attendee):
            if attendee in state.roster:
                return state
            added = Attendee(id=attendee, number=len(state.roster) + 1)
            return _replan(replace(state, roster={**state.roster, attendee: added}))
        case f.ProfileChanged() | f.TagsMerged():
            return _replan(state)
        case f.AttendeeArranged(attendee=attendee, side=side, table=table):
            return _change(state, attendee, side=side, table=table)
        case f.PairRuleSet():
            return _evolve_pair_rule(state, fact)
        case f.AttendeeCheckedIn(attendee=attendee, at=at):
            return _arrive(state, attendee, at)
        case f.CheckInUndone(attendee=attendee):
            return _out_of_round(
                _change(state, attendee, status=Status.REGISTERED, arrived_at=None), attendee
            )
        case f.AttendeeRested(attendee=attendee):
            return _out_of_round(_change(state, attendee, status=Status.RESTING), attendee)
        case f.AttendeeReturned(attendee=attendee):
            return _return(state, attendee)
        case f.AttendeeLeft(attendee=attendee):
            left = _change(state, attendee, status=Status.LEFT, help=None, help_at=None)
            return _out_of_round(left, attendee)
        case f.StandbySet(attendee=attendee, on=on):
            person = state.roster.get(attendee)
            if person is None:
                return state
            return replace(state, roster={**state.roster, attendee: replace(person, standby=on)})
        case f.AttendeeErased(attendee=attendee):
            return _erase(state, attendee)
    assert_never(fact)


def _replan(state: LiveEvent) -> LiveEvent:
    return replace(state, plan_basis=state.plan_basis + 1)


def _change(state: LiveEvent, attendee: AttendeeId, **changes: object) -> LiveEvent:
    person = state.roster.get(attendee)
    if person is None:
        return state
    changed = replace(person, **changes)  # type: ignore[arg-type]  # names are checked by dataclasses.replace
    return _replan(replace(state, roster={**state.roster, attendee: changed}))


def _evolve_pair_rule(state: LiveEvent, fact: f.PairRuleSet) -> LiveEvent:
    rules = {**state.pair_rules, pair(fact.attendee, fact.other): (fact.rule, fact.by)}
    if fact.rule == "none":
        del rules[pair(fact.attendee, fact.other)]
    return _replan(replace(state, pair_rules=rules))


def _arrive(state: LiveEvent, attendee: AttendeeId, at: float) -> LiveEvent:
    person = state.roster.get(attendee)
    first = person.arrived_at if person else None
    return _change(state, attendee, status=Status.PRESENT, arrived_at=at if first is None else first)


def _return(state: LiveEvent, attendee: AttendeeId) -> LiveEvent:
    person = state.roster.get(attendee)
    # Who called off before the evening and thinks again is expected, and still has to check in.
    arrived = person is not None and person.arrived_at is not None
    return _change(state, attendee, status=Status.PRESENT if arrived else Status.REGISTERED)


def _out_of_round(state: LiveEvent, attendee: AttendeeId) -> LiveEvent:
    """Take somebody who is no longer present out of those who sit out a called round."""
    running = state.running
    if running is None or running.is_held or attendee not in running.sitting_out:
        return state
    changed = replace(running, sitting_out=running.sitting_out - {attendee})
    return replace(state, rounds=(*state.rounds[:-1], changed))


def _erase(state: LiveEvent, attendee: AttendeeId) -> LiveEvent:
    kept = {
        author: {key: answer for key, answer in given.items() if key[0] != attendee}
        for author, given in state.answers.items()
        if author != attendee
    }
    answers = {author: given for author, given in kept.items() if given}
    pair_rules = {key: rule for key, rule in state.pair_rules.items() if attendee not in key}
    erased = replace(state, answers=answers, pair_rules=pair_rules, hidden=state.hidden | {attendee})
    gone = _change(
        erased,
        attendee,
        status=Status.LEFT,
        erased=True,
        side=None,
        table=None,
        help=None,
        help_at=None,
    )
    return _out_of_round(gone, attendee)
