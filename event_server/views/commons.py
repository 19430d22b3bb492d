"""What the people of an event have in common, worked out once for all of their views.

How it works: a room keeps one of these for as long as its people and the meaning of words stay as they are.
What depends on the evening too is kept until somebody comes or goes or the seating changes: an answer, a note
or an arrival at a table, after which phones look again, costs nothing here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from event_server.tags.exchange import Exchange, Trade, exchange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from event_server.domain.messages import AttendeeId
    from event_server.domain.profile import Profile
    from event_server.domain.state import LiveEvent, Pair
    from event_server.tags.book import TagBook
    from event_server.views.scene import Person
    from event_server.views.why import Fact

Wording = dict[str, str]
"""Key of a tag -> how its owner wrote it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody's tags by their keys, in the order of the profile."""

    interests: Wording = field(default_factory=dict)
    offers: Wording = field(default_factory=dict)
    needs: Wording = field(default_factory=dict)


class Commons:
    """Keys, rarity and exchange of the people of one event."""

    def __init__(self, people: Mapping[AttendeeId, Person], tags: TagBook) -> None:
        self._people = people
        self._tags = tags
        self._keys: Wording = {}
        self._exchange: tuple[tuple[object, ...], Exchange] | None = None
        self._joined: tuple[object, dict[Pair, list[Fact]]] = (None, {})

    def key(self, text: str) -> str:
        """Return the key of ``text``, looked up once."""
        known = self._keys.get(text)
        if known is None:
            known = self._keys[text] = self._tags.key(text)
        return known

    @cached_property
    def words(self) -> dict[AttendeeId, Words]:
        """Return everybody's tags by their keys."""
        return {person: self._words(known.profile) for person, known in self._people.items()}

    @cached_property
    def rarity(self) -> Mapping[str, int]:
        """Return for each key how many people name the tag: the fewer, the more it says of two who do."""
        return Counter(key for words in self.words.values() for key in _all_keys(words))

    @cached_property
    def needs(self) -> Wording:
        """Return how each need is written by the first who has it."""
        return {key: tag for words in reversed(self.words.values()) for key, tag in words.needs.items()}

    @cached_property
    def trades(self) -> Mapping[AttendeeId, Trade]:
        """Return what everybody brings and looks for."""
        return {
            person: Trade(offers=frozenset(words.offers), needs=frozenset(words.needs))
            for person, words in self.words.items()
        }

    def exchange(self, state: LiveEvent) -> Exchange:
        """Return what the people present could do for each other at this moment."""
        running = state.running
        seating = (running.tables, running.stretches) if running is not None else (None, None)
        basis = (state.roster, state.met, *seating)
        if self._exchange is None or any(
            old is not new for old, new in zip(self._exchange[0], basis, strict=True)
        ):
            self._exchange = (basis, exchange(state, self.trades))
        return self._exchange[1]

    def joined(self, state: LiveEvent) -> dict[Pair, list[Fact]]:
        """Return what is known of pairs, to be read and filled in; empty again after each round."""
        if self._joined[0] is not state.met:
            self._joined = (state.met, {})
        return self._joined[1]

    def _words(self, profile: Profile) -> Words:
        return Words(
            interests=self._wording(profile.interests),
            offers=self._wording(profile.offers),
            needs=self._wording(profile.needs),
        )

    def _wording(self, tags: Iterable[str]) -> Wording:
        wording: Wording = {}
        for tag in tags:
            wording.setdefault(self.key(tag), tag)
        return wording


def _all_keys(words: Words) -> frozenset[str]:
    return frozenset(words.interests) | frozenset(words.offers) | frozenset(words.needs)
