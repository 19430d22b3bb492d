"""Why these two: facts from their profiles, the same for both, each phrased for its reader by the screen.

Never anything that profiles keep for nobody's eyes (values, languages, whom somebody knows), nor anything
that was answered: only what the form says is read at the table, and a goal that both have.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from event_server.domain.affinity import GOALS
from event_server.domain.profile import TAG_LIMIT
from event_server.domain.state import pair
from event_server.tags.exchange import already_met
from event_server.views.scene import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from event_server.domain.messages import AttendeeId
    from event_server.domain.state import Pair
    from event_server.views.scene import Scene

MOST_REASONS = 2

Joined = Literal["help", "both_care", "both_want", "other_fields"]
Kind = Literal["they_help", "you_help", "both_care", "both_want", "other_fields"]


class Reason(View, frozen=True):
    """One fact for one reader.

    Attributes:
        kind: ``they_help`` with what I need, ``you_help`` with what they need, ``both_care``, ``both_want``
            or ``other_fields``.
        tag: The tag; of ``both_want`` the goal; of ``other_fields`` the other's sector.
    """

    kind: Kind
    tag: str


class Opening(View, frozen=True):
    """What the first question of a table is about: the same for all who sit there, each in their language.

    Attributes:
        kind: ``help``, ``both_care``, ``both_want`` or ``other_fields``.
        tag: The tag; of ``both_want`` the goal; of ``other_fields`` all sectors.
    """

    kind: Joined
    tag: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that joins two people, said of both at once.

    Attributes:
        text: The tag as one of them wrote it, or the goal; empty for ``other_fields``.
        taker: Whose need it is, for ``help``.
    """

    kind: Joined
    key: str
    text: str = ""
    taker: AttendeeId = ""


def reasons(scene: Scene, reader: AttendeeId, other: AttendeeId) -> tuple[Reason, ...]:
    """Return at most two facts that join two people, each about something else, phrased for ``reader``."""
    chosen: dict[str, Fact] = {}
    for fact in facts(scene, reader, other):
        chosen.setdefault(fact.key, fact)
    return tuple(_told(scene, fact, reader, other) for fact in [*chosen.values()][:MOST_REASONS])


def facts(scene: Scene, one: AttendeeId, other: AttendeeId) -> list[Fact]:
    """Return what joins two people, the most telling first, whoever is named first.

    Giving each way, then the rarest shared interest, then a shared goal, then more of each; that their fields
    differ says least and comes last.
    """
    if scene.person(one) is None or scene.person(other) is None:
        return []
    two, known = pair(one, other), scene.commons.joined(scene.state)
    if two not in known:
        known[two] = _joined(scene, two)
    return known[two]


def _joined(scene: Scene, two: Pair) -> list[Fact]:
    helps = [list(_helps(scene, *two)), list(_helps(scene, *reversed(two)))]
    care, want = _both_care(scene, two), _both_want(scene, two)
    best = sorted((fact for each in helps for fact in each[:1]), key=lambda fact: _worth(scene, fact))
    more = sorted((fact for each in helps for fact in each[1:]), key=lambda fact: _worth(scene, fact))
    return [*best, *care[:1], *want[:1], *more, *care[1:], *want[1:], *_other_fields(scene, two)]


def opening(scene: Scene, seats: Sequence[AttendeeId]) -> Opening | None:
    """Return the first fact of any two at a table that holds for all of them, or none."""
    joined = [facts(scene, *two) for two in combinations(seats, 2)]
    known = [{(fact.kind, fact.key) for fact in each} for each in joined]
    for fact in (fact for each in joined for fact in each):
        if fact.kind == "help" or all((fact.kind, fact.key) in each for each in known):
            return Opening(kind=fact.kind, tag=_tag(scene, fact, seats))
    return None


def _helps(scene: Scene, giver: AttendeeId, taker: AttendeeId) -> Iterator[Fact]:
    """Yield what one can help the other with, in the words of who looks for it; what is still open first."""
    words = scene.commons.words
    shared = words[taker].needs.keys() & words[giver].offers.keys()
    found = [Fact(kind="help", key=key, text=words[taker].needs[key], taker=taker) for key in shared]
    yield from sorted(found, key=lambda fact: _worth(scene, fact))


def _worth(scene: Scene, fact: Fact) -> tuple[bool, int, str, AttendeeId]:
    """Return by what helps are put in order: open before met, rare before common."""
    is_met = fact.key in already_met(scene.state, fact.taker, scene.commons.trades)
    return is_met, scene.commons.rarity[fact.key], fact.key, fact.taker


def _both_care(scene: Scene, two: Pair) -> list[Fact]:
    mine, theirs = (scene.commons.words[person].interests for person in two)
    shared = sorted(mine.keys() & theirs.keys(), key=lambda key: (scene.commons.rarity[key], key))
    return [Fact(kind="both_care", key=key, text=mine[key]) for key in shared]


def _both_want(scene: Scene, two: Pair) -> list[Fact]:
    mine, theirs = (scene.people[person].profile.goals for person in two)
    return [Fact(kind="both_want", key=goal, text=goal) for goal in GOALS if goal in mine and goal in theirs]


def _other_fields(scene: Scene, two: Pair) -> list[Fact]:
    """Return that their sectors differ, where both are said and short enough to be read at a glance."""
    sectors = [scene.people[person].profile.sector for person in two]
    if not all(0 < len(sector) <= TAG_LIMIT for sector in sectors):
        return []
    differ = scene.commons.key(sectors[0]) != scene.commons.key(sectors[1])
    return [Fact(kind="other_fields", key="")] if differ else []


def _told(scene: Scene, fact: Fact, reader: AttendeeId, other: AttendeeId) -> Reason:
    if fact.kind == "help":
        return Reason(kind="they_help" if fact.taker == reader else "you_help", tag=_tag(scene, fact, ()))
    return Reason(kind=fact.kind, tag=_tag(scene, fact, (other,)))


def _tag(scene: Scene, fact: Fact, people: Sequence[AttendeeId]) -> str:
    """Return what a fact is about in the viewer's language; of different fields those of ``people``."""
    match fact.kind:
        case "both_want":
            return fact.text
        case "other_fields":
            return " · ".join(scene.label(scene.people[person].profile.sector) for person in people)
        case _:
            return scene.label(fact.text)
