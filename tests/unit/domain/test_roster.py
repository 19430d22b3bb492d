"""Who is expected, here, resting or gone."""

import pytest
from builders import NOW, evening, given, rules

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.limits import MOST_PEOPLE
from event_server.domain.messages import Refused, guest
from event_server.domain.phases import Phase
from event_server.domain.state import Status


def test_people_are_added_once_whoever_repeats_the_list() -> None:
    draft = evening(2, Phase.DRAFT)
    given(draft).when(c.AddAttendees(attendees=("p002", "new", "new"))).then(f.AttendeeAdded(attendee="new"))
    assert [a.number for a in draft.state.roster.values()] == [1, 2, 3]


def test_list_has_an_end() -> None:
    draft = evening(1, Phase.DRAFT)
    many = tuple(f"x{number}" for number in range(MOST_PEOPLE))
    given(draft).when(c.AddAttendees(attendees=many)).then(Refused("too_many_people", most=MOST_PEOPLE))


def test_guest_without_self_check_in_is_sent_to_the_door() -> None:
    lobby = evening(2, self_check_in=False)
    lobby.send(c.AddAttendees(attendees=("new",)))
    given(lobby).when(c.CheckIn(attendee="new"), by=guest("new")).then(Refused("ask_the_door"))
    given(lobby).when(c.CheckIn(attendee="new")).then(f.AttendeeCheckedIn(attendee="new", at=NOW))


def test_guest_who_called_off_and_thinks_again_still_has_to_check_in() -> None:
    lobby = evening(2, self_check_in=False)
    lobby.send(c.AddAttendees(attendees=("new",)))
    for command in (c.Leave(attendee="new"), c.Return(attendee="new")):
        lobby.send(command, by=guest("new"))
    assert lobby.state.roster["new"].status is Status.REGISTERED


@pytest.mark.parametrize("kind", [c.Rest, c.Leave])
def test_who_comes_back_keeps_the_time_of_arrival(kind: type[c.Rest]) -> None:
    lobby = evening(2)
    lobby.send(kind(attendee="p001"), by=guest("p001"))
    lobby.wait(900).send(c.CheckIn(attendee="p001"))
    lobby.send(kind(attendee="p002"), by=guest("p002"))
    lobby.send(c.Return(attendee="p002"), by=guest("p002"))
    assert [a.arrived_at for a in lobby.state.roster.values()] == [NOW, NOW]
    assert lobby.state.present() == ("p001", "p002")


def test_check_in_by_mistake_is_undone_until_the_first_seat() -> None:
    call = evening(3, Phase.CALL)
    (out,) = call.state.rounds[0].sitting_out
    seated = call.state.rounds[0].tables[0][0]
    given(call).when(c.UndoCheckIn(attendee=seated)).then(Refused("already_seated", attendee=seated))
    given(call).when(c.UndoCheckIn(attendee=out)).then(f.CheckInUndone(attendee=out))
    assert call.state.rounds[0].sitting_out == frozenset()
    assert call.state.roster[out].arrived_at is None


@pytest.mark.parametrize("kind", [c.Leave, c.Rest])
def test_who_sits_out_a_call_and_goes_does_not_sit_out(kind: type[c.Leave]) -> None:
    call = evening(3, Phase.CALL)
    (out,) = call.state.rounds[0].sitting_out
    call.send(kind(attendee=out), by=guest(out))
    assert call.go_to(Phase.FEEDBACK).state.sit_outs()[out] == 0


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (c.SetPairRule(attendee="p001", other="p001", rule="must"), Refused("same_person", attendee="p001")),
        (
            c.SetPairRule(attendee="p001", other="p002", rule="must", by=4),
            Refused("no_such_round", round=4, rounds=3),
        ),
        (
            c.SetPairRule(attendee="p001", other="ghost", rule="never"),
            Refused("unknown_attendee", attendee="ghost"),
        ),
        (c.ArrangeAttendee(attendee="p001", table=5), Refused("no_such_table", table=5, tables=4)),
        (c.ArrangeAttendee(attendee="p001", table=0), Refused("no_such_table", table=0, tables=4)),
        (c.PostMessage(message="m", to="ghost"), Refused("unknown_attendee", attendee="ghost")),
    ],
)
def test_arrangement_that_cannot_be_is_refused(command: c.Command, refusal: Refused) -> None:
    given(evening(2)).when(command).then(refusal)


def test_rule_taken_back_leaves_nothing_behind() -> None:
    lobby = evening(2)
    lobby.send(c.SetPairRule(attendee="p002", other="p001", rule="must", by=2))
    assert lobby.state.pair_rules == {("p001", "p002"): ("must", 2)}
    lobby.send(c.SetPairRule(attendee="p001", other="p002", rule="none", by=2))
    assert lobby.state.pair_rules == {}
    given(lobby).when(c.SetPairRule(attendee="p001", other="p002", rule="none", by=3)).then()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"rounds": 0}, Refused("rule_out_of_range", rule="rounds", value=0, least=1, most=50)),
        ({"odd": "dance"}, Refused("rule_out_of_range", rule="odd", value="dance")),
        ({"rounds": 1}, Refused("rounds_already_called", rounds=1, called=2)),
        ({"tables": 2}, Refused("tables_too_few", tables=2, needed=3)),
    ],
)
def test_rules_leave_room_for_what_already_is(changes: dict[str, object], refusal: Refused) -> None:
    given(evening(6, Phase.CALL, 2)).when(c.ChangeRules(rules=rules(**changes))).then(refusal)


def test_rules_without_a_number_are_refused() -> None:
    with pytest.raises(Refused, match="rule_out_of_range"):
        evening(2).send(c.ChangeRules(rules=rules(talk_seconds=float("nan"))))


@pytest.mark.parametrize(
    "command",
    [
        c.CheckIn(attendee="p003"),
        c.Leave(attendee="p001"),
        c.Rest(attendee="p001"),
        c.ArrangeAttendee(attendee="p001", side="a"),
        c.SetPairRule(attendee="p001", other="p002", rule="never"),
        c.ChangeProfile(attendee="p001"),
        c.MergeTags(),
        c.EraseAttendee(attendee="p001"),
        c.AddAttendees(attendees=("new",)),
        c.ChangeRules(rules=rules(rounds=5)),
        c.Replan(seed=4),
    ],
    ids=lambda command: type(command).__name__,
)
def test_whatever_a_plan_rests_on_asks_for_another(command: c.Command) -> None:
    lobby = evening(2)
    lobby.send(c.AddAttendees(attendees=("p003",)))
    basis = lobby.state.plan_basis
    lobby.send(command)
    assert lobby.state.plan_basis > basis
