"""Every command in every phase: the table below is what an organizer may rely on."""

from typing import get_args

import msgspec
import pytest
from builders import ADA, NOW, Evening, evening, planned_rounds

from event_server.domain import commands as c
from event_server.domain.live_event import decide, evolve
from event_server.domain.messages import Refused, RoundPlan, guest
from event_server.domain.phases import ALLOWED, Phase

# `+` has an effect, `=` is accepted and changes nothing, `.` is refused with wrong_phase; anything else is
# the code of the refusal. In DRAFT and LOBBY no round was called; the others stand in round 2 of 3.
TABLE = """
                 draft         lobby call           talk feedback break wrap_up       closed
CreateEvent      event_exists  .     .              .    .        .     .             .
ChangeRules      +             +     +              +    +        +     +             .
SetAutomatic     +             +     +              +    +        +     +             .
OpenLobby        +             .     .              .    .        .     .             .
CallToTables     .             +     .              .    +        +     .             .
CancelCall       .             .     +              .    .        .     .             .
StartRound       .             .     +              .    .        .     .             .
ExtendRound      .             .     +              +    +        +     .             .
Pause            .             .     +              +    +        +     .             .
Resume           .             .     =              =    =        =     .             .
EndRound         .             .     .              +    .        .     .             .
StartBreak       .             .     .              .    +        .     .             .
FinishEvent      .             .     +              +    +        +     .             .
RevealContacts   .             .     .              .    .        .     +             .
CloseEvent       +             +     .              .    .        .     +             .
Tick             =             =     =              =    =        =     =             =
AddAttendees     +             +     +              +    +        +     .             .
ChangeProfile    +             +     +              +    +        +     +             .
MergeTags        +             +     +              +    +        +     +             .
ArrangeAttendee  +             +     +              +    +        +     .             .
SetPairRule      +             +     +              +    +        +     .             .
CheckIn          .             +     +              +    +        +     .             .
UndoCheckIn      .             +     +              +    +        +     .             .
Rest             .             +     +              +    +        +     .             .
Return           .             +     +              +    +        +     .             .
Leave            +             +     +              +    +        +     +             .
SetStandby       .             +     +              +    +        +     .             .
EraseAttendee    +             +     +              +    +        +     +             +
Replan           +             +     +              +    +        +     .             .
PublishPlan      +             +     +              +    +        +     .             .
PatchRound       .             +     .              .    +        +     .             .
ChangeTable      .             .     +              +    .        .     .             .
ArriveAtTable    .             .     +              +    .        .     .             .
ReportMissing    .             .     +              +    +        +     +             .
AskForHelp       .             +     +              +    +        +     .             .
AnswerHelp       =             +     +              +    +        +     +             .
GiveAnswer       .             .     +              +    +        +     +             answers_closed
SaveNote         .             .     +              +    +        +     +             +
HideContacts     .             .     .              .    .        .     not_revealed  +
PostMessage      +             +     +              +    +        +     +             .
"""
HEADER, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CASES = [
    (row[0], Phase(phase), expected) for row in ROWS for phase, expected in zip(HEADER, row[1:], strict=True)
]

BY_GUEST = {c.ArriveAtTable, c.ReportMissing, c.AskForHelp, c.GiveAnswer, c.SaveNote, c.HideContacts}

ALWAYS_RECORDED = {c.ChangeProfile, c.MergeTags, c.SaveNote}
"""They only say that something outside the journal changed, and that may happen again and again."""


def stage(phase: Phase) -> Evening:
    """Return an evening of six in ``phase``, with one more who rests, one present late, one expected."""
    unheld = phase in {Phase.DRAFT, Phase.LOBBY}
    stood = evening(6, phase) if unheld else evening(6).go_to(phase, number=2)
    if phase in {Phase.WRAP_UP, Phase.CLOSED}:
        return stood
    stood.send(c.AddAttendees(attendees=("resting", "late", "expected")))
    if phase is not Phase.DRAFT:
        stood.check_in("resting", "late")
        stood.send(c.Rest(attendee="resting"))
        stood.send(c.AskForHelp(attendee="p006", kind="lost"), by=guest("p006"))
    if phase is Phase.LOBBY:
        stood.plan()
    return stood


def asking_for_help(stood: Evening) -> Evening:
    """Return an evening in WRAP_UP in which somebody still waits for help since the last round."""
    if stood.state.phase is not Phase.WRAP_UP:
        return stood
    waiting = evening(6, Phase.FEEDBACK, 2)
    waiting.send(c.AskForHelp(attendee="p006", kind="lost"), by=guest("p006"))
    return waiting.go_to(Phase.WRAP_UP, 2)


