"""Deadlines, pauses, extensions, speaking turns, and a server that was away."""

import math

import msgspec
import pytest
from builders import CURRENT, NOW, Evening, evening, given, rules

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.evening import GRACE, LATEST_TICK
from event_server.domain.messages import Refused
from event_server.domain.phases import Phase


def turns(talk: Evening, size: int = 2) -> list[float]:
    """Return the speaking turns of tables of ``size``, in seconds since the start of the talk."""
    current = talk.state.rounds[-1]
    return [round(at - (current.starts_at or 0.0), 6) for at in current.turns_at[size]]


def test_round_starts_after_the_lead_so_that_every_phone_hears_of_it() -> None:
    call = evening(4, Phase.CALL)
    (started,) = call.send(c.StartRound())
    assert isinstance(started, f.RoundStarted)
    assert (started.starts_at - call.now, started.ends_at - call.now) == (2.0, 362.0)
    assert turns(call) == [0.0, 180.0]
    assert turns(call, 3) == [0.0, 120.0, 240.0]


def test_pause_keeps_the_time_left_and_the_turns_to_come() -> None:
    talk = evening(4, Phase.TALK)
    started = talk.state.rounds[-1].starts_at or 0.0
    talk.wait(102).send(c.Pause())
    assert talk.state.wake_at is None
    talk.wait(1000).send(c.Resume())
    assert talk.state.wake_at == talk.now + 260
    assert talk.state.rounds[-1].starts_at == started
    assert turns(talk) == [0.0, 1180.0]


def test_pause_before_the_start_moves_the_start_as_well() -> None:
    talk = evening(4, Phase.TALK)
    talk.wait(1).send(c.Pause())
    talk.wait(50).send(c.Resume())
    assert talk.state.rounds[-1].starts_at == talk.now + 1
    assert turns(talk) == [0.0, 180.0]


def test_extension_is_shared_by_the_turns_to_come() -> None:
    talk = evening(4, Phase.TALK)
    talk.wait(92).send(c.ExtendRound(ends_at=NOW + 362 + 270))
    assert turns(talk) == [0.0, 270.0]
    assert talk.state.wake_at == NOW + 632


def test_extension_before_the_start_leaves_the_start_alone() -> None:
    talk = evening(4, Phase.TALK)
    talk.wait(1).send(c.ExtendRound(ends_at=NOW + 362 + 60))
    assert talk.state.rounds[-1].starts_at == NOW + 2
    assert turns(talk) == [0.0, 210.0]


def test_extension_while_the_clock_stands_keeps_start_and_turns_together() -> None:
    talk = evening(4, Phase.TALK)
    talk.wait(1).send(c.Pause())
    talk.wait(100).send(c.ExtendRound(ends_at=talk.now + 361 + 60))
    talk.wait(100).send(c.Resume())
    assert talk.state.rounds[-1].starts_at == talk.now + 1
    assert turns(talk) == [0.0, 210.0]
    assert talk.state.wake_at == talk.now + 421


def test_end_may_be_drawn_nearer_but_not_into_the_past() -> None:
    talk = evening(4, Phase.TALK)
    talk.wait(100)
    given(talk).when(c.ExtendRound(ends_at=talk.now)).then(Refused("time_is_past"))
    talk.send(c.ExtendRound(ends_at=talk.now + 30))
    assert talk.state.wake_at == talk.now + 30
    assert turns(talk)[1] < 130


@pytest.mark.parametrize(
    ("ends_at", "code"),
    [(math.nan, "time_is_past"), (math.inf, "time_too_far"), (NOW + 90_000, "time_too_far")],
)
def test_end_that_is_no_time_is_refused(ends_at: float, code: str) -> None:
    talk, feedback = evening(4, Phase.TALK), evening(4, Phase.FEEDBACK)
    for stood, command in ((talk, c.ExtendRound(ends_at=ends_at)), (feedback, c.StartBreak(ends_at=ends_at))):
        with pytest.raises(Refused, match=code):
            stood.send(command)


def test_phase_whose_call_was_taken_back_has_no_clock_to_stop() -> None:
    call = evening(4, Phase.CALL)
    call.send(c.CancelCall())
    assert call.state.phase is Phase.LOBBY
    call.go_to(Phase.FEEDBACK).go_to(Phase.CALL, 2).send(c.CancelCall())
    given(call).when(c.Pause()).then(Refused("no_clock"))
    assert call.state.wake_at is None


