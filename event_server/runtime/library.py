"""The personal data of an event in memory, and where a room gets it from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from event_server.planning.briefing import Background
from event_server.tags.book import TagBook
from event_server.views.commons import Commons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.domain.card import EventCard
    from event_server.domain.lessons import Lesson
    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import LiveEvent, Pair
    from event_server.views.scene import Person


@dataclass(slots=True)
class Shelf:
    """Everything of one event that is not in its journal, as last read.

    Attributes:
        met_before: Pairs who met at former evenings.
        tags: What words mean, the organizers' merges included.
        lessons: What other evenings taught about those who agree.
        is_closed: The event is over for good; its journal may be forgotten.
        commons: What all views of these people share.
    """

    card: EventCard
    people: dict[AttendeeId, Person] = field(default_factory=dict)
    notes: dict[tuple[AttendeeId, AttendeeId, int], str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    met_before: frozenset[Pair] = frozenset()
    tags: TagBook = field(default_factory=TagBook)
    lessons: Mapping[AttendeeId, Lesson] = field(default_factory=dict)
    is_closed: bool = False
    commons: Commons = field(init=False)

    def __post_init__(self) -> None:
        self.commons = Commons(self.people, self.tags)


def background_of(shelf: Shelf) -> Background:
    """Return what planning must know of the people."""
    return Background(
        profiles={person: known.profile for person, known in shelf.people.items()},
        met_before=shelf.met_before,
        tags=shelf.tags,
        lessons=shelf.lessons,
    )


class Library(Protocol):
    """Where rooms find what is not in the journal: the tables, or their twin in memory."""

    async def shelf(self, event: str) -> Shelf:
        """Return everything of one event.

        Raises:
            KeyError: If there is no such event.
        """
        ...

    async def erased(self, event: str) -> None:
        """Do what an erasure owes outside the journal: a new epoch, nothing left in free pages."""
        ...

    async def closed(self, state: LiveEvent) -> None:
        """Do what a closed event owes: history and lessons for later evenings. Harmless to repeat."""
        ...
