"""What an evening came to: mutual contacts, meetings, attendance, totals."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import Answer, LiveEvent, Pair


@dataclass(frozen=True, slots=True)
class Totals:
    """An evening in numbers; none of them says anything about one person."""

    meetings: int
    repeats: int
    sit_outs: int
    answers: int
    mutual: int


def meetings(state: LiveEvent) -> list[tuple[Pair, int]]:
    """Return every meeting as (pair, round), in order of rounds."""
    return [(pair, held.number) for held in state.rounds for pair in sorted(held.meetings)]


def said_yes(state: LiveEvent, author: AttendeeId) -> frozenset[AttendeeId]:
    """Return whom ``author`` wants to meet again: their latest answer about each person counts."""
    latest: dict[AttendeeId, tuple[int, bool]] = {}
    for (about, number), answer in state.answers.get(author, {}).items():
        if answer.again is not None and number >= latest.get(about, (0, False))[0]:
            latest[about] = (number, answer.again == "yes")
    return frozenset(about for about, (_, yes) in latest.items() if yes)


def mutual_pairs(state: LiveEvent) -> frozenset[Pair]:
    """Return the pairs who both said yes, without those who took their contact back."""
    wishes = {author: said_yes(state, author) for author in state.answers if author not in state.hidden}
    return frozenset(
        (author, about)
        for author, abouts in wishes.items()
        for about in abouts
        if author < about and author in wishes.get(about, frozenset())
    )


def mutual_contacts(state: LiveEvent, attendee: AttendeeId) -> list[tuple[AttendeeId, int]]:
    """Return the mutual contacts of one person as (other, round they met); empty before the reveal."""
    if state.revealed_at is None or attendee in state.hidden:
        return []
    found = []
    for about in said_yes(state, attendee) - state.hidden:
        if attendee in said_yes(state, about):
            rounds = [r.number for r in state.rounds if about in r.met(attendee)]
            found.append((about, rounds[-1] if rounds else 0))
    return sorted(found, key=lambda contact: (contact[1], contact[0]))


def people_met(state: LiveEvent, attendee: AttendeeId) -> list[tuple[AttendeeId, int]]:
    """Return whom ``attendee`` met as (other, round), in order of rounds; the running talk included."""
    return [(other, held.number) for held in state.rounds for other in sorted(held.met(attendee))]


def answers_given(state: LiveEvent, number: int) -> tuple[int, int]:
    """Return for one round how many people answered about everybody they met, and how many could.

    Who is forgotten neither answers nor is asked about.
    """
    if not 1 <= number <= len(state.rounds) or not state.rounds[number - 1].is_held:
        return 0, 0
    held, known = state.rounds[number - 1], {person.id for person in state.expected()}
    asked = defaultdict(list)
    for one, other in held.meetings if held.ended_at is not None else held.running_meetings():
        if one in known and other in known:
            asked[one].append(other)
            asked[other].append(one)
    nothing: Mapping[tuple[AttendeeId, int], Answer] = {}
    done = sum(
        all((about, number) in state.answers.get(person, nothing) for about in abouts)
        for person, abouts in asked.items()
    )
    return done, len(asked)


def totals(state: LiveEvent) -> Totals:
    """Return the totals of the evening."""
    met = Counter(pair for pair, _ in meetings(state))
    return Totals(
        meetings=met.total(),
        repeats=sum(times - 1 for times in met.values()),
        sit_outs=sum(len(held.sat_out()) for held in state.rounds if held.is_held),
        answers=sum(len(given) for given in state.answers.values()),
        mutual=len(mutual_pairs(state)),
    )
