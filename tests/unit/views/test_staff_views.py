"""The dashboard and the projector."""

import msgspec
from builders import ADA, GUS, Evening, attendee_ids, evening, scene

from event_server.domain import commands as c
from event_server.domain.card import EventCard
from event_server.domain.messages import RoundPlan, guest
from event_server.domain.phases import Phase
from event_server.domain.profile import Profile
from event_server.views.control import ControlView, control_view
from event_server.views.projector import ProjectorView, projector_view
from event_server.views.room import RoomView, room_view
from event_server.views.scene import Person, Presence


def control(stood: Evening, **parts: object) -> ControlView:
    return control_view(scene(stood.state, stood.now, **parts))


def room(stood: Evening, **parts: object) -> RoomView:
    return room_view(scene(stood.state, stood.now, **parts))


def projector(stood: Evening, **parts: object) -> ProjectorView:
    return projector_view(scene(stood.state, stood.now, **parts))


def test_buttons_are_those_that_would_do_something() -> None:
    buttons = {
        phase: {"CallToTables", "StartRound", "Pause", "Resume", "ExtendRound", "RevealContacts"}
        & set(control(evening(4, phase)).allowed)
        for phase in Phase
    }
    clock = {"Pause", "ExtendRound"}
    assert buttons == {
        Phase.DRAFT: set(),
        Phase.LOBBY: {"CallToTables"},
        Phase.CALL: {"StartRound", *clock},
        Phase.TALK: clock,
        Phase.FEEDBACK: {"CallToTables", *clock},
        Phase.BREAK: {"CallToTables", *clock},
        Phase.WRAP_UP: {"RevealContacts"},
        Phase.CLOSED: set(),
    }


def test_standing_clock_offers_to_go_on_and_a_phase_without_clock_neither() -> None:
    talk, cancelled = evening(4, Phase.TALK), evening(4, Phase.CALL, 2)
    talk.send(c.Pause())
    cancelled.send(c.CancelCall())
    assert {"Pause", "Resume"} & set(control(talk).allowed) == {"Resume"}
    assert {"Pause", "Resume", "ExtendRound"} & set(control(cancelled).allowed) == set()


def test_last_round_offers_no_further_one() -> None:
    assert {"CallToTables", "StartBreak", "FinishEvent"} & set(
        control(evening(4, Phase.FEEDBACK, 3)).allowed
    ) == {"FinishEvent"}


def test_history_says_who_did_what() -> None:
    talk = evening(4, Phase.TALK)
    talk.send(c.Pause(), by=GUS)
    lines = control(talk, accounts={"gus": "Gus Regia"}).history
    assert [(line.did, line.by, line.round) for line in lines[:2]] == [
        ("Paused", "Gus Regia", 1),
        ("RoundStarted", "ada", 1),
    ]
    talk.send(c.Resume())
    talk.tick()
    assert (control(talk).history[0].did, control(talk).history[0].by) == ("RoundEnded", "")


def test_counts_of_people_follow_the_room() -> None:
    call = evening(5, Phase.CALL)
    call.send(c.AddAttendees(attendees=("late",)))
    call.send(c.ArriveAtTable(round=1, attendee="p001"), by=guest("p001"))
    counts = control(call, presence={"p001": Presence(sockets=2, seen_at=call.now)}).counts
    assert (counts.listed, counts.present, counts.seated, counts.sitting_out) == (6, 5, 4, 1)
    assert (counts.at_table, counts.online) == (1, 1)


def test_answers_are_counted_from_five_possible_answerers_on() -> None:
    four, six = evening(4, Phase.FEEDBACK), evening(6, Phase.FEEDBACK)
    for stood in (four, six):
        (other,) = stood.state.rounds[0].met("p001")
        stood.answer("p001", other, "no")
    assert control(four).answers is None
    assert projector(four).answered is None
    answers = control(six).answers
    assert answers is not None
    assert (answers.done, answers.possible, projector(six).answered) == (1, 6, 17)


def test_projected_end_follows_the_rules() -> None:
    lobby = evening(4, rounds=2, call_seconds=60, talk_seconds=240, feedback_seconds=60, lead_seconds=0)
    assert control(lobby).projected_end == round((lobby.now + 720) * 1000)
    lobby.go_to(Phase.TALK)
    assert control(lobby.wait(40)).projected_end == round((lobby.now + 200 + 60 + 360) * 1000)
    lobby.send(c.Pause())
    assert control(lobby.wait(1000)).projected_end == round((lobby.now + 200 + 60 + 360) * 1000)


def test_plan_says_whether_it_was_made_for_who_is_here() -> None:
    lobby = evening(5)
    assert control(lobby).plan is None
    lobby.plan()
    plan = control(lobby).plan
    assert plan is not None
    assert (plan.current, plan.rounds, plan.meetings, plan.sit_outs, plan.most_sit_outs) == (True, 3, 6, 3, 1)
    lobby.send(c.Leave(attendee="p001"))
    plan = control(lobby).plan
    assert plan is not None
    assert not plan.current


def test_missing_partner_and_one_left_alone_come_first() -> None:
    call = evening(6)
    call.plan([RoundPlan(tables=(("p001", "p002"), ("p003", "p004"), ("p005", "p006")))])
    call.send(c.CallToTables())
    call.send(c.ReportMissing(attendee="p001", about="p002", round=1), by=guest("p001"))
    call.send(c.Leave(attendee="p004"), by=guest("p004"))
    call.send(c.AskForHelp(attendee="p005", kind="lost"), by=guest("p005"))
    shown = room(call)
    assert [(tile.number, tile.trouble) for tile in shown.tables] == [
        (1, "missing"),
        (2, "alone"),
        (3, "help"),
    ]
    assert [(item.kind, item.table) for item in shown.attention[:3]] == [
        ("missing", 1),
        ("alone", 2),
        ("help", 3),
    ]
    assert shown.attention[0].names == ("Persona2 P.",)


