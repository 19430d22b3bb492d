"""Whose turn it is to speak at a table.

A talk begins with turns of one length at each table, by how many sit there. Where people come and go in the
middle of it, the table gets turns of its own: who has spoken has spoken, and the time left is shared by the
others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from event_server.domain import facts as f
from event_server.domain.messages import AttendeeId, Rules, Turn, Turns
from event_server.domain.phases import Phase
from event_server.domain.seating import PAIR

if TYPE_CHECKING:
    from collections.abc import Callable

    from event_server.domain.state import LiveEvent, Round

SHORTEST = 0.2
"""Part of an even turn at a table of that size below which nobody gets one: it would be over at once."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a talk begins, and when each turn in it does; empty for a phase without.

    Attributes:
        turns_at: For each number of people at a table, when each of them begins to speak.
        table_turns: For each table (1-based) that changed during the talk, its own turns.
    """

    starts_at: float | None = None
    turns_at: f.TurnsAt = field(default_factory=dict)
    table_turns: f.TableTurns = field(default_factory=dict)

    def moved(self, change: Callable[[float], float]) -> Times:
        """Return these times with ``change`` made to each."""
        return Times(
            starts_at=None if self.starts_at is None else change(self.starts_at),
            turns_at={size: tuple(map(change, turns)) for size, turns in self.turns_at.items()},
            table_turns={
                table: tuple(msgspec.structs.replace(turn, at=change(turn.at)) for turn in turns)
                for table, turns in self.table_turns.items()
            },
        )


def times_of(state: LiveEvent) -> Times:
    """Return the times of the running talk; while the clock stands, those of the moment it was stopped."""
    if state.phase is not Phase.TALK or state.round is None or state.round.starts_at is None:
        return Times()
    talk = state.round
    return Times(talk.starts_at, dict(talk.turns_at), dict(talk.table_turns))


def even_turns(rules: Rules, starts_at: float, ends_at: float) -> f.TurnsAt:
    """Return the turns with which a talk begins, for tables of every size that may come about."""
    # Tables of every size may come about at any time: somebody leaves, or joins others who miss somebody.
    sizes = range(PAIR, max(rules.seats, PAIR + 1) + 1)
    length = ends_at - starts_at
    return {n: tuple(starts_at + turn * length / n for turn in range(n)) for n in sizes}


def table_changed(
    state: LiveEvent, running: Round, *, table: int, seated: tuple[AttendeeId, ...], now: float
) -> f.TableChanged:
    """Return the fact that ``seated`` sit at ``table`` (1-based) from ``now`` on, with their turns."""
    turns = _turns_left(state, running, table=table, seated=seated, now=now)
    return f.TableChanged(round=running.number, table=table, seated=seated, at=now, turns=turns)


def _turns_left(
    state: LiveEvent, running: Round, *, table: int, seated: tuple[AttendeeId, ...], now: float
) -> Turns:
    """Return the turns taken so far at ``table``, and those in which ``seated`` share the rest of the talk.

    Whoever speaks and stays goes on to the end of their turn. Then come all who have not begun, joiners last;
    as far as there is time for them. Where nobody is left to speak, or to listen, the rest is open to all.
    """
    clock, ends_at = _clock(state, now)
    if running.starts_at is None or ends_at is None:
        return ()
    turns = running.turns_of(table)
    begun = [turn for turn in turns if turn.at <= clock]
    free_at = max(clock, running.starts_at)
    if begun and begun[-1].who in seated:
        free_at = turns[len(begun)].at if len(begun) < len(turns) else ends_at
    spoken = tuple(turn for turn in begun if turn.who is not None and turn.at < free_at)
    left = ends_at - free_at
    if left <= 0:
        return spoken
    waiting = sorted(
        set(seated).difference(turn.who for turn in spoken),
        key=lambda person: (person not in running.tables[table - 1], seated.index(person)),
    )
    shortest = SHORTEST * (ends_at - running.starts_at) / max(PAIR, len(seated))
    speakers = waiting[: int(left / shortest)] if len(seated) >= PAIR else []
    shares: list[AttendeeId | None] = [*speakers] or [None]
    return (*spoken, *(Turn(at=free_at + i * left / len(shares), who=who) for i, who in enumerate(shares)))


def _clock(state: LiveEvent, now: float) -> tuple[float, float | None]:
    """Return what the clock shows, which stands in a pause, and the end of the phase by it."""
    pausing = state.pausing
    return (now, state.deadline) if pausing is None else (pausing.at, pausing.at + pausing.remaining)
