"""What an organizer should look at, most urgent first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from event_server.domain.names import lookalikes
from event_server.domain.phases import Phase
from event_server.domain.seating import PAIR
from event_server.domain.state import Status
from event_server.views.presence import dot
from event_server.views.scene import Millis, Scene, View, optional_ms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from event_server.domain.messages import AttendeeId
    from event_server.views.room import TableTile


MOST_NAMED = 3
"""Names of an item; of more people the others are counted."""


class Fix(View, frozen=True):
    """A change that mends something: the command's tables, and how many people it moves.

    Attributes:
        with_name: Who moves, of several the first.
        joins: The table they go to, where it is not the one in trouble; else 0.
    """

    tables: tuple[tuple[int, tuple[str, ...]], ...]
    moves: int
    with_name: str = ""
    joins: int = 0


class Attention(View, frozen=True):
    """Something an organizer should look at.

    Attributes:
        kind: ``missing`` (and one person is left without company), ``alone``, ``short`` (somebody is missing,
            the others go on), ``help``, ``late``, ``not_here``, ``offline``, ``same_name``, ``few_partners``,
            ``few_strangers`` (at tables of more than two), ``tables_short`` or ``no_plan``.
        names: Whom it is about, the first of them.
        count: How many people it is about; of ``tables_short`` how many tables.
        seats: Of ``tables_short``: how many people have no seat.
        since: Since when, if known.
    """

    kind: str
    names: tuple[str, ...] = ()
    attendee: str = ""
    table: int = 0
    count: int = 0
    seats: int = 0
    detail: str = ""
    since: Millis | None = None
    fix: Fix | None = None


def attention(scene: Scene, tiles: Sequence[TableTile], fixes: Mapping[int, Fix]) -> tuple[Attention, ...]:
    """Return the queue; ``fixes`` proposes a change for a table in trouble."""
    return (
        *_tables_in_trouble(tiles, fixes, {"missing", "alone"}),
        *_calls_for_help(scene),
        *_tables_in_trouble(tiles, fixes, {"short"}),
        *_about_people(scene),
        *_about_plan(scene),
    )


def _tables_in_trouble(
    tiles: Sequence[TableTile], fixes: Mapping[int, Fix], kinds: set[str]
) -> list[Attention]:
    found = []
    for tile in tiles:
        if tile.trouble not in kinds:
            continue
        absent = tuple(person.name for person in tile.people if person.dot == "absent")
        left = next((person.name for person in tile.people if person.dot != "absent"), "")
        found.append(
            Attention(
                kind=tile.trouble,
                names=absent[:MOST_NAMED] or (left,),
                table=tile.number,
                count=len(absent) or 1,
                detail=left,
                fix=fixes.get(tile.number),
            )
        )
    return found


def _calls_for_help(scene: Scene) -> list[Attention]:
    running = scene.state.running
    return [
        Attention(
            kind="help",
            names=(scene.short_name(person.id),),
            attendee=person.id,
            table=(running.table_of(person.id) or 0) if running else 0,
            detail=person.help,
            since=optional_ms(person.help_at),
        )
        for person in scene.state.expected()
        if person.help is not None
    ]


def _about_people(scene: Scene) -> list[Attention]:
    state = scene.state
    found = []
    running = state.running
    if running is not None:
        seated = {person for seats in running.tables for person in seats} | running.sitting_out
        late = [person for person in state.present() if person not in seated]
        if late:
            found.append(_counted(scene, "late", late))
    if state.phase is Phase.LOBBY:
        missing = sum(1 for a in state.expected() if a.status is Status.REGISTERED)
        if missing:
            found.append(Attention(kind="not_here", count=missing))
    offline = [p for p in state.present() if dot(scene, p) == "offline" and not _on_paper(scene, p)]
    if offline and state.phase is not Phase.DRAFT:
        found.append(_counted(scene, "offline", offline))
    return [*found, *_same_names(scene)]


def _counted(scene: Scene, kind: str, people: Sequence[AttendeeId]) -> Attention:
    names = tuple(map(scene.short_name, people[:MOST_NAMED]))
    return Attention(kind=kind, names=names, count=len(people))


def _on_paper(scene: Scene, attendee: AttendeeId) -> bool:
    person = scene.person(attendee)
    return person is not None and person.profile.paper


def _same_names(scene: Scene) -> list[Attention]:
    if scene.state.phase not in {Phase.DRAFT, Phase.LOBBY}:
        return []
    names = tuple((person.id, scene.name(person.id)) for person in scene.state.expected())
    return [
        Attention(kind="same_name", names=tuple(dict(names)[person] for person in alike), attendee=alike[-1])
        for alike in _alike(names)
    ]


@lru_cache(maxsize=8)
def _alike(names: tuple[tuple[str, str], ...]) -> list[tuple[str, ...]]:
    """Return people with names hard to tell apart; the list changes far less often than the room."""
    return lookalikes(dict(names))


def _about_plan(scene: Scene) -> list[Attention]:
    state = scene.state
    if state.phase in {Phase.DRAFT, Phase.WRAP_UP, Phase.CLOSED}:
        return []
    present, rules = len(state.present()), state.rules
    found = []
    if rules.seats == PAIR and 1 < present <= rules.rounds - len(state.rounds):
        found.append(Attention(kind="few_partners", count=present - 1))
    if PAIR < rules.seats < present <= (rules.rounds - len(state.rounds)) * (rules.seats - 1):
        found.append(Attention(kind="few_strangers", count=present - 1))
    # At tables of two the odd one out needs no table.
    needed = present // PAIR if rules.seats == PAIR else -(-present // rules.seats)
    if needed > rules.tables:
        short = needed - rules.tables
        unseated = present - present % PAIR if rules.seats == PAIR else present
        found.append(Attention(kind="tables_short", count=short, seats=unseated - rules.tables * rules.seats))
    if state.plan is None and present > 1 and state.next_number <= state.rules.rounds:
        found.append(Attention(kind="no_plan"))
    return found
