"""What people say at the tables and after: arrival, missing partners, help, answers, messages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from event_server.domain import commands as c
from event_server.domain import facts as f
from event_server.domain.messages import AttendeeId, Refused
from event_server.domain.phases import Phase
from event_server.domain.roster import known
from event_server.domain.state import Answer, LiveEvent, Posted, Round

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from event_server.domain.facts import Fact, TableFact

Key = tuple[AttendeeId, int]
"""About whom, in which round."""

BEST_RATING = 5

BETWEEN_ROUNDS = frozenset({Phase.FEEDBACK, Phase.BREAK})
"""Phases in which an answer may still move the next round, where the rules let it."""


def decide(state: LiveEvent, command: c.TableCommand, now: float) -> list[Fact]:
    """Return what ``command`` records."""
    match command:
        case c.ArriveAtTable(attendee=attendee, round=number):
            return _arrive(state, attendee, number)
        case c.ReportMissing():
            return _report_missing(state, command)
        case c.AskForHelp(attendee=attendee, kind=kind):
            asked = known(state, attendee).help == kind
            return [] if asked else [f.HelpAsked(attendee=attendee, kind=kind, at=now)]
        case c.AnswerHelp(attendee=attendee):
            waiting = known(state, attendee).help is not None
            return [f.HelpAnswered(attendee=attendee)] if waiting else []
        case c.GiveAnswer():
            return _answer(state, command)
        case c.SaveNote(attendee=attendee, about=about, round=number):
            _check_met(state, attendee, about, number)
            return [f.NoteSaved(attendee=attendee, about=about, round=number)]
        case c.HideContacts(attendee=attendee):
            known(state, attendee)
            if state.revealed_at is None:
                raise Refused("not_revealed")
            return [] if attendee in state.hidden else [f.ContactsHidden(attendee=attendee)]
        case c.PostMessage(message=message, to=to):
            if to != "all":
                known(state, to)
            posted = any(earlier.id == message for earlier in state.posted)
            return [] if posted else [f.MessagePosted(message=message, to=to, at=now)]
    assert_never(command)


def _arrive(state: LiveEvent, attendee: AttendeeId, number: int) -> list[Fact]:
    running = state.running
    if running is None or running.number != number:
        raise Refused("no_such_round", round=number)
    if running.table_of(attendee) is None:
        raise Refused("not_seated", attendee=attendee)
    if attendee in running.at_table:
        return []
    return [f.ArrivedAtTable(round=number, attendee=attendee)]


def _round(state: LiveEvent, number: int) -> Round:
    if not 1 <= number <= len(state.rounds):
        raise Refused("no_such_round", round=number)
    return state.rounds[number - 1]


def _report_missing(state: LiveEvent, command: c.ReportMissing) -> list[Fact]:
    known(state, command.attendee)
    reported = _round(state, command.round)
    seated_together = command.about in reported.partners_of(command.attendee)
    if not seated_together and command.about not in reported.met(command.attendee):
        raise Refused("not_met", about=command.about, round=command.round)
    if ((command.attendee, command.about) in reported.missing) == command.missing:
        return []
    return [
        f.MissingReported(
            round=command.round, attendee=command.attendee, about=command.about, missing=command.missing
        )
    ]


def _check_met(state: LiveEvent, author: AttendeeId, about: AttendeeId, number: int) -> None:
    """Check that the two met in this round.

    Raises:
        Refused: ``no_such_round`` or ``not_met``.
    """
    known(state, author)
    if about not in _round(state, number).met(author) or state.roster[about].erased:
        raise Refused("not_met", about=about, round=number)


def _answer(state: LiveEvent, command: c.GiveAnswer) -> list[Fact]:
    author, about = command.attendee, command.about
    if state.revealed_at is not None:
        raise Refused("answers_closed")
    _check_met(state, author, about, command.round)
    for name, value in (("rating", command.rating), ("heard", command.heard)):
        if value is not None and not 1 <= value <= BEST_RATING:
            raise Refused("rating_out_of_range", field=name, value=value)
    answer = Answer(again=command.again, rating=command.rating, heard=command.heard)
    if state.answers.get(author, {}).get((about, command.round), Answer()) == answer:
        return []
    return [
        f.AnswerGiven(
            attendee=author,
            about=about,
            round=command.round,
            again=command.again,
            rating=command.rating,
            heard=command.heard,
        )
    ]


def evolve(state: LiveEvent, fact: TableFact) -> LiveEvent:
    """Return ``state`` after ``fact``."""
    match fact:
        case f.ArrivedAtTable(round=number, attendee=attendee):
            at_table = _in_round(state, number)
            return (
                _with_round(state, replace(at_table, at_table=at_table.at_table | {attendee}))
                if at_table
                else state
            )
        case f.MissingReported():
            return _evolve_missing(state, fact)
        case f.HelpAsked(attendee=attendee, kind=kind, at=at):
            return _with_help(state, attendee, kind=kind, at=at)
        case f.HelpAnswered(attendee=attendee):
            return _with_help(state, attendee, kind=None, at=None)
        case f.AnswerGiven():
            return _evolve_answer(state, fact)
        case f.NoteSaved():
            return state
        case f.ContactsHidden(attendee=attendee):
            return replace(state, hidden=state.hidden | {attendee})
        case f.MessagePosted(message=message, to=to, at=at):
            return replace(state, posted=(*state.posted, Posted(id=message, to=to, at=at)))
    assert_never(fact)


def _in_round(state: LiveEvent, number: int) -> Round | None:
    return state.rounds[number - 1] if 1 <= number <= len(state.rounds) else None


def _with_round(state: LiveEvent, changed: Round) -> LiveEvent:
    index = changed.number - 1
    return replace(state, rounds=(*state.rounds[:index], changed, *state.rounds[index + 1 :]))


def _evolve_missing(state: LiveEvent, fact: f.MissingReported) -> LiveEvent:
    reported = _in_round(state, fact.round)
    if reported is None:
        return state
    claim = frozenset({(fact.attendee, fact.about)})
    missing = reported.missing | claim if fact.missing else reported.missing - claim
    return _with_round(state, replace(reported, missing=missing))


def _with_help(
    state: LiveEvent, attendee: AttendeeId, *, kind: c.HelpKind | None, at: float | None
) -> LiveEvent:
    person = state.roster.get(attendee)
    if person is None:
        return state
    return replace(state, roster={**state.roster, attendee: replace(person, help=kind, help_at=at)})


def _evolve_answer(state: LiveEvent, fact: f.AnswerGiven) -> LiveEvent:
    given = dict(state.answers.get(fact.attendee, {}))
    answer = Answer(again=fact.again, rating=fact.rating, heard=fact.heard)
    if answer.is_given:
        given[fact.about, fact.round] = answer
    else:
        given.pop((fact.about, fact.round), None)
    if state.rules.learn_tonight and state.phase in BETWEEN_ROUNDS:
        # Answers given during the talk are heard when it ends.
        state = replace(state, plan_basis=state.plan_basis + 1)
    return with_answers(state, fact.attendee, given)


def with_answers(state: LiveEvent, author: AttendeeId, given: Mapping[Key, Answer]) -> LiveEvent:
    """Return ``state`` with ``given`` as all that ``author`` said; who took back everything said nothing."""
    answers = {**state.answers, author: given}
    if not given:
        del answers[author]
    return replace(state, answers=answers)


def without_unmet(state: LiveEvent, changed: Round, people: Iterable[AttendeeId]) -> LiveEvent:
    """Return ``state`` without what ``people`` said about somebody whom they no longer meet in ``changed``.

    A phone may answer while two have just sat down; parted within the minute, they have not met after all.
    """
    for author in people:
        given, met = state.answers.get(author, {}), changed.met(author)
        kept = {key: a for key, a in given.items() if key[1] != changed.number or key[0] in met}
        if len(kept) < len(given):
            state = with_answers(state, author, kept)
    return state
