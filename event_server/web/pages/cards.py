"""Cards to print: how every seat moves on, where the plan is a rotation; else the way of each paper guest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.names import folded
from event_server.domain.rotation import Rotation, rotation_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.responses import Response

    from event_server.domain.messages import AttendeeId, RoundPlan
    from event_server.views.scene import Scene
    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Card:
    """One card.

    Attributes:
        name: Whose it is; empty for a seat that nobody has yet.
        stops: (round, table); table 0 sits out.
        seat: In a rotation the number of the seat, from 1; else 0.
        moves: In a rotation by how many tables the seat moves on after each round, back if negative; none if
            that varies.
    """

    name: str
    stops: tuple[tuple[int, int], ...]
    seat: int = 0
    moves: int | None = None


@dataclass(frozen=True, slots=True)
class CardsPage:
    """Context of ``print/cards.html``.

    Attributes:
        is_rotation: Cards are those of seats; else of people who have no phone with them.
        outdated: Somebody came, went or was changed since the plan was made.
        may_change: No round was called: whoever comes or leaves changes the cards.
    """

    cards: tuple[Card, ...]
    title: str
    is_rotation: bool
    outdated: bool
    may_change: bool


async def show(visit: Visit) -> Response:
    """Show the cards of the rounds to come."""
    return visit.render("print/cards.html", cards_page(visit.scene()))


def cards_page(scene: Scene) -> CardsPage:
    """Return the cards of the plan in force; none without one."""
    state, plan = scene.state, scene.state.plan
    first = state.next_number
    rounds = plan.rounds[max(0, first - plan.first_round) :] if plan else ()
    rotation = rotation_of([planned.tables for planned in rounds])
    cards = _by_seat(scene, rotation, first) if rotation else _on_paper(scene, rounds, first)
    return CardsPage(
        cards=tuple(cards),
        title=scene.card.title,
        is_rotation=rotation is not None,
        outdated=plan is not None and plan.basis != state.plan_basis,
        may_change=not state.rounds,
    )


def _by_seat(scene: Scene, rotation: Rotation, first: int) -> Iterator[Card]:
    for table, seats in enumerate(rotation.seats):
        for seat, person in enumerate(seats):
            yield Card(
                name=scene.name(person) if person else "",
                stops=tuple(enumerate(rotation.route(table, seat), first)),
                seat=seat + 1,
                moves=rotation.jump(seat),
            )


def _on_paper(scene: Scene, rounds: Sequence[RoundPlan], first: int) -> list[Card]:
    """Return a card for everybody who goes by paper and has a place in a round."""
    people = [
        attendee
        for attendee, person in scene.people.items()
        if person.profile.paper and scene.person(attendee) is not None
    ]
    ways = {person: _way(person, rounds, first) for person in people}
    named = sorted((person for person in people if ways[person]), key=lambda p: folded(scene.name(p)))
    return [Card(name=scene.name(person), stops=ways[person]) for person in named]


def _way(person: AttendeeId, rounds: Sequence[RoundPlan], first: int) -> tuple[tuple[int, int], ...]:
    stops = []
    for number, planned in enumerate(rounds, first):
        table = next((n for n, seats in enumerate(planned.tables, 1) if person in seats), 0)
        if table or person in planned.sitting_out:
            stops.append((number, table))
    return tuple(stops)
