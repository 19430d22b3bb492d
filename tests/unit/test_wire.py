"""What sockets send: bounds that hold before anything reaches an evening."""

from __future__ import annotations

import pytest

from event_server.domain import commands as c
from event_server.domain.messages import Refused
from event_server.web.wire import command_of, decode


def sent(command: str) -> c.Command:
    said = decode(f'{{"t":"command","id":"a","command":{command}}}')
    return command_of(said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "command",
    [
        '{"type":"Replan","seed":' + "[" * 7000 + "]" * 7000 + "}",
        '{"type":"Replan","seed":-1}',
        '{"type":"Replan","seed":2147483648}',
        '{"type":"Replan","seed":' + "9" * 400 + "}",
        '{"type":"ExtendRound","ends_at":1e999}',
        '{"type":"ExtendRound","ends_at":NaN}',
        '{"type":"ExtendRound","ends_at":' + "9" * 400 + "}",
        '{"type":"AddAttendees","attendees":[""]}',
        '{"type":"AddAttendees","attendees":["' + "x" * 65 + '"]}',
        '{"type":"PostMessage","message":""}',
        '{"type":"PostMessage","message":"' + "x" * 65 + '"}',
        '{"type":"ArrangeAttendee","attendee":"a","side":"' + "x" * 81 + '"}',
        '{"type":"GiveAnswer","round":1,"about":"\\ud800"}',
        '{"type":"GiveAnswer","round":1,"about":"b","noticed":true}',
        '{"type":"Nonsense"}',
        "{}",
    ],
)
def test_what_is_out_of_bounds_is_no_message(command: str) -> None:
    with pytest.raises(Refused, match="bad_message"):
        sent(command)


def test_what_is_within_bounds_is_a_command() -> None:
    assert sent('{"type":"Replan","seed":2147483647}') == c.Replan(seed=2**31 - 1)
    assert sent('{"type":"ExtendRound","ends_at":90500}') == c.ExtendRound(ends_at=90.5)
    assert sent('{"type":"AddAttendees","attendees":["k7f2"]}') == c.AddAttendees(attendees=("k7f2",))
