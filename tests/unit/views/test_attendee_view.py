"""The phone of one attendee, phase by phase."""

import msgspec
import pytest
from builders import ADA, Evening, attendee_ids, evening, scene

from event_server.domain import commands as c
from event_server.domain.messages import RoundPlan, guest
from event_server.domain.phases import Phase
from event_server.views.attendee import AttendeeView, attendee_view

LONGEST_ID = 8
"""Characters of an attendee's id; those of tests are shorter."""

LARGEST_VIEW = 1024
"""Bytes: a view is to fit one packet, also at a table of five."""


def phone(stood: Evening, person: str, **parts: object) -> AttendeeView:
    """Return what one phone shows now."""
    return attendee_view(scene(stood.state, stood.now, **parts), person)


def called(*tables: tuple[str, ...], people: int = 6, **changes: object) -> Evening:
    """Return round 1 called with these tables."""
    lobby = evening(people, **changes)
    lobby.plan([RoundPlan(tables=tables)])
    lobby.send(c.CallToTables())
    return lobby


@pytest.mark.parametrize("phase", [Phase.CALL, Phase.TALK])
@pytest.mark.parametrize("seats", [2, 3, 4, 5])
def test_view_of_a_table_of_up_to_five_fits_one_packet(phase: Phase, seats: int) -> None:
    view = phone(evening(seats, phase, seats=seats), "p001")
    assert len(view.partners) == seats - 1
    assert len(view.turns) == (seats if phase is Phase.TALK else 0)
    ids = len(view.partners) + len(view.turns) + 1
    real = LONGEST_ID - len("p001")
    assert len(msgspec.json.encode(view)) + ids * real <= LARGEST_VIEW


def test_at_larger_tables_each_partner_has_one_line() -> None:
    on_the_way, *_ = phone(evening(5, Phase.CALL, seats=5), "p001").partners
    assert (on_the_way.headline, on_the_way.why) == ("Coordina progetti di quartiere", ())
    talking = phone(evening(5, Phase.TALK, seats=5), "p001").partners
    assert all(len(partner.why) == 1 and not partner.headline for partner in talking)


def test_people_met_come_in_the_order_of_seats_and_who_left_the_table_last() -> None:
    stood = evening(5, Phase.TALK, 2, seats=5, tables=1)
    first, second, *others = (partner.id for partner in phone(stood, "p001").partners)
    assert [first, second, *others] != sorted([first, second, *others])
    stood.wait(90)
    stood.send(c.Leave(attendee=second))
    stood.send(c.EndRound())
    met = [(one.round, one.id) for one in phone(stood, "p001").met]
    assert met[:4] == [(2, who) for who in (first, *others, second)]
    assert {number for number, _ in met[4:]} == {1}


def test_who_finds_no_seat_at_larger_tables_reads_why() -> None:
    full = called(tuple(attendee_ids(3)), people=4, seats=3, tables=1)
    assert phone(full, "p004").sit_out.reason == "tables"
    unseated = called(tuple(attendee_ids(3)), people=4, seats=3, tables=2)
    assert phone(unseated, "p004").sit_out.reason == "no_seat"


def test_lobby_shows_how_many_came_and_nobody_by_name() -> None:
    lobby = evening(3)
    lobby.send(c.AddAttendees(attendees=("late",)))
    view = phone(lobby, "p001")
    assert (view.present, view.expected, view.me.status) == (3, 4, "present")
    assert b"Persona2" not in msgspec.json.encode(view)


def test_call_says_where_to_go_and_who_will_be_there_and_nothing_they_did_not_show() -> None:
    view = phone(called((), ("p001", "p002")), "p002")
    assert view.table is not None
    assert (view.table.number, view.table.seat) == (2, "B")
    (partner,) = view.partners
    assert (partner.id, partner.name) == ("p001", "Persona1 Prova")
    sent = msgspec.json.encode(view)
    assert b"persona1@" not in sent
    assert b"+39" not in sent
    assert view.met == ()


def test_partner_who_arrived_shows() -> None:
    stood = called(("p001", "p002"))
    stood.send(c.ArriveAtTable(round=1, attendee="p002"), by=guest("p002"))
    assert phone(stood, "p001").partners[0].arrived
    assert not phone(stood, "p002").partners[0].arrived


def test_turns_name_those_at_the_table_and_nobody_where_all_talk() -> None:
    talk = evening(4, Phase.TALK, seats=4, tables=1, talk_seconds=400, lead_seconds=0).wait(250)
    first, second, third, last = talk.state.rounds[-1].tables[0]
    for gone in (first, last):
        talk.send(c.Leave(attendee=gone))
    begin = round((talk.now - 250) * 1000)
    turns = phone(talk, second).turns
    assert [(turn.who, turn.at - begin) for turn in turns] == [
        (second, 100_000),
        (third, 200_000),
        ("", 300_000),
    ]
    talk.send(c.Leave(attendee=third))
    assert phone(talk, second).turns == ()


def test_talk_brings_times_and_turns() -> None:
    stood = called(("p001", "p002")).go_to(Phase.TALK)
    view = phone(stood, "p001")
    start = round((stood.now + 2) * 1000)
    assert (view.starts_at, view.ends_at) == (start, start + 360_000)
    assert [(turn.at - start, turn.who) for turn in view.turns] == [(0, "p001"), (180_000, "p002")]


def test_moved_guest_reads_where_from() -> None:
    stood = called(("p001", "p002"), ("p003", "p004"))
    stood.send(c.ChangeTable(round=1, tables=((1, ("p001", "p004")), (2, ("p003", "p002")))))
    table = phone(stood, "p004").table
    assert table is not None
    assert (table.number, table.moved_from) == (1, 2)
    unmoved = phone(stood, "p001").table
    assert unmoved is not None
    assert unmoved.moved_from is None


