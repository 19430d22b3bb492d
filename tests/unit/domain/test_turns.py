"""Whose turn it is where people come and go in the middle of a talk."""

from __future__ import annotations

import msgspec
import pytest
from builders import Evening, evening

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.live_event import replay
from event_server.domain.messages import RoundPlan
from event_server.domain.phases import Phase
from event_server.domain.turns import SHORTEST

LENGTH = 300.0
"""Seconds of a talk: a minute for each of five."""


def talking(*tables: str, seconds: float, seats: int = 5) -> Evening:
    """Return an evening ``seconds`` into its first talk; people by their number, in order of seats."""
    made = evening(9, seats=seats, tables=4, talk_seconds=LENGTH, lead_seconds=0)
    made.plan([RoundPlan(tables=tuple(map(ids, tables)))])
    return made.go_to(Phase.TALK).wait(seconds)


def ids(numbers: str) -> tuple[str, ...]:
    return tuple(f"p00{number}" for number in numbers)


def seat(talk: Evening, **tables: str) -> None:
    """Seat people anew, as ``seat(talk, t1="12")``."""
    changed = tuple((int(name[1:]), ids(numbers)) for name, numbers in tables.items())
    talk.send(c.ChangeTable(round=1, tables=changed))


def leave(talk: Evening, *numbers: str) -> None:
    for person in ids("".join(numbers)):
        talk.send(c.Leave(attendee=person))


def turns(talk: Evening, table: int = 1) -> list[tuple[str, float]]:
    """Return who begins when, in seconds since the start; "all" where it is nobody's turn."""
    current = talk.state.rounds[-1]
    begin = current.starts_at or 0.0
    return [
        (turn.who.removeprefix("p00") if turn.who else "all", round(turn.at - begin, 3))
        for turn in current.turns_of(table)
    ]


def test_who_has_spoken_has_spoken_and_the_others_keep_their_time() -> None:
    talk = talking("12345", seconds=150)
    leave(talk, "1")
    assert turns(talk) == [("1", 0), ("2", 60), ("3", 120), ("4", 180), ("5", 240)]


def test_the_time_of_who_leaves_before_their_turn_is_shared_by_those_to_come() -> None:
    talk = talking("12345", seconds=90)
    leave(talk, "4")
    assert turns(talk) == [("1", 0), ("2", 60), ("3", 120), ("5", 210)]


def test_when_the_speaker_leaves_the_next_begins_at_once() -> None:
    talk = talking("12345", seconds=150)
    leave(talk, "3")
    assert turns(talk) == [("1", 0), ("2", 60), ("3", 120), ("4", 150), ("5", 225)]


def test_when_nobody_is_left_to_speak_all_talk_after_the_last_turn() -> None:
    talk = talking("12345", seconds=200)
    leave(talk, "5")
    assert turns(talk)[3:] == [("4", 180), ("all", 240)]
    leave(talk, "4")
    assert turns(talk)[3:] == [("4", 180), ("all", 200)]


def test_before_the_start_the_whole_talk_is_shared_by_those_who_stay() -> None:
    made = evening(4, seats=4, tables=1, talk_seconds=LENGTH)
    made.go_to(Phase.TALK).wait(1)
    first, second, *_ = made.state.rounds[-1].tables[0]
    made.send(c.Leave(attendee=second))
    assert [at for _, at in turns(made)] == [0, 100, 200]
    assert made.state.rounds[-1].turns_of(1)[0].who == first


def test_somebody_who_joins_comes_last_wherever_they_are_seated() -> None:
    talk = talking("1234", "56789", seconds=80)
    seat(talk, t1="91234", t2="5678")
    assert turns(talk) == [("1", 0), ("2", 75), ("3", 150), ("4", 200), ("9", 250)]
    assert turns(talk, 2) == [("5", 0), ("6", 60), ("7", 120), ("8", 210)]


def test_who_comes_back_has_spoken() -> None:
    talk = talking("12345", "6789", seconds=70)
    seat(talk, t1="2345", t2="67891")
    seat(talk, t1="23451", t2="6789")
    assert turns(talk) == [("1", 0), ("2", 60), ("3", 120), ("4", 180), ("5", 240)]
    assert turns(talk, 2)[-1] == ("9", 225)


