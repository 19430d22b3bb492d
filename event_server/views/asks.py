"""What people here look for and nobody here offers: for the team, so that a host can call it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.phases import Phase
from event_server.views.scene import View

if TYPE_CHECKING:
    from event_server.views.scene import Scene

MOST_ASKS = 12

ASKED_IN = frozenset({Phase.LOBBY, Phase.CALL, Phase.TALK, Phase.FEEDBACK, Phase.BREAK})
"""From the doors to the end: before, nobody is here; after, nobody can be asked."""


class Ask(View, frozen=True):
    """A tag that nobody present offers, and how many people present look for it; never who."""

    tag: str
    people: int


def asks(scene: Scene) -> tuple[Ask, ...]:
    """Return the open asks that nobody present can answer, most wanted first."""
    if scene.state.phase not in ASKED_IN:
        return ()
    now = scene.commons.exchange(scene.state)
    found = [
        Ask(tag=scene.label(scene.commons.needs[key]), people=people)
        for key, people in now.needed.items()
        if not now.offered.get(key)
    ]
    return tuple(sorted(found, key=lambda ask: (-ask.people, ask.tag.casefold()))[:MOST_ASKS])