@pytest.mark.parametrize("phase", [Phase.CALL, Phase.FEEDBACK, Phase.BREAK])
def test_evening_that_is_not_automatic_waits_for_people(phase: Phase) -> None:
    assert evening(4, phase).state.wake_at is None
    assert evening(4, phase, automatic=True).state.wake_at is not None


def test_automatic_evening_runs_to_the_reveal_by_itself() -> None:
    alone = evening(4, Phase.CALL, automatic=True, break_after=2)
    phases = [alone.state.phase]
    while alone.state.revealed_at is None:
        if alone.state.phase is Phase.FEEDBACK and alone.state.next_number <= 3:
            alone.plan()
        alone.tick()
        phases.append(alone.state.phase)
    one = [Phase.CALL, Phase.TALK, Phase.FEEDBACK]
    assert phases == [*one, *one, Phase.BREAK, *one, Phase.WRAP_UP, Phase.WRAP_UP]


def test_evening_that_becomes_automatic_after_the_deadline_gets_a_moment() -> None:
    for command in (c.SetAutomatic(on=True), c.ChangeRules(rules=rules(automatic=True))):
        late = evening(4, Phase.FEEDBACK)
        late.wait(500).send(command)
        assert late.state.wake_at == late.now + GRACE


def test_evening_that_becomes_automatic_in_time_keeps_its_deadline() -> None:
    feedback = evening(4, Phase.FEEDBACK)
    deadline = feedback.state.deadline
    feedback.send(c.SetAutomatic(on=True))
    assert feedback.state.wake_at == deadline


def test_tick_before_the_deadline_does_nothing() -> None:
    talk = evening(4, Phase.TALK)
    talk.now = (talk.state.wake_at or 0.0) - 0.001
    given(talk).when(c.Tick(), by="clock", expect=None).then()


def test_server_away_past_the_deadline_asks_the_organizer() -> None:
    talk = evening(4, Phase.TALK)
    (fact,) = talk.tick(late=LATEST_TICK + 1)
    assert fact == f.Interrupted(at=talk.now)
    assert talk.state.pausing is not None
    assert talk.state.pausing.interrupted
    assert talk.state.wake_at is None
    talk.send(c.ExtendRound(ends_at=talk.now + 60))
    talk.wait(5).send(c.Resume())
    assert talk.state.wake_at == talk.now + 60


def test_server_back_in_time_ends_the_round_as_if_nothing_had_been() -> None:
    talk = evening(4, Phase.TALK)
    assert isinstance(talk.tick(late=LATEST_TICK)[0], f.RoundEnded)


def test_reveal_comes_however_long_the_server_was_away() -> None:
    wrap_up = evening(4, Phase.WRAP_UP)
    assert wrap_up.tick(late=9999) == [f.ContactsRevealed(at=wrap_up.now)]


def test_automatic_evening_whose_planner_is_behind_asks_instead_of_ending() -> None:
    here = evening(6, Phase.FEEDBACK, 3, automatic=True)
    here.send(c.ChangeRules(rules=rules(automatic=True, rounds=5)))
    assert here.tick() == [f.Interrupted(at=here.now)]
    given(here).when(c.CallToTables()).then(Refused("no_plan", round=4))


def test_automatic_evening_whose_planned_pairs_have_all_gone_asks() -> None:
    here = evening(4, Phase.FEEDBACK, automatic=True)
    for seats in here.state.plan.rounds[1].tables if here.state.plan else ():
        here.send(c.Leave(attendee=seats[0])) if seats else None
    assert len(here.state.present()) == 2
    assert here.tick() == [f.Interrupted(at=here.now)]


def test_automatic_evening_ends_when_the_planner_found_nobody_left_to_meet() -> None:
    pair = evening(2, Phase.FEEDBACK, automatic=True)
    pair.plan()
    assert isinstance(pair.tick()[0], f.EventFinished)


def test_automatic_evening_with_one_person_left_asks() -> None:
    pair = evening(2, Phase.FEEDBACK, automatic=True)
    pair.send(c.Leave(attendee="p001"))
    assert pair.tick() == [f.Interrupted(at=pair.now)]


def test_wall_clock_that_jumps_back_moves_no_deadline() -> None:
    talk = evening(4, Phase.TALK)
    deadline = talk.state.wake_at
    talk.wait(-3600)
    given(talk).when(c.Tick(), by="clock", expect=CURRENT).then()
    assert talk.state.wake_at == deadline


def test_times_survive_the_journal_to_the_last_bit() -> None:
    talk = evening(5, Phase.TALK, odd="trio", talk_seconds=100 / 3)
    written = msgspec.json.encode(talk.journal)
    assert msgspec.json.decode(written, type=list[f.Entry]) == talk.journal
