"""``docs/develop/phases.md``: the phases, read off the table of commands and off the state machine itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.evening import LATEST_TICK
from event_server.domain.live_event import decide, evolve
from event_server.domain.messages import CLOCK, Refused, RoundPlan, Rules
from event_server.domain.phases import ALLOWED, TIMED, Phase
from event_server.domain.state import LiveEvent
from event_server.web.reference.structs import cell, table

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = 0.0
PEOPLE = ("ada", "bo", "cleo", "dino")
PLAN = (
    RoundPlan(tables=(("ada", "bo"), ("cleo", "dino"))),
    RoundPlan(tables=(("ada", "cleo"), ("bo", "dino"))),
)
AUTOMATIC = "the deadline, if automatic"
DEADLINE = "the deadline"

TALE: tuple[c.Command, ...] = (
    c.CreateEvent(rules=Rules()),
    c.AddAttendees(attendees=PEOPLE),
    c.OpenLobby(),
    *(c.CheckIn(attendee=person) for person in PEOPLE),
    c.PublishPlan(basis=0, first_round=1, rounds=PLAN),
    c.CallToTables(),
    c.StartRound(),
    c.EndRound(),
    c.StartBreak(ends_at=NOW + 600),
    c.FinishEvent(),
    c.CloseEvent(),
)
"""An evening that sees every phase."""

INTRODUCTION = """\
# Phases

Where an evening stands, and what it allows there. This page is made from `event_server/domain/phases.py` and
by asking the state machine in every phase (`python -m event_server.web.reference`); a test fails when it is
out of date.

## From phase to phase
"""

CLOCK_WORDS = """\
The clock of {timed} can be moved, paused and let go on; pausing is no
phase and keeps the time left. `CancelCall` leads back to where the call came from. In `wrap_up` the deadline
shows the contacts and leaves the phase as it is; closing before that shows them first. If the server finds a
deadline missed by more than {late:.0f} seconds, the evening stands still and the organizer is asked.

## Commands
"""

FOOT = """\
A dot means that the phase allows the command; it may still be refused for another reason.
`tests/unit/domain/test_phases.py` says for every command and phase what comes of it. Who may send it, and
how: [the protocol](../protocol.md).
"""


def phases_page() -> str:
    """Return the whole page."""
    arrows: dict[tuple[Phase, Phase], list[str]] = {}
    for before, cause, after in transitions():
        arrows.setdefault((before, after), []).append(cause)
    lines = [f"    {before} --> {after}: {' / '.join(causes)}" for (before, after), causes in arrows.items()]
    diagram = "\n".join(
        ["```mermaid", "stateDiagram-v2", "    [*] --> draft", *lines, "    closed --> [*]", "```"]
    )
    moves = ((f"`{a}`", f"`{b}`", cell(", ".join(map(_named, by)))) for (a, b), by in arrows.items())
    timed = ", ".join(f"`{phase}`" for phase in Phase if phase in TIMED)
    parts = (
        INTRODUCTION,
        diagram,
        table(("from", "to", "by"), moves),
        CLOCK_WORDS.format(timed=timed, late=LATEST_TICK),
        _allowed(),
        FOOT,
    )
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _named(cause: str) -> str:
    return cause if cause in {AUTOMATIC, DEADLINE} else f"`{cause}`"


def _allowed() -> str:
    rows = (
        (f"`{command.__name__}`", *("•" if command in ALLOWED[phase] else "" for phase in Phase))
        for command in get_args(c.Command)
    )
    return table(("", *(phase.value for phase in Phase)), rows)


def transitions() -> Iterator[tuple[Phase, str, Phase]]:
    """Give (phase, cause, next phase) for everything that leads on, found out by trying."""
    for state in _states():
        for command in TALE[2:]:
            after = _after(state, command)
            if after.phase is not state.phase:
                yield state.phase, type(command).__name__, after.phase
        yield from _by_the_clock(state)


def _by_the_clock(state: LiveEvent) -> Iterator[tuple[Phase, str, Phase]]:
    reached = set()
    for automatic, cause in ((False, DEADLINE), (True, AUTOMATIC)):
        # A round to come, a break before it, none to come: each may lead elsewhere.
        for rounds, break_after in ((2, 0), (2, 1), (1, 0)):
            rules = msgspec.structs.replace(
                state.rules, automatic=automatic, rounds=rounds, break_after=break_after
            )
            ready = _told(state, c.ChangeRules(rules=rules)) if state.phase in TIMED else state
            due = ready.wake_at
            after = _told(ready, c.Tick(), at=due) if due is not None else ready
            if after.phase is not state.phase and after.phase not in reached:
                reached.add(after.phase)
                yield state.phase, cause, after.phase


def _states() -> list[LiveEvent]:
    """Return the evening of the tale in each phase, in order."""
    found: dict[Phase, LiveEvent] = {}
    state = LiveEvent(id="")
    for command in TALE:
        state = _told(state, command)
        found[state.phase] = state
    return [found[phase] for phase in Phase]


def _after(state: LiveEvent, command: c.Command) -> LiveEvent:
    try:
        return _told(state, command)
    except Refused:
        return state


def _told(state: LiveEvent, command: c.Command, at: float = NOW) -> LiveEvent:
    """Return ``state`` after ``command``."""
    request = c.Request(actor=CLOCK, id=str(state.version), command=command)
    for fact in decide(state, request, at):
        entry = f.Entry(
            version=state.version + 1, at=at, actor=request.actor, command_id=request.id, fact=fact
        )
        state = evolve(state, entry)
    return state
