"""The core: a live event as a pure state machine.

`decide` says what a request causes, `evolve` what a recorded fact changes, `replay` folds a journal. No
clock, no chance, no input or output. The arms are in `evening` (phases and time), `roster` (people), `plans`
(the planner's answers, changes at tables) and `answers` (what people say).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from event_server.domain import answers, evening, plans, roster
from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.messages import CLOCK, Refused, is_staff
from event_server.domain.phases import ALLOWED
from event_server.domain.state import LiveEvent, Steering

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REMEMBERED_IDS = 64
"""Ids of requests remembered for each actor."""

REMEMBERED_STEERING = 30
"""Lines kept of the organizers' history."""


def decide(state: LiveEvent, request: c.Request, now: float) -> list[f.Fact]:
    """Return the facts that ``request`` causes at ``now`` (POSIX seconds); ``[]`` if it changes nothing.

    A request whose id already had an effect changes nothing: a phone may reconnect and repeat itself.

    Raises:
        Refused: If the command is not possible in ``state``; nothing has changed.
    """
    if is_known(state, request):
        return []
    command = request.command
    if not state.version and not isinstance(command, c.CreateEvent):
        raise Refused("no_such_event")
    _check_expect(state, request)
    if type(command) not in ALLOWED[state.phase]:
        raise Refused("wrong_phase", phase=state.phase.value, command=type(command).__name__)
    if isinstance(command, c.EveningCommand):
        return evening.decide(state, command, now)
    if isinstance(command, c.RosterCommand):
        return roster.decide(state, command, now, actor=request.actor)
    if isinstance(command, c.PlanCommand):
        return plans.decide(state, command, now)
    if isinstance(command, c.TableCommand):
        return answers.decide(state, command, now)
    assert_never(command)


def is_known(state: LiveEvent, request: c.Request) -> bool:
    """Tell whether this request already had its effect."""
    return request.id in state.recent.get(request.actor, ())


def _check_expect(state: LiveEvent, request: c.Request) -> None:
    """Check that staff who steer have seen the last steering of others.

    Raises:
        Refused: ``expect_missing``, or ``stale`` with who did what meanwhile.
    """
    if not is_staff(request.actor) or type(request.command) not in c.STEERING:
        return
    if request.expect is None:
        raise Refused("expect_missing")
    if request.expect != state.control_version:
        last = state.history[-1] if state.history else None
        raise Refused("stale", by=last.actor if last else "", did=last.fact if last else "")


def evolve(state: LiveEvent, entry: f.Entry) -> LiveEvent:
    """Return ``state`` after ``entry``. Total: a recorded fact always applies."""
    fact = entry.fact
    if isinstance(fact, f.EveningFact):
        after = evening.evolve(state, fact)
    elif isinstance(fact, f.RosterFact):
        after = roster.evolve(state, fact)
    elif isinstance(fact, f.PlanFact):
        after = plans.evolve(state, fact)
    elif isinstance(fact, f.TableFact):
        after = answers.evolve(state, fact)
    else:
        assert_never(fact)
    recent = _remember(state, entry)
    if type(fact) not in f.STEERED or not (is_staff(entry.actor) or entry.actor == CLOCK):
        return replace(after, version=entry.version, recent=recent)
    steering = Steering(
        at=entry.at,
        actor=entry.actor,
        fact=type(fact).__name__,
        round=fact.round if isinstance(fact, f.CallCancelled) else len(after.rounds),
    )
    return replace(
        after,
        version=entry.version,
        recent=recent,
        control_version=state.control_version + 1,
        history=(*state.history, steering)[-REMEMBERED_STEERING:],
    )


def _remember(state: LiveEvent, entry: f.Entry) -> Mapping[str, tuple[str, ...]]:
    ids = state.recent.get(entry.actor, ())
    if ids and ids[-1] == entry.command_id:
        return state.recent
    return {**state.recent, entry.actor: (*ids, entry.command_id)[-REMEMBERED_IDS:]}


def replay(event: str, entries: Iterable[f.Entry]) -> LiveEvent:
    """Return the state of ``event`` after all ``entries``, in order of versions."""
    state = LiveEvent(id=event)
    for entry in entries:
        state = evolve(state, entry)
    return state
