"""What a view is made from, and the small things all views share."""

from __future__ import annotations

from collections import Counter
from dataclasses import InitVar, dataclass, field
from typing import TYPE_CHECKING

import msgspec

from event_server.domain.phases import Phase
from event_server.domain.profile import Profile, short_name
from event_server.tags.book import DEFAULT_LANGUAGE, TagBook
from event_server.views.commons import Commons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.domain.card import EventCard
    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import LiveEvent, Round

LEAST_ANSWERERS = 5
"""Counters of answers are shown from this many possible answerers on: fewer would betray single people."""

SEAT_LETTERS = "ABCDEFGHIJ"

Millis = int
"""A time as screens get it: integer milliseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Person:
    """An attendee's personal side: profile and badge code."""

    profile: Profile
    code: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """What the sockets say about a phone; it never decides anything.

    Attributes:
        sockets: How many are open.
        seen_at: When the phone was last heard, POSIX seconds.
    """

    sockets: int
    seen_at: float


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of one event, with everything views may draw from.

    Attributes:
        notes: (author, about, round) -> private note; each viewer sees their own only.
        messages: id -> text of messages to the room.
        accounts: account -> name of organizers, for "who did what".
        asked_until: attendee -> until when another device waits for their yes, POSIX seconds.
        storage_failed: The last attempt to record something failed; nothing since is acknowledged.
        is_polishing: The solver looks for a plan that is better than the one in force.
        has_proof: The proof of the plan in force can be taken away.
        tags: What words mean.
        language: Of the viewer: how tags are called.
        kept: What all views of these people share, where a room keeps it.
        commons: The same, kept or made for this moment.
    """

    card: EventCard
    state: LiveEvent
    people: Mapping[AttendeeId, Person]
    now: float
    presence: Mapping[AttendeeId, Presence] = field(default_factory=dict)
    notes: Mapping[tuple[AttendeeId, AttendeeId, int], str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    asked_until: Mapping[AttendeeId, float] = field(default_factory=dict)
    storage_failed: bool = False
    is_polishing: bool = False
    has_proof: bool = False
    tags: TagBook = field(default_factory=TagBook)
    language: str = DEFAULT_LANGUAGE
    kept: InitVar[Commons | None] = None
    commons: Commons = field(init=False)

    def __post_init__(self, kept: Commons | None) -> None:
        object.__setattr__(self, "commons", kept or Commons(self.people, self.tags))

    def label(self, tag: str) -> str:
        """Return how the viewer's language calls the tag that somebody wrote."""
        return self.tags.label(tag, self.language)

    def person(self, attendee: AttendeeId) -> Person | None:
        """Return the personal side of somebody, or none for who is forgotten, whatever tables still hold."""
        known = self.state.roster.get(attendee)
        return None if known is None or known.erased else self.people.get(attendee)

    def name(self, attendee: AttendeeId) -> str:
        """Return the full name, or "Guest 17" for who is forgotten."""
        if person := self.person(attendee):
            return person.profile.name
        known = self.state.roster.get(attendee)
        return f"Guest {known.number}" if known else "Guest"

    def short_name(self, attendee: AttendeeId) -> str:
        """Return the first name and the initial of the last, as "Ezio M."."""
        return short_name(self.name(attendee)) if self.person(attendee) else self.name(attendee)


class View(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Part of what is sent to a screen: an allow-list, never a dumped row."""


class Standing(View, frozen=True):
    """The clock stands.

    Attributes:
        at: When it was stopped: the moment that start and turns of a talk are told for.
        remaining: Milliseconds left of the phase.
        interrupted: The server was away; an organizer decides how to go on.
    """

    at: Millis
    remaining: int
    interrupted: bool = False


def sizes_in_use(running: Round) -> list[int]:
    """Return how many sit at the tables of a round, the size of most tables first; nobody is alone.

    A table with turns of its own counts for none: what the room is told by size is not for it.
    """
    tables = enumerate(running.tables, 1)
    sizes = Counter(len(seats) for n, seats in tables if len(seats) > 1 and n not in running.table_turns)
    return sorted(sizes, key=lambda size: (-sizes[size], -size))


def ms(at: float) -> Millis:
    """Return POSIX seconds as integer milliseconds."""
    return round(at * 1000)


def optional_ms(at: float | None) -> Millis | None:
    """Return `ms`, or none for none."""
    return None if at is None else ms(at)


def standing(state: LiveEvent) -> Standing | None:
    """Return the standing clock of ``state``, or none while it runs."""
    if state.pausing is None:
        return None
    pausing = state.pausing
    return Standing(at=ms(pausing.at), remaining=ms(pausing.remaining), interrupted=pausing.interrupted)


def ends_at(state: LiveEvent) -> Millis | None:
    """Return the end of the running phase as screens get it; none while the clock stands."""
    return None if state.pausing is not None else optional_ms(state.deadline)


def starts_at(state: LiveEvent) -> Millis | None:
    """Return when the running talk began or begins."""
    return optional_ms(state.round.starts_at) if state.phase is Phase.TALK and state.round else None
