"""How the evening moves: phases, the clock, calls and rounds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

import msgspec

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.limits import check_end, check_rules
from event_server.domain.messages import AttendeeId, Refused, Rules, Seating
from event_server.domain.phases import TIMED, Phase
from event_server.domain.seating import fit, in_speaking_order
from event_server.domain.state import LiveEvent, Pausing, Round
from event_server.domain.turns import Times, even_turns, times_of

if TYPE_CHECKING:
    from event_server.domain.facts import EveningFact, Fact

LATEST_TICK = 30.0
"""Seconds past a deadline after which the evening is not moved on, but an organizer asked."""

GRACE = 10.0
"""Seconds left to an overdue phase when the evening is set to go on by itself."""


def decide(state: LiveEvent, command: c.EveningCommand, now: float) -> list[Fact]:
    """Return what ``command`` does to the evening."""
    match command:
        case c.CreateEvent(rules=rules):
            return _create(state, rules)
        case c.ChangeRules(rules=rules):
            check_rules(state, rules)
            changed = [f.RulesChanged(rules=rules), *_grace(state, rules, now)]
            return changed if rules != state.rules else []
        case c.SetAutomatic(on=on):
            grace = _grace(state, _with_automatic(state.rules, on=on), now)
            return [f.AutomaticSet(on=on), *grace] if on != state.rules.automatic else []
        case c.OpenLobby():
            return [f.LobbyOpened()]
        case c.CallToTables():
            return [_call(state, now)]
        case c.CancelCall():
            return [f.CallCancelled(round=_current(state).number)]
        case c.StartRound():
            return [_start(state, now)]
        case c.ExtendRound(ends_at=ends_at):
            return _extend(state, ends_at, now)
        case c.Pause():
            return _pause(state, now)
        case c.Resume():
            return _resume(state, now)
        case c.EndRound():
            return [_end(state, now)]
        case c.StartBreak(ends_at=ends_at):
            check_end(ends_at, earliest=now)
            return [f.BreakStarted(ends_at=ends_at)]
        case c.FinishEvent():
            return _finish(state, now)
        case c.RevealContacts():
            return [f.ContactsRevealed(at=now)] if state.revealed_at is None else []
        case c.CloseEvent():
            reveal: list[Fact] = []
            if state.phase is Phase.WRAP_UP and state.revealed_at is None:
                reveal = [f.ContactsRevealed(at=now)]
            return [*reveal, f.EventClosed(at=now)]
        case c.Tick():
            return _tick(state, now)
    assert_never(command)


def _create(state: LiveEvent, rules: Rules) -> list[Fact]:
    if state.version:
        raise Refused("event_exists")
    check_rules(state, rules)
    return [f.EventCreated(rules=rules)]


def _current(state: LiveEvent) -> Round:
    current = state.round
    if current is None:
        raise Refused("no_round")
    return current


def _call(state: LiveEvent, now: float) -> f.RoundCalled:
    number = state.next_number
    if number > state.rules.rounds:
        raise Refused("no_more_rounds", rounds=state.rules.rounds)
    if len(state.present()) < 2:  # noqa: PLR2004 - it takes two
        raise Refused("too_few_present", present=len(state.present()))
    planned = state.plan.round(number) if state.plan else None
    if state.plan is None or planned is None:
        raise Refused("no_plan", round=number)
    fitted = fit(state, planned)
    if not any(fitted.tables):
        # An evening ends when a planner found nobody left to meet, not when its plan has grown too old.
        raise Refused("no_plan" if any(planned.tables) else "nobody_left_to_meet", round=number)
    as_planned = _seated(fitted.tables) == _seated(planned.tables)
    return f.RoundCalled(
        round=number,
        tables=in_speaking_order(state, fitted.tables),
        sitting_out=fitted.sitting_out,
        ends_at=now + state.rules.call_seconds,
        patched=not as_planned or number in state.plan.patched,
    )


def _seated(tables: Seating) -> set[AttendeeId]:
    return {person for seats in tables for person in seats}


def _start(state: LiveEvent, now: float) -> f.RoundStarted:
    current = _current(state)
    starts_at = now + state.rules.lead_seconds
    ends_at = starts_at + state.rules.talk_seconds
    return f.RoundStarted(
        round=current.number,
        starts_at=starts_at,
        ends_at=ends_at,
        turns_at=even_turns(state.rules, starts_at, ends_at),
        tables=current.tables,
    )


def _end(state: LiveEvent, now: float) -> f.RoundEnded:
    return f.RoundEnded(round=_current(state).number, at=now, ends_at=now + state.rules.feedback_seconds)


def _extend(state: LiveEvent, ends_at: float, now: float) -> list[Fact]:
    times = _times_now(state, now)
    begin = now if times.starts_at is None else max(now, times.starts_at)
    check_end(ends_at, earliest=begin)
    if ends_at == state.deadline:
        return []
    former = now + state.pausing.remaining if state.pausing else state.deadline or now
    factor = (ends_at - begin) / (former - begin) if former > begin else 1.0
    # Past turns stay, others share the time left.
    moved = times.moved(lambda at: at if at <= begin else begin + (at - begin) * factor)
    return [
        f.DeadlineMoved(
            at=now,
            ends_at=ends_at,
            turns_at=moved.turns_at,
            starts_at=moved.starts_at if state.pausing else None,
            table_turns=moved.table_turns,
        )
    ]


def _grace(state: LiveEvent, rules: Rules, now: float) -> list[Fact]:
    """Return what ``rules`` that turn the automatic on do to a phase that waited for people.

    It gets a moment in which an organizer can still change their mind.
    """
    if not rules.automatic or state.rules.automatic or state.pausing is not None:
        return []
    overdue = state.phase in TIMED - {Phase.TALK} and state.deadline is not None and state.deadline < now
    return [f.DeadlineMoved(at=now, ends_at=now + GRACE)] if overdue else []


def _times_now(state: LiveEvent, now: float) -> Times:
    """Return the times of the running talk as they are if the clock goes on at ``now``.

    What was still to come when the clock was stopped comes later by as long as it stood.
    """
    stood_at = state.pausing.at if state.pausing else now
    return times_of(state).moved(lambda at: at + now - stood_at if at > stood_at else at)


def _pause(state: LiveEvent, now: float) -> list[Fact]:
    if state.pausing is not None:
        return []
    if state.deadline is None:
        raise Refused("no_clock")
    return [f.Paused(at=now, remaining=max(0.0, state.deadline - now))]


def _resume(state: LiveEvent, now: float) -> list[Fact]:
    pausing = state.pausing
    if pausing is None:
        return []
    times = _times_now(state, now)
    return [
        f.Resumed(
            ends_at=now + pausing.remaining,
            starts_at=times.starts_at,
            turns_at=times.turns_at,
            table_turns=times.table_turns,
        )
    ]


def _finish(state: LiveEvent, now: float) -> list[Fact]:
    before: list[Fact] = []
    if state.phase is Phase.CALL:
        before = [f.CallCancelled(round=_current(state).number)]
    elif state.phase is Phase.TALK:
        before = [_end(state, now)]
    return [*before, f.EventFinished(at=now, reveal_at=now + state.rules.reveal_seconds)]


def _tick(state: LiveEvent, now: float) -> list[Fact]:
    due = state.wake_at
    if due is None or now < due:
        return []
    if state.phase is Phase.WRAP_UP:
        return [f.ContactsRevealed(at=now)]
    if now > due + LATEST_TICK:
        return [f.Interrupted(at=now)]
    match state.phase:
        case Phase.CALL:
            return [_start(state, now)]
        case Phase.TALK:
            return [_end(state, now)]
        case Phase.FEEDBACK if state.rules.break_after == len(state.rounds) < state.rules.rounds:
            return [f.BreakStarted(ends_at=now + state.rules.break_seconds)]
        case _:
            return _call_or_finish(state, now)


def _call_or_finish(state: LiveEvent, now: float) -> list[Fact]:
    try:
        return [_call(state, now)]
    except Refused as refused:
        if refused.code in {"too_few_present", "no_plan"}:
            return [f.Interrupted(at=now)]
        return _finish(state, now)


def evolve(state: LiveEvent, fact: EveningFact) -> LiveEvent:
    """Return ``state`` after ``fact``."""
    match fact:
        case f.EventCreated(rules=rules):
            return replace(state, rules=rules)
        case f.RulesChanged(rules=rules):
            return replace(state, rules=rules, plan_basis=state.plan_basis + 1)
        case f.AutomaticSet(on=on):
            return replace(state, rules=_with_automatic(state.rules, on=on))
        case f.LobbyOpened():
            return replace(state, phase=Phase.LOBBY, plan_basis=state.plan_basis + 1)
        case f.RoundCalled():
            return _evolve_call(state, fact)
        case f.CallCancelled():
            return _evolve_cancel(state)
        case f.RoundStarted():
            return _evolve_start(state, fact)
        case f.DeadlineMoved():
            return _evolve_deadline(state, fact)
        case f.Paused(at=at, remaining=remaining):
            return replace(state, pausing=Pausing(at=at, remaining=remaining))
        case f.Interrupted(at=at):
            return replace(state, pausing=Pausing(at=at, remaining=0.0, interrupted=True))
        case f.Resumed():
            resumed = replace(state, pausing=None, deadline=fact.ends_at)
            return _with_times(resumed, _times_in(fact), ends_at=fact.ends_at)
        case f.RoundEnded():
            return _evolve_end(state, fact)
        case f.BreakStarted(ends_at=ends_at):
            return replace(state, phase=Phase.BREAK, deadline=ends_at, pausing=None)
        case f.EventFinished(at=at, reveal_at=reveal_at):
            return replace(state, phase=Phase.WRAP_UP, deadline=reveal_at, pausing=None, finished_at=at)
        case f.ContactsRevealed(at=at):
            return replace(state, revealed_at=at, deadline=None)
        case f.EventClosed():
            return replace(state, phase=Phase.CLOSED, deadline=None, pausing=None)
    assert_never(fact)


def _with_automatic(rules: Rules, *, on: bool) -> Rules:
    return msgspec.structs.replace(rules, automatic=on)


def _evolve_call(state: LiveEvent, fact: f.RoundCalled) -> LiveEvent:
    called = Round(
        number=fact.round,
        called_from=state.phase,
        tables=fact.tables,
        sitting_out=frozenset(fact.sitting_out),
        patched=fact.patched,
    )
    rounds = (*state.rounds, called)
    return replace(state, phase=Phase.CALL, deadline=fact.ends_at, pausing=None, rounds=rounds)


def _evolve_cancel(state: LiveEvent) -> LiveEvent:
    phase = state.rounds[-1].called_from if state.rounds else Phase.LOBBY
    return replace(
        state,
        phase=phase,
        deadline=None,
        pausing=None,
        rounds=state.rounds[:-1],
        plan_basis=state.plan_basis + 1,
    )


def _evolve_start(state: LiveEvent, fact: f.RoundStarted) -> LiveEvent:
    started = replace(
        state,
        phase=Phase.TALK,
        deadline=fact.ends_at,
        pausing=None,
        plan_basis=state.plan_basis + 1,
    )
    times = Times(fact.starts_at, fact.turns_at)
    return _with_times(started, times, ends_at=fact.ends_at, tables=fact.tables)


def _evolve_deadline(state: LiveEvent, fact: f.DeadlineMoved) -> LiveEvent:
    pausing = state.pausing
    if pausing is not None:
        pausing = Pausing(at=fact.at, remaining=max(0.0, fact.ends_at - fact.at))
    moved = replace(state, deadline=fact.ends_at, pausing=pausing)
    return _with_times(moved, _times_in(fact), ends_at=fact.ends_at)


def _times_in(fact: f.DeadlineMoved | f.Resumed) -> Times:
    return Times(fact.starts_at, fact.turns_at, fact.table_turns)


def _with_times(
    state: LiveEvent, times: Times, *, ends_at: float, tables: Seating | None = None
) -> LiveEvent:
    """Return ``state`` with the times of the running talk changed; other phases keep none."""
    if state.phase is not Phase.TALK or not state.rounds:
        return state
    current = state.rounds[-1]
    changed = replace(
        current,
        starts_at=times.starts_at if times.starts_at is not None else current.starts_at,
        ends_at=ends_at,
        turns_at=times.turns_at or current.turns_at,
        table_turns=times.table_turns or current.table_turns,
        tables=tables if tables is not None else current.tables,
    )
    return replace(state, rounds=(*state.rounds[:-1], changed))


def _evolve_end(state: LiveEvent, fact: f.RoundEnded) -> LiveEvent:
    if not state.rounds:
        return state
    current = state.rounds[-1]
    meetings = current.running_meetings()
    ended = replace(current, ended_at=fact.at, meetings=meetings)
    met = dict(state.met)
    for one, other in meetings:
        met[one] = met.get(one, frozenset()) | {other}
        met[other] = met.get(other, frozenset()) | {one}
    return replace(
        state,
        phase=Phase.FEEDBACK,
        deadline=fact.ends_at,
        pausing=None,
        rounds=(*state.rounds[:-1], ended),
        met=met,
        # What was said during the talk may move the next round, where the rules let it.
        plan_basis=state.plan_basis + 1 if state.rules.learn_tonight else state.plan_basis,
    )