def test_many_missing_from_one_table_are_counted_and_not_all_named() -> None:
    call = evening(6, Phase.CALL, seats=6, tables=1)
    for about in attendee_ids(6)[1:]:
        call.send(c.ReportMissing(attendee="p001", about=about, round=1), by=guest("p001"))
    first, *_ = room(call).attention
    assert (first.kind, first.detail, first.count) == ("missing", "Persona1 P.", 5)
    assert first.names == ("Persona2 P.", "Persona3 P.", "Persona4 P.")


def test_room_lists_who_waits() -> None:
    call = evening(5, Phase.CALL)
    call.send(c.AddAttendees(attendees=("late",)))
    call.check_in("late")
    shown = room(call)
    assert {person.id for person in shown.sitting_out} == call.state.rounds[0].sitting_out
    assert [person.id for person in shown.waiting] == ["late"]


def test_phone_that_fell_asleep_and_phone_that_is_off_differ() -> None:
    call = evening(4, Phase.CALL)
    presence = {
        "p001": Presence(sockets=1, seen_at=call.now),
        "p002": Presence(sockets=1, seen_at=call.now - 21),
        "p003": Presence(sockets=0, seen_at=call.now),
    }
    dots = {person.id: person.dot for tile in room(call, presence=presence).tables for person in tile.people}
    assert dots == {"p001": "live", "p002": "stale", "p003": "offline", "p004": "offline"}


def test_projector_calls_everybody_by_name_and_never_says_who_answered() -> None:
    call = evening(5, Phase.CALL)
    shown = projector(call)
    assert [place.name for place in shown.names] == [f"Persona{n} Prova" for n in range(1, 6)]
    assert [place.table for place in shown.names].count(0) == 1
    assert projector(call.go_to(Phase.TALK)).names == ()


def test_projector_may_show_initials_only() -> None:
    call = evening(4, Phase.CALL)
    card = EventCard(id="prova", title="Prova", initials_only=True)
    assert {place.name for place in projector(call, card=card).names} == {"PP"}


def test_projector_tells_totals_of_mutual_contacts_after_the_reveal_to_five_or_more() -> None:
    mutual = {}
    for people in (4, 6):
        stood = evening(people, Phase.FEEDBACK)
        for author in attendee_ids(people):
            (other,) = stood.state.rounds[0].met(author)
            stood.answer(author, other, "yes")
        stood.go_to(Phase.WRAP_UP)
        totals = projector(stood).totals
        assert totals is not None
        assert (totals.conversations, totals.people, totals.mutual) == (people // 2, people, None)
        stood.tick()
        revealed = projector(stood).totals
        assert revealed is not None
        mutual[people] = revealed.mutual
    assert mutual == {4: None, 6: 3}


def test_the_desk_tells_turns_only_where_all_tables_have_the_same() -> None:
    same, mixed = (evening(people, Phase.TALK, seats=3, tables=3) for people in (6, 8))
    assert {len(seats) for seats in same.state.rounds[0].tables if seats} == {3}
    assert len(control(same).turns) == 3
    assert {len(seats) for seats in mixed.state.rounds[0].tables if seats} == {2, 3}
    assert control(mixed).turns == ()
    assert len(projector(mixed).other_turns) == 1


def test_a_table_with_turns_of_its_own_moves_nothing_that_the_room_is_told() -> None:
    talk = evening(8, Phase.TALK, seats=4, tables=2).wait(10)
    told = (control(talk).turns, projector(talk).turns, projector(talk).other_turns)
    talk.send(c.Leave(attendee=talk.state.rounds[-1].tables[0][-1]))
    assert (control(talk).turns, projector(talk).turns, projector(talk).other_turns) == told
    assert len(told[0]) == 4
    talk.send(c.Leave(attendee=talk.state.rounds[-1].tables[1][-1]))
    assert (control(talk).turns, projector(talk).turns, projector(talk).other_turns) == ((), (), ())


def test_names_on_the_wall_stand_where_they_are_looked_for() -> None:
    called = evening(4, Phase.CALL)
    written = ("Zoe Prova", "Èlia Prova", "ezio Prova", "Fay Prova")
    people = {who: Person(Profile(name=name)) for who, name in zip(called.state.roster, written, strict=True)}
    shown = [place.name for place in projector(called, people=people).names]
    assert shown == ["Èlia Prova", "ezio Prova", "Fay Prova", "Zoe Prova"]


def test_no_staff_view_names_answers_or_contacts() -> None:
    stood = evening(6, Phase.FEEDBACK)
    (other,) = stood.state.rounds[0].met("p001")
    stood.answer("p001", other, "yes", rating=5)
    notes = {("p001", other, 1): "SECRETNOTE"}
    for view in (control(stood, notes=notes), room(stood, notes=notes), projector(stood, notes=notes)):
        sent = msgspec.json.encode(view)
        assert b"again" not in sent
        assert b"SECRETNOTE" not in sent
        assert b"@example.org" not in sent
    assert stood.state.history[-1].actor == "clock"
    assert ADA not in {line.actor for line in stood.state.history[-1:]}
