"""Tables of a called round: who sits where, who is moved, and who has met in the end."""

import pytest
from builders import ADA, CURRENT, Evening, evening, given

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.messages import Refused, RoundPlan, guest
from event_server.domain.phases import Phase
from event_server.domain.state import SHORTEST_MEETING


def called(people: int = 6, phase: Phase = Phase.CALL, **changes: object) -> Evening:
    """Return round 1, with p001+p002 at table 1, p003+p004 at 2 and so on; who is left over sits out."""
    lobby = evening(people, **changes)
    ids = lobby.state.present()
    seated = tuple(ids[i : i + 2] for i in range(0, people - 1, 2))
    lobby.plan([RoundPlan(tables=seated, sitting_out=ids[2 * len(seated) :])])
    lobby.send(c.CallToTables())
    return lobby if phase is Phase.CALL else lobby.go_to(phase)


def change(round_: Evening, *tables: tuple[int, tuple[str, ...]], after: float = 0.0) -> Evening:
    """Seat tables anew, ``after`` seconds of talk from now."""
    round_.wait(after).send(c.ChangeTable(round=len(round_.state.rounds), tables=tables))
    return round_


def test_everyone_present_at_the_call_sits_or_sits_out() -> None:
    round_ = called(7)
    assert round_.state.rounds[0].tables[:3] == (("p001", "p002"), ("p003", "p004"), ("p005", "p006"))
    assert round_.state.rounds[0].sitting_out == {"p007"}


def test_latecomer_waits_for_the_next_round_and_has_not_sat_out() -> None:
    round_ = called(6)
    round_.send(c.AddAttendees(attendees=("late",)))
    round_.check_in("late").go_to(Phase.FEEDBACK)
    assert round_.state.sit_outs()["late"] == 0
    round_.go_to(Phase.CALL, 2)
    assert round_.state.rounds[1].table_of("late") or "late" in round_.state.rounds[1].sitting_out


def test_plan_made_fit_for_who_is_here_says_so() -> None:
    lobby = evening(6)
    lobby.plan()
    lobby.send(c.Leave(attendee="p001"))
    (fact,) = lobby.send(c.CallToTables())
    assert isinstance(fact, f.RoundCalled)
    assert fact.patched
    assert "p002" in fact.sitting_out


@pytest.mark.parametrize(
    ("tables", "refusal"),
    [
        (((1, ("p001", "p003")),), Refused("seated_twice", attendee="p003")),
        (((1, ("p001", "p002", "p007")),), Refused("table_full", table=1, seats=2)),
        (((9, ("p007",)),), Refused("no_such_table", table=9, tables=4)),
        (((0, ("p007",)),), Refused("no_such_table", table=0, tables=4)),
        (((4, ("nobody",)),), Refused("unknown_attendee", attendee="nobody")),
        (((4, ("gone",)),), Refused("not_present", attendee="gone")),
        (((1, ("p001", "p007")), (4, ("p002",))), Refused("must_not_meet", attendee="p001", other="p007")),
        (
            ((1, ("p005", "p002")), (3, ("p001", "p006"))),
            Refused("wrong_table", attendee="p005", table=1, fixed=3),
        ),
    ],
)
def test_change_that_breaks_a_rule_is_refused(
    tables: tuple[tuple[int, tuple[str, ...]], ...], refusal: Refused
) -> None:
    round_ = called(7)
    round_.send(c.SetPairRule(attendee="p001", other="p007", rule="never"))
    round_.send(c.ArrangeAttendee(attendee="p005", table=3))
    round_.send(c.AddAttendees(attendees=("gone",)))
    given(round_).when(c.ChangeTable(round=1, tables=tables)).then(refusal)


def test_change_is_not_refused_for_rules_made_since_about_other_tables() -> None:
    round_ = called(7, Phase.TALK)
    round_.send(c.SetPairRule(attendee="p001", other="p002", rule="never"))
    round_.send(c.ArrangeAttendee(attendee="p003", table=4))
    assert change(round_, (3, ("p007", "p006"))).state.rounds[0].tables[2] == ("p007", "p006")


def test_swap_seats_nobody_twice_at_any_point_of_the_journal() -> None:
    round_ = called(6)
    facts = round_.send(c.ChangeTable(round=1, tables=((1, ("p001", "p004")), (2, ("p003", "p002")))))
    assert len(facts) == 2
    between = Evening()
    for entry in round_.journal[:-1]:
        between.record(entry.fact)
    assert between.state.rounds[0].tables[:2] == (("p001", "p004"), ("p003",))
    assert round_.state.rounds[0].tables[:2] == (("p001", "p004"), ("p003", "p002"))
    assert round_.state.rounds[0].moved == {"p002": 1, "p004": 2}
    assert round_.state.rounds[0].sitting_out == frozenset()


def test_move_back_to_the_table_of_the_call_is_no_move() -> None:
    round_ = change(called(6), (1, ("p001", "p004")), (2, ("p003", "p002")))
    change(round_, (1, ("p001", "p002")), (2, ("p003", "p004")))
    assert round_.state.rounds[0].moved == {}


def test_who_was_moved_has_not_arrived_yet() -> None:
    round_ = called(7)
    for person in ("p001", "p002"):
        round_.send(c.ArriveAtTable(round=1, attendee=person), by=guest(person))
    change(round_, (1, ("p001", "p007")))
    assert round_.state.rounds[0].at_table == {"p001"}
    assert round_.state.rounds[0].moved == {"p002": 1, "p007": 0}