@pytest.mark.parametrize(("shortest_turns_left", "speaks"), [(1.1, True), (0.9, False)])
def test_a_turn_that_would_be_over_at_once_is_given_to_nobody(
    shortest_turns_left: float, speaks: bool
) -> None:
    talk = talking("123", seconds=190)
    leave(talk, "3")
    assert turns(talk)[1:] == [("2", 100), ("all", 200)]
    joins_at = round(LENGTH - shortest_turns_left * SHORTEST * LENGTH / 3, 3)
    talk.wait(joins_at - 190)
    seat(talk, t1="127")
    assert turns(talk)[2:] == [("7" if speaks else "all", joins_at)]


def test_those_who_wait_keep_their_turns_where_there_is_no_time_for_one_more() -> None:
    talk = talking("12", seconds=140, seats=7)
    seat(talk, t1="1234567")
    assert turns(talk) == [("1", 0), *((str(n), 150 + 25 * (n - 2)) for n in range(2, 8))]
    talk.wait(150)
    leave(talk, "2")
    seat(talk, t1="1345678")
    assert turns(talk)[-1] == ("7", 275)


@pytest.mark.parametrize("spoken", [0, 1])
def test_a_partner_who_is_replaced_leaves_the_other_their_turn(spoken: int) -> None:
    talk = talking("12", "34", seconds=60 + spoken * 150, seats=2)
    leave(talk, "2")
    assert turns(talk)[:1] == [("1", 0)]
    leave(talk, "3", "4")
    talk.wait(20)
    seat(talk, t1="15")
    assert turns(talk) == ([("1", 0), ("5", 150)], [("1", 0), ("2", 150), ("5", 230)])[spoken]


def test_at_a_table_seated_in_the_middle_of_a_talk_all_share_what_is_left() -> None:
    talk = talking("12345", "678", seconds=100)
    seat(talk, t1="123", t4="45")
    assert turns(talk, 4) == [("4", 100), ("5", 200)]


def test_pause_resume_and_extension_move_a_tables_own_turns_as_they_move_all() -> None:
    talk = talking("12345", "6789", seconds=150)
    leave(talk, "4")
    assert turns(talk)[2:] == [("3", 120), ("5", 180)]
    talk.send(c.Pause())
    talk.wait(1000).send(c.Resume())
    assert turns(talk)[2:] == [("3", 120), ("5", 1180)]
    talk.send(c.ExtendRound(ends_at=(talk.state.deadline or 0.0) + 150))
    assert turns(talk)[2:] == [("3", 120), ("5", 1210)]
    assert talk.state.rounds[-1].turns_at[5][3] == talk.state.rounds[-1].turns_of(1)[3].at


def test_while_the_clock_stands_turns_are_shared_from_where_it_stopped() -> None:
    talk = talking("12345", seconds=150)
    talk.send(c.Pause())
    talk.wait(500)
    leave(talk, "3", "4")
    assert turns(talk)[2:] == [("3", 120), ("5", 150)]
    talk.send(c.ExtendRound(ends_at=talk.now + 150))
    talk.wait(10).send(c.Resume())
    assert turns(talk)[2:] == [("3", 120), ("5", 150)]


def test_a_talk_that_is_overdue_gives_no_more_turns() -> None:
    talk = talking("12345", seconds=LENGTH + 5)
    leave(talk, "5")
    assert turns(talk)[3:] == [("4", 180), ("5", 240)]


def test_a_change_before_the_talk_leaves_even_turns() -> None:
    call = evening(5, Phase.CALL, seats=5, tables=1, talk_seconds=LENGTH, lead_seconds=0)
    (left, changed) = call.send(c.Leave(attendee="p003"))
    assert isinstance(left, f.AttendeeLeft)
    assert isinstance(changed, f.TableChanged)
    assert changed.turns == ()
    call.go_to(Phase.TALK)
    assert [at for _, at in turns(call)] == [0, 75, 150, 225]


def test_a_journal_written_before_tables_had_turns_of_their_own_goes_by_their_size() -> None:
    talk = talking("12345", seconds=150)
    talk.record(f.TableChanged(round=1, table=1, seated=ids("1245"), at=talk.now))
    assert turns(talk) == [("1", 0), ("2", 75), ("4", 150), ("5", 225)]


def test_turns_of_a_table_survive_the_journal() -> None:
    talk = talking("12345", seconds=100 / 3)
    leave(talk, "5")
    read = msgspec.json.decode(msgspec.json.encode(talk.journal), type=list[f.Entry])
    assert replay("prova", read) == talk.state
