"""Rotations: read off the seats of a plan, and only where everybody moves in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from event_server.domain.rotation import rotation_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from event_server.domain.messages import Seating
    from event_server.domain.rotation import Step


def steps_of(jumps: tuple[int, ...], count: int, tables: int) -> tuple[Step, ...]:
    return tuple(tuple(r * jump % tables for r in range(count)) for jump in jumps)


def rounds(tables: int, jumps: tuple[int, ...], count: int, numbers: tuple[int, ...] = ()) -> list[Seating]:
    """Return rounds in which person ``ts`` begins at table ``t`` with the jump of seat ``s``."""
    return in_step(tables, steps_of(jumps, count, tables), numbers)


def in_step(tables: int, steps: tuple[Step, ...], numbers: tuple[int, ...] = ()) -> list[Seating]:
    numbers = numbers or tuple(range(1, tables + 1))
    made = []
    for r in range(len(steps[0])):
        seating: list[list[str]] = [[] for _ in range(max(numbers))]
        for seat, step in enumerate(steps):
            for table in range(tables):
                seating[numbers[(table + step[r]) % tables] - 1].append(f"{table}{seat}")
        made.append(tuple(tuple(seats) for seats in seating))
    return made


@pytest.mark.parametrize(
    ("tables", "jumps"), [(5, (0, 1, 2, 3)), (7, (0, 1, 3)), (4, (0, 1)), (7, (1, 2, 5))]
)
def test_a_rotation_is_found_with_its_jumps_and_who_begins_where(tables: int, jumps: tuple[int, ...]) -> None:
    found = rotation_of(rounds(tables, jumps, 4))
    assert found is not None
    assert (found.tables, found.steps) == (tuple(range(1, tables + 1)), steps_of(jumps, 4, tables))
    assert [found.jump(seat) % tables for seat in range(len(jumps))] == list(jumps)
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
            assert found.route(table, seat) == sat


def test_seats_may_jump_by_another_number_each_time() -> None:
    found = rotation_of(in_step(6, ((0, 0, 0), (0, 1, 3), (0, 5, 4))))
    assert found is not None
    assert found.steps == ((0, 0, 0), (0, 1, 3), (0, 5, 4))
    assert [found.jump(seat) for seat in range(3)] == [0, None, -1]
    assert found.route(4, 1) == (5, 6, 2)


def test_people_who_each_move_in_their_own_way_are_no_rotation() -> None:
    """At every table all move differently; but there are more ways than seats."""
    scattered = [(("a", "b"), ("c", "d"), ("e", "f")), (("a", "f"), ("b", "c"), ("d", "e"))]
    assert rotation_of(scattered) is not None
    scattered = [(("a", "b"), ("c", "d"), ("e", "f")), (("a", "d"), ("b", "e"), ("c", "f"))]
    assert rotation_of(scattered) is None


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