def test_same_table_again_says_stay() -> None:
    stood = called(("p001", "p002"), ("p003", "p004"), people=4).go_to(Phase.FEEDBACK)
    stood.plan([RoundPlan(tables=(("p001", "p003"), ("p004", "p002")))])
    stood.send(c.CallToTables())
    stays = {}
    for person in attendee_ids(4):
        table = phone(stood, person).table
        stays[person] = table.stay if table else None
    assert stays == {"p001": True, "p002": False, "p003": False, "p004": True}


def why_out(stood: Evening, person: str) -> str | None:
    """Return the reason for sitting out that a phone shows."""
    view = phone(stood, person)
    return view.sit_out.reason if view.sit_out else None


def test_sitting_out_says_why() -> None:
    odd = called(("p001", "p002"), people=3)
    assert (why_out(odd, "p003"), why_out(odd, "p001")) == ("odd", None)
    few = called(("p001", "p002"), people=4, tables=1)
    assert why_out(few, "p003") == "tables"
    unplanned = called(("p001", "p002"), people=4)
    assert why_out(unplanned, "p003") == "changed"
    unplanned.send(c.AddAttendees(attendees=("late",)))
    unplanned.check_in("late")
    assert why_out(unplanned, "late") == "late"
    unplanned.send(c.ChangeTable(round=1, tables=((1, ("p001", "p003")),)))
    assert why_out(unplanned, "p002") == "changed"


def test_sitting_out_alone_after_a_change_is_not_for_having_met_everybody() -> None:
    stood = called(("p001", "p002"), people=3)
    stood.send(c.ChangeTable(round=1, tables=((1, ("p001", "p003")),)))
    assert why_out(stood, "p002") == "changed"


def test_who_met_everybody_else_who_sits_out_reads_so() -> None:
    stood = called(("p001", "p002"), ("p003", "p004"), people=4).go_to(Phase.FEEDBACK)
    stood.plan([RoundPlan(tables=(("p003", "p001"),))])
    stood.send(c.SetPairRule(attendee="p002", other="p004", rule="never"))
    stood.send(c.CallToTables())
    assert why_out(stood, "p002") == "nobody"


def test_guest_who_rests_or_left_is_not_told_to_sit_out() -> None:
    stood = called(("p001", "p002"), people=3)
    stood.send(c.Rest(attendee="p003"), by=guest("p003"))
    assert phone(stood, "p003").sit_out is None


def test_sit_out_promises_the_next_round_if_the_plan_does() -> None:
    stood = evening(3, Phase.CALL)
    (out,) = stood.state.rounds[0].sitting_out
    view = phone(stood, out)
    assert view.sit_out is not None
    assert view.sit_out.back_in == 2


def test_feedback_shows_own_answers_notes_and_reports_only() -> None:
    stood = called(("p001", "p002")).go_to(Phase.FEEDBACK)
    stood.answer("p001", "p002", "maybe", rating=4)
    stood.answer("p002", "p001", "no")
    notes = {("p001", "p002", 1): "mine", ("p002", "p001", 1): "theirs"}
    (met,) = phone(stood, "p001", notes=notes).met
    assert (met.id, met.again, met.rating, met.note, met.missing) == ("p002", "maybe", 4, "mine", False)


def test_mutual_yes_shows_what_each_chose_to_share_once_revealed() -> None:
    stood = called(("p001", "p002")).go_to(Phase.FEEDBACK)
    stood.answer("p001", "p002", "yes")
    stood.answer("p002", "p001", "yes")
    stood.go_to(Phase.WRAP_UP)
    waiting = phone(stood, "p001")
    assert (waiting.contacts, waiting.revealed) == ((), False)
    assert waiting.reveals_at == round((stood.now + 600) * 1000)
    stood.tick()
    (theirs,), (mine,) = phone(stood, "p001").contacts, phone(stood, "p002").contacts
    assert (theirs.id, theirs.email, theirs.phone) == ("p002", "persona2@example.org", "+39 06 555 0002")
    assert (mine.id, mine.email, mine.phone) == ("p001", "persona1@example.org", "")
    assert phone(stood, "p001").met == ()


def test_forgotten_person_is_a_number_even_while_their_row_still_stands() -> None:
    stood = called(("p001", "p002")).go_to(Phase.FEEDBACK)
    stood.send(c.EraseAttendee(attendee="p002"))
    (met,) = phone(stood, "p001").met
    assert (met.name, met.headline) == ("Guest 2", "")
    assert b"Persona2" not in msgspec.json.encode(phone(stood, "p001"))
    assert b"Persona2" not in msgspec.json.encode(phone(stood, "p002"))


def test_message_to_one_reaches_one_for_five_minutes() -> None:
    stood = evening(2)
    stood.send(c.PostMessage(message="m1", to="p001"), by=ADA)
    texts = {"m1": "La giacca è al guardaroba"}
    shown = phone(stood, "p001", messages=texts).message
    assert shown is not None
    assert shown.text == texts["m1"]
    assert phone(stood, "p002", messages=texts).message is None
    stood.wait(301)
    assert phone(stood, "p001", messages=texts).message is None


def test_standing_clock_shows_the_time_left_and_no_end() -> None:
    stood = called(("p001", "p002")).go_to(Phase.TALK)
    stood.wait(62).send(c.Pause())
    view = phone(stood.wait(1000), "p001")
    assert view.ends_at is None
    assert view.paused is not None
    assert (view.paused.remaining, view.paused.interrupted) == (300_000, False)
