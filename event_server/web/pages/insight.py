"""What clashes and what no plan can avoid, with names, for the sentences of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.planning.insight import Conflict, Insight, Limit, Ruling
    from event_server.views.scene import Scene

SHORTEST_RUN = 3
"""Rounds in a row that are written as a range."""


@dataclass(frozen=True, slots=True)
class ShownRuling:
    """A rule or a change; ``rounds`` as they are written, ``many`` of them."""

    kind: str
    names: tuple[str, ...]
    rounds: str
    many: int
    table: int
    count: int


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """Rules that cannot all hold, ``more`` wishes like them, and (change, wishes that then hold, of many)."""

    rules: tuple[ShownRuling, ...]
    more: int
    options: tuple[tuple[ShownRuling, int, int], ...]


@dataclass(frozen=True, slots=True)
class ShownLimit:
    """What no plan can avoid; ``names`` of all it speaks of, where they are few."""

    limit: Limit
    names: tuple[str, ...]
    rounds: str
    many: int


@dataclass(frozen=True, slots=True)
class ShownInsight:
    """What can be said of the evening without planning it."""

    conflicts: tuple[ShownConflict, ...] = ()
    limits: tuple[ShownLimit, ...] = ()


def shown_insight(scene: Scene, insight: Insight | None) -> ShownInsight:
    """Return ``insight`` with names; nothing where nothing is known."""
    if insight is None:
        return ShownInsight()
    return ShownInsight(
        conflicts=tuple(_conflict(scene, conflict) for conflict in insight.conflicts),
        limits=tuple(_limit(scene, limit) for limit in insight.limits),
    )


def rounds_text(rounds: Sequence[int]) -> str:
    """Return rounds as "1, 3" or, where they follow each other, as a range."""
    if len(rounds) >= SHORTEST_RUN and rounds[-1] - rounds[0] == len(rounds) - 1:
        return f"{rounds[0]}\N{EN DASH}{rounds[-1]}"
    return ", ".join(map(str, rounds))


def _conflict(scene: Scene, conflict: Conflict) -> ShownConflict:
    return ShownConflict(
        rules=tuple(_ruling(scene, rule) for rule in conflict.rules),
        more=conflict.more,
        options=tuple(
            (_ruling(scene, option.change), option.met, option.wishes) for option in conflict.options
        ),
    )


def _ruling(scene: Scene, ruling: Ruling) -> ShownRuling:
    return ShownRuling(
        kind=ruling.kind,
        names=tuple(map(scene.name, ruling.people)),
        rounds=rounds_text(ruling.rounds),
        many=len(ruling.rounds),
        table=ruling.table,
        count=ruling.count,
    )


def _limit(scene: Scene, limit: Limit) -> ShownLimit:
    # A whole organisation, or a crowd, is known by its number.
    names = () if limit.group or limit.count > len(limit.people) else tuple(map(scene.name, limit.people))
    return ShownLimit(limit=limit, names=names, rounds=rounds_text(limit.rounds), many=len(limit.rounds))