def test_table_named_twice_in_a_change_counts_once() -> None:
    round_ = called(7)
    facts = round_.send(c.ChangeTable(round=1, tables=((4, ("nobody",)), (4, ("p007",)))))
    assert facts == [f.TableChanged(round=1, table=4, seated=("p007",), at=round_.now)]


def test_leaver_frees_the_table_and_the_one_left_behind_counts_as_sitting_out() -> None:
    round_ = called(6)
    round_.send(c.Leave(attendee="p001"), by=guest("p001"))
    assert round_.state.rounds[0].tables[0] == ("p002",)
    round_.go_to(Phase.FEEDBACK)
    assert round_.state.sit_outs()["p002"] == 1
    assert round_.state.sit_outs()["p001"] == 0


def test_two_left_behind_are_seated_together() -> None:
    round_ = called(6)
    for person in ("p001", "p003"):
        round_.send(c.Leave(attendee=person), by=guest(person))
    change(round_, (1, ("p002", "p004")), (2, ())).go_to(Phase.FEEDBACK)
    assert ("p002", "p004") in round_.state.rounds[0].meetings
    assert set(round_.state.sit_outs().values()) == {0}


@pytest.mark.parametrize(("seconds", "met"), [(SHORTEST_MEETING, True), (SHORTEST_MEETING - 0.5, False)])
def test_a_minute_at_one_table_is_a_meeting(seconds: float, met: bool) -> None:
    talk = called(7, Phase.TALK)
    talk.wait(talk.state.rules.lead_seconds)
    change(talk, (1, ("p001", "p007")), after=seconds).go_to(Phase.FEEDBACK)
    meetings = talk.state.rounds[0].meetings
    assert (("p001", "p002") in meetings) == met
    assert ("p001", "p007") in meetings, "they sat together until the end"
    assert talk.state.sit_outs()["p002"] == (0 if met else 1)


def test_seconds_before_the_start_do_not_count() -> None:
    talk = called(7, Phase.TALK)
    change(talk, (1, ("p001", "p007")), after=1)
    change(talk, (1, ("p001", "p002")), after=60)
    assert talk.state.rounds[0].met("p001") == {"p002"}, "59 seconds of talk with p007"


def test_minute_may_be_broken_by_a_third_who_leaves() -> None:
    talk = called(7, Phase.TALK, odd="trio")
    change(talk, (1, ("p001", "p002", "p007")))
    talk.wait(32).send(c.Leave(attendee="p007"))
    talk.wait(40).send(c.Leave(attendee="p002"))
    talk.go_to(Phase.FEEDBACK)
    assert talk.state.rounds[0].met("p001") == {"p002"}, "30 and 40 seconds"


def test_answer_about_somebody_parted_within_the_minute_goes() -> None:
    talk = called(7, Phase.TALK)
    talk.answer("p001", "p002", "yes")
    talk.answer("p003", "p004", "yes")
    change(talk, (1, ("p001", "p007")), after=20)
    assert set(talk.state.answers) == {"p003"}
    given(talk).when(c.GiveAnswer(attendee="p001", about="p002", round=1, again="no"), by=guest("p001")).then(
        Refused("not_met", about="p002", round=1)
    )


def test_rest_frees_the_seat_before_the_talk_but_not_during_it() -> None:
    call, talk = called(4), called(4, Phase.TALK)
    for round_ in (call, talk):
        round_.send(c.Rest(attendee="p001"), by=guest("p001"))
    assert call.state.rounds[0].tables[0] == ("p002",)
    assert talk.state.rounds[0].tables[0] == ("p001", "p002")
    assert talk.go_to(Phase.FEEDBACK).state.rounds[0].met("p001") == {"p002"}


def test_two_called_to_one_table_who_must_not_meet_are_parted_at_once() -> None:
    round_ = called(6)
    facts = round_.send(c.SetPairRule(attendee="p002", other="p001", rule="never"))
    assert facts[1:] == [f.TableChanged(round=1, table=1, seated=(), at=round_.now)]
    assert round_.state.rounds[0].sitting_out == {"p001", "p002"}


def test_third_who_must_not_meet_one_of_two_leaves_them_together() -> None:
    round_ = change(called(7, odd="trio"), (1, ("p001", "p002", "p007")))
    round_.send(c.SetPairRule(attendee="p001", other="p007", rule="never"))
    assert round_.state.rounds[0].tables[0] == ("p001", "p002")


def test_rule_made_during_the_talk_leaves_the_talk_to_the_organizers() -> None:
    talk = called(4, Phase.TALK)
    assert len(talk.send(c.SetPairRule(attendee="p001", other="p002", rule="never"))) == 1
    assert talk.state.rounds[0].tables[0] == ("p001", "p002")


def test_who_began_least_often_begins() -> None:
    stood = called(4).go_to(Phase.FEEDBACK)
    stood.plan([RoundPlan(tables=(("p001", "p004"), ("p003", "p002")))])
    stood.send(c.CallToTables())
    assert stood.state.rounds[0].tables[:2] == (("p001", "p002"), ("p003", "p004"))
    assert stood.state.rounds[1].tables[:2] == (("p004", "p001"), ("p002", "p003"))


def test_change_for_another_round_is_refused() -> None:
    round_ = called(4)
    given(round_).when(c.ChangeTable(round=2, tables=()), by=ADA, expect=CURRENT).then(
        Refused("no_such_round", round=2)
    )
