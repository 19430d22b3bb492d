"""The ledger of give and take: what the viewer could do for others and others for them, and what was done.

It speaks of the viewer's own tags and of how many people, never of who; no answer is involved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.phases import Phase
from event_server.views.scene import View

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from event_server.domain.messages import AttendeeId
    from event_server.tags.exchange import Exchange
    from event_server.views.scene import Scene

MOST_NAMED = 3
"""Tags of one kind that are named; the others are counted."""

SHOWN_IN = frozenset({Phase.LOBBY, Phase.CALL, Phase.TALK, Phase.FEEDBACK, Phase.BREAK})
"""Phases in which somebody without a table has time to read it."""


class Chance(View, frozen=True):
    """One of the viewer's own tags, and how many others present look for it, or offer it."""

    tag: str
    people: int


class Ledger(View, frozen=True):
    """Give and take of one person.

    Attributes:
        give: Own offers that somebody present still looks for, most wanted first, three at most.
        gives: How many there are.
        take: Own needs, still open, that somebody present offers, three at most.
        takes: How many there are.
        gave: Own offers that met a need of somebody met this evening, three at most.
        got: Own needs that somebody met this evening offers, three at most.
        blank: The profile names neither offers nor needs.
    """

    give: tuple[Chance, ...] = ()
    gives: int = 0
    take: tuple[Chance, ...] = ()
    takes: int = 0
    gave: tuple[str, ...] = ()
    got: tuple[str, ...] = ()
    blank: bool = False


def ledger(scene: Scene, attendee: AttendeeId) -> Ledger | None:
    """Return the ledger of somebody who is present and sits at no table now; none for all others."""
    state, person = scene.state, scene.person(attendee)
    running = state.running
    if person is None or state.phase not in SHOWN_IN or not state.roster[attendee].is_present:
        return None
    if running is not None and running.table_of(attendee) is not None:
        return None
    words, now = scene.commons.words[attendee], scene.commons.exchange(state)
    met = now.met.get(attendee, frozenset())
    still = {key: tag for key, tag in words.needs.items() if key not in met}
    give = _chances(scene, words.offers, now.needed, less=still)
    take = _chances(scene, still, now.offered, less=words.offers)
    return Ledger(
        give=give[:MOST_NAMED],
        gives=len(give),
        take=take[:MOST_NAMED],
        takes=len(take),
        gave=_labels(scene, _given(scene, now, attendee)),
        got=_labels(scene, (tag for key, tag in words.needs.items() if key in met)),
        blank=not words.offers and not words.needs,
    )


def _chances(
    scene: Scene, mine: Mapping[str, str], counts: Mapping[str, int], *, less: Container[str]
) -> tuple[Chance, ...]:
    """Return for which of my tags others count; ``less`` holds those for which I am counted myself."""
    people = {key: counts.get(key, 0) - (key in less) for key in mine}
    wanted = sorted((key for key in mine if people[key] > 0), key=lambda key: -people[key])
    return tuple(Chance(tag=scene.label(mine[key]), people=people[key]) for key in wanted)


def _given(scene: Scene, now: Exchange, attendee: AttendeeId) -> list[str]:
    """Return the own offers that somebody met was looking for, in the order of the profile."""
    met = scene.state.met.get(attendee, frozenset())
    taken = {key for other in met if other in now.trades for key in now.trades[other].needs}
    return [tag for key, tag in scene.commons.words[attendee].offers.items() if key in taken]


def _labels(scene: Scene, tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(scene.label(tag) for tag in tags)[:MOST_NAMED]
