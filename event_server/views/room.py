"""The dashboard's room section: tables, who waits, and what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.seating import PAIR
from event_server.views.asks import Ask, asks
from event_server.views.attention import Attention, Fix, attention
from event_server.views.presence import Dot, dot
from event_server.views.scene import SEAT_LETTERS, Millis, Scene, View, ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from event_server.domain.messages import AttendeeId


class Seated(View, frozen=True):
    """A person at a table or waiting, with what their phone says."""

    id: str
    name: str
    dot: Dot
    seat: str = ""
    arrived: bool = False
    help: str | None = None


class TableTile(View, frozen=True):
    """One table; ``trouble`` is empty, ``missing``, ``alone``, ``short`` or ``help``, as in `Attention`."""

    number: int
    people: tuple[Seated, ...]
    trouble: str = ""


class RoomView(View, frozen=True, tag_field="t", tag="room"):
    """Tables, who waits, and what to look at, most urgent first.

    Attributes:
        seats: How many people a table holds, at most.
        asks: What people present look for and nobody present offers, most wanted first.
    """

    now: Millis
    tables: tuple[TableTile, ...]
    seats: int = PAIR
    sitting_out: tuple[Seated, ...] = ()
    waiting: tuple[Seated, ...] = ()
    attention: tuple[Attention, ...] = ()
    asks: tuple[Ask, ...] = ()


def room_view(scene: Scene, fixes: Mapping[int, Fix] | None = None) -> RoomView:
    """Return the room section at this moment; ``fixes`` proposes a change for a table in trouble."""
    state = scene.state
    running = state.running
    tiles = (
        tuple(_tile(scene, number, seats) for number, seats in enumerate(running.tables, 1))
        if running
        else ()
    )
    seated = {person for seats in running.tables for person in seats} if running else set()
    out = running.sitting_out if running else frozenset()
    waiting = [person for person in state.present() if person not in seated and person not in out]
    return RoomView(
        now=ms(scene.now),
        tables=tuple(tile for tile in tiles if tile.people),
        seats=state.rules.seats,
        sitting_out=_in_order(scene, out),
        waiting=_in_order(scene, waiting),
        attention=attention(scene, tiles, fixes or {}),
        asks=asks(scene),
    )


def _in_order(scene: Scene, people: Iterable[AttendeeId]) -> tuple[Seated, ...]:
    shown = (_seated(scene, person) for person in people)
    return tuple(sorted(shown, key=lambda person: (person.name, person.id)))


def _tile(scene: Scene, number: int, seats: Sequence[AttendeeId]) -> TableTile:
    people = tuple(_seated(scene, person, seat) for person, seat in zip(seats, SEAT_LETTERS, strict=False))
    return TableTile(number=number, people=people, trouble=_trouble(people))


def _trouble(people: Sequence[Seated]) -> str:
    there = [person for person in people if person.dot != "absent"]
    if len(people) == 1 and there:
        return "alone"
    if len(there) < PAIR:
        return "missing" if people else ""
    if any(person.help for person in people):
        return "help"
    return "short" if len(there) < len(people) else ""


def _seated(scene: Scene, attendee: AttendeeId, seat: str = "") -> Seated:
    running = scene.state.running
    return Seated(
        id=attendee,
        name=scene.short_name(attendee),
        dot=dot(scene, attendee),
        seat=seat,
        arrived=running is not None and attendee in running.at_table,
        help=scene.state.roster[attendee].help,
    )
