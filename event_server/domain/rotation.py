"""Rounds in which people move in step, seat by seat: where to sit all evening can be printed on a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.messages import AttendeeId, Seating

Step: TypeAlias = tuple[int, ...]
"""How many tables on from the first one somebody sits in each round, counted round and round."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who begins at table ``t`` with seat ``s`` is at table ``t + steps[s][r]`` in round ``r``.

    Attributes:
        tables: The numbers of the tables in use, ascending.
        steps: For each seat its step, ascending; all 0 stays.
        seats: For each table who begins there, by seat; an empty id where nobody does.
    """

    tables: tuple[int, ...]
    steps: tuple[Step, ...]
    seats: tuple[tuple[AttendeeId, ...], ...]

    def route(self, table: int, seat: int) -> tuple[int, ...]:
        """Return at which tables a seat is in each round; ``table`` and ``seat`` are indices."""
        return tuple(self.tables[(table + moved) % len(self.tables)] for moved in self.steps[seat])

    def jump(self, seat: int) -> int | None:
        """Return by how many tables a seat moves on after each round, back if negative; none if it varies."""
        count, step = len(self.tables), self.steps[seat]
        jump = step[1]
        if any(moved != r * jump % count for r, moved in enumerate(step)):
            return None
        return jump if 2 * jump <= count else jump - count


def rotation_of(rounds: Sequence[Seating]) -> Rotation | None:
    """Return the rotation that ``rounds`` are, or none: all of them, for everybody who has a seat.

    Everybody is seated in every round, at one set of tables, and there are no more ways to move than people
    at a table. Two who begin at one table move in different ones: else they would never part.
    """
    if len(rounds) < 2:  # noqa: PLR2004 - nobody moves in a single round
        return None
    tables = tuple(number for number, seats in enumerate(rounds[0], 1) if seats)
    steps = _steps(rounds, tables)
    if steps is None:
        return None
    used = tuple(sorted(set(steps.values())))
    beginning = [rounds[0][number - 1] for number in tables]
    if len(used) > max(map(len, beginning), default=0):
        return None
    if any(len({steps[person] for person in seats}) < len(seats) for seats in beginning):
        return None
    by_step = [{steps[person]: person for person in seats} for seats in beginning]
    return Rotation(tables, used, tuple(tuple(at.get(step, "") for step in used) for at in by_step))


def _steps(rounds: Sequence[Seating], tables: tuple[int, ...]) -> dict[AttendeeId, Step] | None:
    """Return how each person moves among ``tables``; none if somebody is elsewhere, or not always seated."""
    place = {number: i for i, number in enumerate(tables)}
    paths: dict[AttendeeId, list[int]] = {}
    for seating in rounds:
        for number, seats in enumerate(seating, 1):
            if seats and number not in place:
                return None
            for person in seats:
                paths.setdefault(person, []).append(place[number])
    if any(len(path) < len(rounds) for path in paths.values()):
        return None
    return {person: tuple((at - path[0]) % len(tables) for at in path) for person, path in paths.items()}
