"""What every state of a live event, and every step between two, must obey."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.live_event import decide, evolve, replay
from event_server.domain.messages import CLOCK, guest, is_staff
from event_server.domain.phases import ALLOWED, TIMED, Phase
from event_server.domain.results import mutual_contacts, mutual_pairs
from event_server.domain.seating import blocked
from event_server.domain.state import LiveEvent, Round, pair, pairs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

PAIR = 2
MOST_SEATS = 10


def check_state(state: LiveEvent) -> None:
    """Check one state alone: every prefix of every journal must pass."""
    check_clock(state)
    check_rounds(state)
    check_answers(state)
    check_contacts(state)


def check_clock(state: LiveEvent) -> None:
    if state.phase not in TIMED:
        assert state.pausing is None
        assert state.deadline is None or state.phase is Phase.WRAP_UP
    assert state.pausing is None or state.wake_at is None
    current = state.round
    assert (state.running is not None) == (current is not None and current.ended_at is None)
    if state.phase is not Phase.TALK or current is None or current.starts_at is None:
        return
    assert current.ends_at == state.deadline
    for turns in current.turns_at.values():
        assert turns[0] == current.starts_at
        assert all(one < other for one, other in pairwise(turns))
        assert state.pausing is not None or turns[-1] < current.ends_at
    assert {len(seats) for seats in current.tables if len(seats) > 1} <= current.turns_at.keys()
    for table in current.table_turns:
        _check_turns_of(current, table, ends_at=None if state.pausing else current.ends_at)


def _check_turns_of(current: Round, table: int, *, ends_at: float | None) -> None:
    turns = current.turns_of(table)
    assert all(one.at < other.at for one, other in pairwise(turns))
    assert current.starts_at is not None
    assert current.starts_at <= turns[0].at
    assert ends_at is None or turns[-1].at < ends_at
    speakers = [turn.who for turn in turns if turn.who is not None]
    assert len(set(speakers)) == len(speakers), "nobody gets two turns"
    assert all(turn.who is not None for turn in turns[:-1]), "all talk at the end only"


def check_rounds(state: LiveEvent) -> None:
    assert [held.number for held in state.rounds] == list(range(1, len(state.rounds) + 1))
    for held in state.rounds:
        seated = [person for seats in held.tables for person in seats]
        assert max(Counter(seated).values(), default=1) == 1, "nobody sits at two tables"
        assert held.sitting_out.isdisjoint(seated)
        assert max(map(len, held.tables), default=0) <= MOST_SEATS
        assert held is state.round or held.ended_at is not None
        assert held.is_held or held is state.round
    times = Counter(both for held in state.rounds for both in held.meetings)
    met: dict[str, set[str]] = {}
    for one, other in times:
        met.setdefault(one, set()).add(other)
        met.setdefault(other, set()).add(one)
    assert {person: set(others) for person, others in state.met.items()} == met
    _check_sit_outs(state)


def _check_sit_outs(state: LiveEvent) -> None:
    counted = Counter(
        person
        for held in state.rounds
        if held.is_held
        for person in held.sitting_out | {p for seats in held.tables for p in seats}
        if not held.met(person)
    )
    assert Counter(state.sit_outs()) == counted


def check_answers(state: LiveEvent) -> None:
    for author, given in state.answers.items():
        assert given, "who took back everything has said nothing"
        assert not state.roster[author].erased
        for (about, number), answer in given.items():
            assert answer.is_given
            assert about in state.rounds[number - 1].met(author)
            assert not state.roster[about].erased


def check_contacts(state: LiveEvent) -> None:
    """Check ``visible(A, B) <=> visible(B, A) <=> both said yes``, counted from the answers themselves."""
    yes = {(author, about) for author in state.answers for about in _wanted(state, author)}
    both = {(a, b) for a, b in yes if (b, a) in yes and not {a, b} & state.hidden}
    visible = {(a, b) for a in state.roster for b, _ in mutual_contacts(state, a)}
    assert visible == (both if state.revealed_at is not None else set())
    assert mutual_pairs(state) == {pair(a, b) for a, b in both}


def _wanted(state: LiveEvent, author: str) -> set[str]:
    """Return about whom ``author`` said yes, and nothing else after a later meeting."""
    said: dict[str, str] = {}
    for held in state.rounds:
        given = {
            about: a.again for (about, number), a in state.answers[author].items() if number == held.number
        }
        said |= {about: again for about, again in given.items() if again is not None}
    return {about for about, again in said.items() if again == "yes"}


def check_step(before: LiveEvent, entry: f.Entry, after: LiveEvent) -> None:
    """Check what one fact changed."""
    assert after.version == before.version + 1 == entry.version
    steers = type(entry.fact) in f.STEERED and (is_staff(entry.actor) or entry.actor == CLOCK)
    assert after.control_version == before.control_version + steers
    assert len(after.recent[entry.actor]) <= 64
    match entry.fact:
        case f.RoundCalled(round=number):
            assert number == before.next_number
            _check_called(before, after.rounds[-1])
            _check_sizes(before, after.rounds[-1])
        case f.RoundStarted(round=number):
            assert not before.rounds[-1].is_held
            assert number == after.rounds[-1].number
            called = after.rounds[-1]
            for both in (p for seats in called.tables for p in pairs_of(seats)):
                assert before.pair_rule(*both) != "never"
        case f.RoundEnded(round=number):
            assert before.rounds[number - 1].ended_at is None
            assert before.rounds[number - 1].is_held
            if before.rules.seats == PAIR:
                met = {both for held in before.rounds for both in held.meetings}
                assert met.isdisjoint(after.rounds[-1].meetings), "at tables of two nobody meets twice"
        case f.TableChanged(table=number):
            _check_sizes(before, after.rounds[-1])
            for both in pairs_of(after.rounds[-1].tables[number - 1]):
                assert blocked(before, both) is None or both in before.rounds[-1].running_meetings()
            if before.phase is Phase.TALK:
                _check_turns_go_on(before, after, entry.fact)
        case f.AnswerGiven():
            assert entry.actor == guest(entry.fact.attendee)
            assert before.revealed_at is None
        case _:
            pass
    if before.revealed_at is not None and not isinstance(entry.fact, f.AttendeeErased):
        assert after.answers == before.answers


def _check_turns_go_on(before: LiveEvent, after: LiveEvent, changed: f.TableChanged) -> None:
    """Check that a change at a table takes nothing from who has begun; only who sits there follows."""
    clock = before.pausing.at if before.pausing else changed.at
    former, now = (state.rounds[-1].turns_of(changed.table) for state in (before, after))
    begun = [turn for turn in former if turn.at <= clock]
    assert {turn for turn in begun if turn.who in changed.seated} <= set(now)
    if begun and begun[-1].who in changed.seated:
        ends = [next((turn.at for turn in turns if turn.at > clock), None) for turns in (former, now)]
        assert ends[0] == ends[1], "who speaks goes on as long as they would have"
    assert {turn.who for turn in now if turn.at > clock} <= {*changed.seated, None}


def _check_called(before: LiveEvent, called: Round) -> None:
    seated = {person for seats in called.tables for person in seats}
    assert seated | called.sitting_out == set(before.present()), "everyone present has exactly one place"
    assert seated.isdisjoint(called.sitting_out)
    assert len(called.tables) <= before.rules.tables
    for number, seats in enumerate(called.tables, 1):
        assert len(seats) != 1, "nobody is called to a table alone"
        assert all(before.roster[person].table in {None, number} for person in seats)
        assert all(blocked(before, both) is None for both in pairs_of(seats))


def _check_sizes(before: LiveEvent, now: Round) -> None:
    most = before.rules.seats
    too_many = [seats for seats in now.tables if len(seats) > most]
    has_trio = most == PAIR and len(too_many) == 1 and len(too_many[0]) == PAIR + 1
    assert not too_many or (
        has_trio and (before.rules.odd == "trio" or too_many[0] in before.rounds[-1].tables)
    )


def check_journal(state: LiveEvent, journal: Sequence[f.Entry]) -> None:
    """Check that the journal, written and read again, tells the same story."""
    assert [entry.version for entry in journal] == list(range(1, state.version + 1))
    written = msgspec.json.encode(list(journal))
    read = msgspec.json.decode(written, type=list[f.Entry])
    assert read == list(journal)
    assert replay(state.id, read) == state
    started = [entry.fact.round for entry in journal if isinstance(entry.fact, f.RoundStarted)]
    ended = [entry.fact.round for entry in journal if isinstance(entry.fact, f.RoundEnded)]
    assert started == list(range(1, len(started) + 1))
    assert ended in (started, started[:-1]), "a round ends exactly once, and before the next one begins"


def check_end_is_near(state: LiveEvent, now: float) -> None:
    """Check that an organizer can close the event from here."""
    for command in (c.FinishEvent(), c.CloseEvent()):
        if type(command) in ALLOWED[state.phase]:
            request = c.Request(
                actor="staff:last", id=type(command).__name__, command=command, expect=state.control_version
            )
            for fact in decide(state, request, now):
                entry = f.Entry(
                    version=state.version + 1, at=now, actor=request.actor, command_id=request.id, fact=fact
                )
                state = evolve(state, entry)
    assert state.phase is Phase.CLOSED
