"""Rounds in which everybody moves the same number of tables each time: they can be printed on a card."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.messages import AttendeeId, Seating


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who sits at seat ``s`` of table ``t`` goes on to table ``t + jumps[s]``, counted round and round.

    Attributes:
        tables: The numbers of the tables in use, ascending.
        jumps: For each seat how many tables it moves on after each round, ascending; 0 stays.
        seats: For each table who begins there, by seat; an empty id where nobody does.
    """

    tables: tuple[int, ...]
    jumps: tuple[int, ...]
    seats: tuple[tuple[AttendeeId, ...], ...]

    def route(self, table: int, seat: int, rounds: int) -> tuple[int, ...]:
        """Return at which tables a seat is in each round; ``table`` and ``seat`` are indices."""
        count = len(self.tables)
        return tuple(self.tables[(table + r * self.jumps[seat]) % count] for r in range(rounds))


def rotation_of(rounds: Sequence[Seating]) -> Rotation | None:
    """Return the rotation that ``rounds`` are, or none: all of them, for everybody who has a seat.

    Everybody is seated in every round, at one set of tables, and moves by the same jump each time. Two who
    begin at one table move by different ones: else they would never part.
    """
    if len(rounds) < 2:  # noqa: PLR2004 - nobody moves in a single round
        return None
    tables = tuple(number for number, seats in enumerate(rounds[0], 1) if seats)
    jumps = _jumps(rounds, tables)
    if jumps is None:
        return None
    used = tuple(sorted(set(jumps.values())))
    beginning = [rounds[0][number - 1] for number in tables]
    if any(len({jumps[person] for person in seats}) < len(seats) for seats in beginning):
        return None
    by_jump = [{jumps[person]: person for person in seats} for seats in beginning]
    return Rotation(tables, used, tuple(tuple(at.get(jump, "") for jump in used) for at in by_jump))


def _jumps(rounds: Sequence[Seating], tables: tuple[int, ...]) -> dict[AttendeeId, int] | None:
    """Return by how many of ``tables`` each person moves on; none if somebody does not keep to one jump."""
    place = {number: i for i, number in enumerate(tables)}
    paths: dict[AttendeeId, list[int]] = {}
    for seating in rounds:
        for number, seats in enumerate(seating, 1):
            if seats and number not in place:
                return None
            for person in seats:
                paths.setdefault(person, []).append(place[number])
    jumps = {}
    for person, path in paths.items():
        steps = {(after - before) % len(tables) for before, after in pairwise(path)}
        if len(path) < len(rounds) or len(steps) > 1:
            return None
        jumps[person] = steps.pop()
    return jumps
