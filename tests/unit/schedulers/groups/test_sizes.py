"""How many sit at which table."""

from __future__ import annotations

import numpy as np
import pytest

from schedulers.groups.sizes import compatible_hosts, most_seated, sizes_of
from schedulers.problem import Problem, Table, pair_matrix


def room(n: int, tables: list[Table], **more: object) -> Problem:
    return Problem(np.zeros((n, n), dtype=int), tables, 1, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("people", "tables", "low", "high", "seated"),
    [
        (97, [Table(10)] * 10, [9] * 10, [10] * 10, 97),
        (100, [Table(10)] * 12, [10] * 10, [10] * 10, 100),
        (13, [Table(4)] * 3, [4] * 3, [4] * 3, 12),
        (11, [Table(4)] * 9, [3] * 3, [4] * 3, 11),
        (5, [Table(4)] * 2, [2, 2], [3, 3], 5),
        (9, [Table(4), Table(10)], [9], [9], 9),
        (12, [Table(4), Table(10)], [4, 8], [4, 8], 12),
        (7, [Table(3, 3), Table(3, 3), Table(4, 4)], [3, 4], [3, 4], 7),
        (4, [Table(3, 3)] * 2, [3], [3], 3),
        (1, [Table(4)], [], [], 0),
        (0, [Table(4)], [], [], 0),
    ],
)
def test_as_many_as_can_sit_as_evenly_as_they_can(
    people: int, tables: list[Table], low: list[int], high: list[int], seated: int
) -> None:
    sizes = sizes_of(room(people, tables), 0)

    assert (sizes.low.tolist(), sizes.high.tolist(), sizes.seated) == (low, high, seated)


def test_spare_tables_make_groups_smaller_as_far_as_there_are_people() -> None:
    problem = room(12, [Table(6)] * 8)

    assert sizes_of(problem, 0).high.tolist() == [6, 6]
    assert sizes_of(problem, 0, spare=1).high.tolist() == [4, 4, 4]
    last = sizes_of(problem, 0, spare=99)
    assert (last.high.tolist(), last.can_grow) == ([2] * 6, False)


def test_the_tables_of_hosts_come_first_and_then_those_preferred() -> None:
    fixed = np.array([4, *[-1] * 7])

    assert sizes_of(room(8, [Table(4)] * 5, fixed=fixed), 0, first=[2]).tables.tolist() == [2, 4]


def test_a_host_whose_table_cannot_be_filled_sits_out() -> None:
    """Two hosts with tables for four and two guests: only one of them has enough company."""
    problem = room(4, [Table(4, 3)] * 2, fixed=np.array([0, 1, -1, -1]))

    sizes = sizes_of(problem, 0)

    assert (len(sizes.tables), sizes.seated) == (1, 3)


def test_tables_for_which_there_are_not_people_enough_take_turns() -> None:
    problem = Problem(np.zeros((4, 4), dtype=int), [Table(4, 3)] * 2, 2, fixed=np.array([0, 1, -1, -1]))

    assert [sizes_of(problem, r).tables.tolist() for r in (0, 1)] == [[0], [1]]


@pytest.mark.parametrize(
    ("people", "must_meet", "hosts"),
    [
        (6, [], ((0, 1), (2,))),
        (7, [], ((), ())),
        (6, [(1, 5)], ((), (2,))),
        (6, [(2, 5)], ((0, 1), (2,))),
    ],
)
def test_hosts_keep_chairs_that_nobody_else_can_need(
    people: int, must_meet: list[tuple[int, int]], hosts: tuple[tuple[int, ...], ...]
) -> None:
    """Two hosts at one table and one at another; at seven, one person more than there are chairs."""
    fixed = np.array([0, 0, 1, *[-1] * (people - 3)])

    assert sizes_of(room(people, [Table(3)] * 2, fixed=fixed, must_meet=must_meet), 0).hosts == hosts


def test_hosts_of_one_table_who_may_not_meet_do_not_both_sit_there() -> None:
    problem = room(4, [Table(4)], fixed=np.array([0, 0, 0, -1]), allowed=~pair_matrix(4, [(0, 1)]))

    assert len(compatible_hosts(problem, 0, 0)) == 2
    assert most_seated(problem, 0) == 3
