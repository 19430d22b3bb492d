"""Bounds of what an event may be asked to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from event_server.domain.affinity import MOST_WEIGHT
from event_server.domain.messages import Refused, Rules

if TYPE_CHECKING:
    from event_server.domain.messages import Weights
    from event_server.domain.state import LiveEvent

MOST_PEOPLE = 5000
"""People on the list of one event."""

LONGEST_PHASE = 86400.0
"""Seconds from now that the end of a phase may lie ahead."""

_BOUNDS: dict[str, tuple[float, float]] = {
    "rounds": (1, 50),
    "tables": (1, 1000),
    "seats": (2, 10),
    "call_seconds": (0.1, 3600),
    "talk_seconds": (0.1, 7200),
    "feedback_seconds": (0.1, 3600),
    "break_seconds": (0.1, 14400),
    "break_after": (0, 50),
    "reveal_seconds": (0, 86400),
    "lead_seconds": (0, 10),
}


def check_rules(state: LiveEvent, rules: Rules) -> None:
    """Check the values of ``rules``, and that they leave room for what has already happened.

    Raises:
        Refused: ``rule_out_of_range``, ``weights_all_zero``, ``rounds_already_called``, ``tables_too_few`` or
            ``tables_in_use``.
    """
    for name, (least, most) in _BOUNDS.items():
        value = getattr(rules, name)
        if not least <= value <= most:
            raise Refused("rule_out_of_range", rule=name, value=value, least=least, most=most)
    if rules.odd not in {"sit_out", "trio"}:
        raise Refused("rule_out_of_range", rule="odd", value=rules.odd)
    _check_weights(rules.weights)
    if rules.rounds < len(state.rounds):
        raise Refused("rounds_already_called", rounds=rules.rounds, called=len(state.rounds))
    needed = _last_used_table(state)
    if rules.tables < needed:
        raise Refused("tables_too_few", tables=rules.tables, needed=needed)
    if state.running is not None and rules.seats != state.rules.seats:
        raise Refused("tables_in_use", round=state.running.number)


def _check_weights(weights: Weights) -> None:
    values = msgspec.structs.asdict(weights)
    for name, value in values.items():
        if not 0 <= value <= MOST_WEIGHT:
            raise Refused("rule_out_of_range", rule=name, value=value, least=0, most=MOST_WEIGHT)
    if not any(values.values()):
        raise Refused("weights_all_zero")


def check_end(ends_at: float, *, earliest: float) -> None:
    """Check the end that somebody wants for a phase.

    Raises:
        Refused: ``time_is_past`` unless it is after ``earliest``, or ``time_too_far``.
    """
    if ends_at > earliest + LONGEST_PHASE:
        raise Refused("time_too_far", most=LONGEST_PHASE)
    if ends_at > earliest:
        return
    raise Refused("time_is_past")  # what is no number is neither before nor after


def _last_used_table(state: LiveEvent) -> int:
    """Return the highest table that somebody is fixed to or sits at now, 0 for none."""
    fixed = [a.table or 0 for a in state.expected()]
    running = state.running
    seated = [number for number, seats in enumerate(running.tables, 1) if seats] if running else []
    return max([0, *fixed, *seated])
