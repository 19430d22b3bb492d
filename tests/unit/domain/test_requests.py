"""Who sends what, twice, too late or at the same moment as somebody else."""

import pytest
from builders import ADA, GUS, evening, given, rules

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.live_event import REMEMBERED_IDS, decide, is_known
from event_server.domain.messages import CLOCK, Refused, guest
from event_server.domain.phases import Phase


def test_same_id_of_another_sender_is_another_request() -> None:
    lobby = evening(2)
    lobby.send(c.SetStandby(attendee="p001", on=False), by=guest("p001"), request_id="x")
    assert lobby.send(c.SetStandby(attendee="p002", on=False), by=guest("p002"), request_id="x")
    assert lobby.send(c.SetStandby(attendee="p001", on=True), by=guest("p001"), request_id="x") == []


def test_last_64_ids_of_each_sender_are_remembered() -> None:
    lobby = evening(1)
    for number in range(REMEMBERED_IDS + 1):
        command = c.SetStandby(attendee="p001", on=number % 2 == 1)
        assert lobby.send(command, by=guest("p001"), request_id=f"s{number}")
    known = [
        is_known(lobby.state, lobby.request(c.Tick(), by=guest("p001"), request_id=f"s{n}"))
        for n in (0, 1, 64)
    ]
    assert known == [False, True, True]


def test_repeated_request_is_accepted_even_when_its_expect_is_stale_by_now() -> None:
    call = evening(4, Phase.CALL)
    seen = call.state.control_version
    call.send(c.Pause(), request_id="press", expect=seen)
    assert call.send(c.Pause(), request_id="press", expect=seen) == []


def test_second_of_two_organizers_hears_who_did_what() -> None:
    talk = evening(4, Phase.TALK)
    seen = talk.state.control_version
    talk.send(c.Pause(), by=ADA, expect=seen)
    given(talk).when(c.EndRound(), by=GUS, expect=seen).then(Refused("stale", by=ADA, did="Paused"))


def test_organizer_who_lost_against_the_clock_hears_so() -> None:
    talk = evening(4, Phase.TALK)
    seen = talk.state.control_version
    talk.tick()
    given(talk).when(c.ExtendRound(ends_at=talk.now + 60), expect=seen).then(
        Refused("stale", by=CLOCK, did="RoundEnded")
    )


def test_organizer_must_say_what_they_saw() -> None:
    given(evening(4)).when(c.OpenLobby(), expect=None).then(Refused("expect_missing"))


@pytest.mark.parametrize(
    "command",
    [
        c.CheckIn(attendee="late"),
        c.Leave(attendee="p001"),
        c.GiveAnswer(attendee="p003", about="p004", round=1, again="yes"),
        c.AskForHelp(attendee="p003", kind="lost"),
        c.PostMessage(message="m"),
        c.Replan(seed=3),
    ],
    ids=lambda command: type(command).__name__,
)
def test_what_guests_and_door_do_does_not_get_in_an_organizers_way(command: c.Command) -> None:
    talk = evening(4, Phase.TALK)
    talk.send(c.AddAttendees(attendees=("late",)))
    seen = talk.state.control_version
    by = guest(getattr(command, "attendee", "")) if hasattr(command, "attendee") else ADA
    assert talk.send(command, by=by)
    assert talk.state.control_version == seen
    assert talk.send(c.Pause(), expect=seen)


def test_cancelled_call_stands_in_the_history_with_its_round() -> None:
    call = evening(4, Phase.CALL)
    call.send(c.CancelCall(), by=GUS)
    line = call.state.history[-1]
    assert (line.actor, line.fact, line.round) == (GUS, "CallCancelled", 1)


def test_event_is_created_once() -> None:
    given(f.EventCreated(rules=rules())).when(c.CreateEvent(rules=rules())).then(Refused("event_exists"))


def test_deciding_changes_nothing() -> None:
    lobby = evening(4)
    before = lobby.state
    request = lobby.request(c.Leave(attendee="p001"))
    assert decide(before, request, lobby.now) == decide(before, request, lobby.now)
    assert lobby.state is before
