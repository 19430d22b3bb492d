"""Who comes, rests and goes: the actions a desk offers for one person, and the commands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from event_server.domain import commands as c
from event_server.domain.messages import Refused
from event_server.domain.phases import ALLOWED
from event_server.domain.state import Attendee, LiveEvent, Status
from event_server.web.i18n import N_

if TYPE_CHECKING:
    from event_server.domain.messages import AttendeeId

Action = type[c.CheckIn] | type[c.UndoCheckIn] | type[c.Rest] | type[c.Return] | type[c.Leave]

ACTIONS: Final[dict[str, Action]] = {
    "check_in": c.CheckIn,
    "return": c.Return,
    "rest": c.Rest,
    "leave": c.Leave,
    "undo": c.UndoCheckIn,
}

DONE: Final = {
    "check_in": N_("%(name)s is in."),
    "return": N_("%(name)s is back."),
    "rest": N_("%(name)s skips rounds until they return."),
    "leave": N_("%(name)s has left. No round counts on them any more."),
    "undo": N_("Check-in of %(name)s taken back."),
}
"""What is said afterwards."""

_OF_STATUS: Final = {
    Status.REGISTERED: ("check_in",),
    Status.PRESENT: ("rest", "undo", "leave"),
    Status.RESTING: ("return", "leave"),
    Status.LEFT: ("return",),
}


def possible_actions(state: LiveEvent, person: Attendee) -> tuple[str, ...]:
    """Return the actions that make sense for ``person`` now, the likeliest first."""
    allowed = ALLOWED[state.phase]
    # Who has sat at a table was here: taking the check-in back would be refused.
    seated = any(held.table_of(person.id) for held in state.rounds)
    return tuple(
        name
        for name in _OF_STATUS[person.status]
        if ACTIONS[name] in allowed and not (name == "undo" and seated)
    )


def action_command(name: str, attendee: AttendeeId) -> c.Command:
    """Return the command of the action called ``name``.

    Raises:
        Refused: ``form_unreadable`` if there is no such action.
    """
    action = ACTIONS.get(name)
    if action is None:
        raise Refused("form_unreadable")
    return action(attendee=attendee)
