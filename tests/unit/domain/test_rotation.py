"""Rotations: read off the seats of a plan, and only where everybody keeps to one jump."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from event_server.domain.rotation import rotation_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from event_server.domain.messages import Seating


def rounds(tables: int, jumps: tuple[int, ...], count: int, numbers: tuple[int, ...] = ()) -> list[Seating]:
    """Return rounds in which person ``ts`` begins at table ``t`` with the jump of seat ``s``."""
    numbers = numbers or tuple(range(1, tables + 1))
    made = []
    for r in range(count):
        seating: list[list[str]] = [[] for _ in range(max(numbers))]
        for seat, jump in enumerate(jumps):
            for table in range(tables):
                seating[numbers[(table + r * jump) % tables] - 1].append(f"{table}{seat}")
        made.append(tuple(tuple(seats) for seats in seating))
    return made


@pytest.mark.parametrize(
    ("tables", "jumps"), [(5, (0, 1, 2, 3)), (7, (0, 1, 3)), (4, (0, 1)), (7, (1, 2, 5))]
)
def test_a_rotation_is_found_with_its_jumps_and_who_begins_where(tables: int, jumps: tuple[int, ...]) -> None:
    found = rotation_of(rounds(tables, jumps, 4))
    assert found is not None
    assert (found.tables, found.jumps) == (tuple(range(1, tables + 1)), jumps)
    assert found.seats[2] == tuple(f"2{seat}" for seat in range(len(jumps)))


def test_a_route_is_where_everybody_sits() -> None:
    planned = rounds(5, (0, 1, 3), 4, numbers=(2, 3, 5, 8, 9))
    found = rotation_of(planned)
    assert found is not None
    for table, seats in enumerate(found.seats):
        for seat, person in enumerate(seats):
            sat = tuple(
                next(n for n, people in enumerate(seating, 1) if person in people) for seating in planned
            )
            assert found.route(table, seat, 4) == sat


def test_a_table_may_begin_with_an_empty_seat() -> None:
    planned = [
        tuple(tuple(person for person in seats if person != "31") for seats in seating)
        for seating in rounds(5, (0, 1, 2), 3)
    ]
    found = rotation_of(planned)
    assert found is not None
    assert found.seats[3] == ("30", "", "32")


def without_the_last_step(planned: list[Seating]) -> list[Seating]:
    """Return ``planned`` with two people of the last round in each other's place."""
    first, second, *others = planned[-1]
    swapped = ((*first[:-1], second[-1]), (*second[:-1], first[-1]), *others)
    return [*planned[:-1], swapped]


def sitting_out_once(planned: list[Seating]) -> list[Seating]:
    first, *others = planned[1]
    return [planned[0], (first[1:], *others), *planned[2:]]


def at_another_table(planned: list[Seating]) -> list[Seating]:
    first, *others = planned[-1]
    return [*planned[:-1], ((), *others, first)]


@pytest.mark.parametrize("spoilt", [without_the_last_step, sitting_out_once, at_another_table])
def test_what_is_nearly_a_rotation_is_none(spoilt: Callable[[list[Seating]], list[Seating]]) -> None:
    assert rotation_of(spoilt(rounds(5, (0, 1, 2), 4))) is None


def test_two_who_would_never_part_and_single_rounds_are_no_rotation() -> None:
    assert rotation_of(rounds(5, (1, 1, 2), 4)) is None
    assert rotation_of(rounds(5, (0, 1), 1)) is None
    assert rotation_of([]) is None