def command_for(kind: type[c.Command], stood: Evening) -> c.Command:
    """Return a command that makes sense in the evening wherever the phase allows it."""
    state, now = stood.state, stood.now
    first = state.rounds[0].partners_of("p001")[0] if state.rounds else "p002"
    number = max(1, len(state.rounds))
    tables = state.round.tables if state.round else (("p001", "p002"), ("p003", "p004"))
    swapped = ((1, (tables[0][1], tables[0][0])),)
    people = [p for p in ("p001", "p002", "p003", "p004", "p005", "p006") if p in state.roster]
    plan = planned_rounds(state, people) if state.phase is not Phase.CLOSED else ()
    patched = plan[0].tables[::-1] if plan else ()
    samples: dict[type[c.Command], c.Command] = {
        c.CreateEvent: c.CreateEvent(rules=state.rules),
        c.ChangeRules: c.ChangeRules(rules=msgspec.structs.replace(state.rules, talk_seconds=99.0)),
        c.SetAutomatic: c.SetAutomatic(on=True),
        c.ExtendRound: c.ExtendRound(ends_at=now + 1234),
        c.StartBreak: c.StartBreak(ends_at=now + 600),
        c.AddAttendees: c.AddAttendees(attendees=("new",)),
        c.ChangeProfile: c.ChangeProfile(attendee="p001"),
        c.ArrangeAttendee: c.ArrangeAttendee(attendee="p001", table=4),
        c.SetPairRule: c.SetPairRule(attendee="p001", other="p006", rule="must", by=3),
        c.CheckIn: c.CheckIn(attendee="expected"),
        c.UndoCheckIn: c.UndoCheckIn(attendee="late"),
        c.Rest: c.Rest(attendee="p001"),
        c.Return: c.Return(attendee="resting"),
        c.Leave: c.Leave(attendee="p001"),
        c.SetStandby: c.SetStandby(attendee="p001", on=False),
        c.EraseAttendee: c.EraseAttendee(attendee="p001"),
        c.Replan: c.Replan(seed=7),
        c.PublishPlan: c.PublishPlan(
            basis=state.plan_basis, first_round=state.next_number, rounds=plan, value=1
        ),
        c.PatchRound: c.PatchRound(round=state.next_number, plan=RoundPlan(tables=patched)),
        c.ChangeTable: c.ChangeTable(round=number, tables=swapped),
        c.ArriveAtTable: c.ArriveAtTable(round=number, attendee="p001"),
        c.ReportMissing: c.ReportMissing(round=1, about=first, attendee="p001"),
        c.AskForHelp: c.AskForHelp(kind="noise", attendee="p001"),
        c.AnswerHelp: c.AnswerHelp(attendee="p006"),
        c.GiveAnswer: c.GiveAnswer(round=1, about=first, again="yes", attendee="p001"),
        c.SaveNote: c.SaveNote(round=1, about=first, attendee="p001"),
        c.HideContacts: c.HideContacts(attendee="p001"),
        c.PostMessage: c.PostMessage(message="m1"),
    }
    return samples[kind] if kind in samples else kind()


def prepared(name: str, phase: Phase) -> tuple[Evening, c.Command, str]:
    """Return an evening in ``phase``, the command called ``name`` for it, and who sends it."""
    kind: type[c.Command] = getattr(c, name)
    stood = stage(phase)
    if kind is c.AnswerHelp:
        stood = asking_for_help(stood)
    return stood, command_for(kind, stood), guest("p001") if kind in BY_GUEST else ADA


@pytest.mark.parametrize(("name", "phase", "expected"), CASES)
def test_command_does_in_this_phase_what_the_table_says(name: str, phase: Phase, expected: str) -> None:
    stood, command, by = prepared(name, phase)
    before, recorded = stood.state, len(stood.journal)
    try:
        outcome = "+" if stood.send(command, by=by) else "="
    except Refused as refused:
        outcome = "." if refused.code == "wrong_phase" else refused.code
    assert outcome == expected
    if outcome != "+":
        assert stood.state is before
        assert len(stood.journal) == recorded


@pytest.mark.parametrize(("name", "phase"), [case[:2] for case in CASES if case[2] == "+"])
def test_command_repeated_has_no_second_effect(name: str, phase: Phase) -> None:
    stood, command, by = prepared(name, phase)
    request = stood.request(command, by=by)
    facts = decide(stood.state, request, stood.now)
    stood.record(*facts, by=by, request_id=request.id)
    assert decide(stood.state, request, stood.now) == [], "the same id is known"
    try:
        again = decide(stood.state, stood.request(command, by=by), stood.now)
    except Refused:
        return
    assert again == [] or type(command) in ALWAYS_RECORDED, "a new id finds nothing left to do"


def test_table_names_every_command_and_every_phase() -> None:
    assert [row[0] for row in ROWS] == [kind.__name__ for kind in get_args(c.Command)]
    assert [Phase(name) for name in HEADER] == list(Phase)


def test_allowed_says_the_same_as_the_table() -> None:
    for name, phase, expected in CASES:
        assert (getattr(c, name) in ALLOWED[phase]) == (expected != "."), (name, phase)


@pytest.mark.parametrize("kind", get_args(c.Command))
def test_nothing_but_creation_is_possible_without_an_event(kind: type[c.Command]) -> None:
    nothing = Evening()
    command = command_for(kind, nothing)
    if kind is c.CreateEvent:
        assert nothing.send(command)
        return
    with pytest.raises(Refused, match="no_such_event"):
        nothing.send(command)


@pytest.mark.parametrize("phase", list(Phase))
def test_organizer_reaches_the_end_from_every_phase(phase: Phase) -> None:
    stood = stage(phase)
    if c.FinishEvent in ALLOWED[phase]:
        stood.send(c.FinishEvent())
    if c.CloseEvent in ALLOWED[stood.state.phase]:
        stood.send(c.CloseEvent())
    assert stood.state.phase is Phase.CLOSED


def test_evolve_leaves_the_state_it_was_given_alone() -> None:
    stood = stage(Phase.FEEDBACK)
    before, entry = stood.state, stood.journal[-1]
    copy = msgspec.json.encode(before.answers), dict(before.roster), before.rounds
    evolve(before, msgspec.structs.replace(entry, version=entry.version + 1, at=NOW))
    assert (msgspec.json.encode(before.answers), dict(before.roster), before.rounds) == copy
