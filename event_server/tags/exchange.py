"""Giving and taking at an evening: whose needs are met, and what the people here look for and offer.

A need is met when its owner held a meeting with somebody who offers it: no answer is involved. The running
round counts as planned, so that nobody is asked for what is being done.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from event_server.domain.messages import AttendeeId
    from event_server.domain.profile import Profile
    from event_server.domain.state import LiveEvent
    from event_server.tags.book import TagBook


@dataclass(frozen=True, slots=True)
class Trade:
    """What somebody brings and looks for, as keys of tags."""

    offers: frozenset[str]
    needs: frozenset[str]


Trades = dict["AttendeeId", Trade]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the people present could do for each other.

    Attributes:
        trades: Everybody's keys, present or not.
        met: Who -> the keys of their needs that are met.
        offered: Key -> how many people present offer it.
        needed: Key -> how many people present look for it and have not met anybody who offers it.
    """

    trades: Mapping[AttendeeId, Trade]
    met: Mapping[AttendeeId, frozenset[str]]
    offered: Mapping[str, int]
    needed: Mapping[str, int]


def trades(profiles: Mapping[AttendeeId, Profile], book: TagBook) -> Trades:
    """Return everybody's offers and needs as keys."""
    return {
        person: Trade(
            offers=frozenset(map(book.key, profile.offers)),
            needs=frozenset(map(book.key, profile.needs)),
        )
        for person, profile in profiles.items()
    }


def met_needs(
    state: LiveEvent, profiles: Mapping[AttendeeId, Profile], book: TagBook
) -> dict[AttendeeId, frozenset[str]]:
    """Return the keys of the needs that meetings of this evening met; who has none is left out."""
    return _met(state, trades(profiles, book))


def exchange(state: LiveEvent, known: Mapping[AttendeeId, Trade]) -> Exchange:
    """Return what the people present could do for each other; ``known`` holds the `trades` of the list."""
    met = _met(state, known)
    here = [(person, known[person]) for person in state.present() if person in known]
    return Exchange(
        trades=known,
        met=met,
        offered=Counter(key for _, trade in here for key in trade.offers),
        needed=Counter(key for person, trade in here for key in trade.needs - met.get(person, frozenset())),
    )


def already_met(state: LiveEvent, taker: AttendeeId, known: Mapping[AttendeeId, Trade]) -> frozenset[str]:
    """Return the keys of the needs of ``taker`` that ended rounds met; the running one is left out."""
    return _keys_met(taker, state.met.get(taker, frozenset()), known)


def _met(state: LiveEvent, known: Mapping[AttendeeId, Trade]) -> dict[AttendeeId, frozenset[str]]:
    partners = dict(state.met)
    if state.running is not None:
        for pair in state.running.running_meetings():
            for one, other in permutations(pair):
                partners[one] = partners.get(one, frozenset()) | {other}
    found = {taker: _keys_met(taker, givers, known) for taker, givers in partners.items()}
    return {taker: keys for taker, keys in found.items() if keys}


def _keys_met(
    taker: AttendeeId, givers: frozenset[AttendeeId], known: Mapping[AttendeeId, Trade]
) -> frozenset[str]:
    needs = known[taker].needs if taker in known else frozenset()
    met = (needs & known[giver].offers for giver in givers if giver in known) if needs else ()
    return frozenset().union(*met)
