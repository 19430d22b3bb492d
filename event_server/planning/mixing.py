"""What tables are to mix, and how far a plan mixes it."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np

from event_server.domain.plan_figures import Mixed
from event_server.domain.seating import PAIR
from schedulers.balance import coded, value_counts
from schedulers.problem import Balance

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from event_server.planning.briefing import Briefing
    from event_server.planning.problems import Task
    from schedulers.problem import IntArray

MIX_POINTS = 75.0
"""Points of a squared deviation: twice as many come off for every two at a table who are alike.

Measured on made-up guests, as told in ``docs/schedulers.md``: half as much mixes clearly less, and twice as
much costs large rooms more than five percent of their value.
"""


def balance_of(briefing: Briefing) -> list[Balance]:
    """Return what the solver is to mix; tables of two have nothing to be mixed.

    Values are numbers in order of appearance: who is alike is all that a problem tells of them.
    """
    if briefing.seats == PAIR:
        return []
    found = []
    if briefing.mix_sectors:
        sectors = [person.sector or None for person in briefing.people]
        found.append(Balance("sector", MIX_POINTS, _numbered(sectors)))
    if briefing.mix_seniority:
        seniorities = [person.seniority for person in briefing.people]
        found.append(Balance("seniority", MIX_POINTS, _numbered(seniorities)))
    return found


def _numbered(values: Sequence[Hashable | None]) -> tuple[str | None, ...]:
    numbers = {value: str(k) for k, value in enumerate(dict.fromkeys(v for v in values if v is not None), 1)}
    return tuple(None if value is None else numbers[value] for value in values)


def mixed(task: Task, seats: IntArray) -> tuple[Mixed, ...]:
    """Return how far ``seats``, shape ``(rounds, n)``, mix what they are to mix."""
    here = np.array([person.here for person in task.briefing.people], dtype=np.bool_)
    found = []
    for rule in task.stated.balance:
        codes, share = coded(rule, here)
        alike = least = 0
        for row in seats:
            counts = value_counts(codes, row, tables=len(task.stated.tables), values=len(share))
            used = len(np.unique(row[row >= 0]))
            alike += _pairs(counts.ravel())
            least += sum(_fewest_pairs(people, used) for people in counts.sum(axis=0).tolist())
        said = int((codes[here] < len(share)).sum())
        found.append(
            Mixed(
                attribute=rule.attribute,
                alike=alike,
                least=least,
                meetings=sum(_pairs(np.bincount(row[row >= 0])) for row in seats),
                said=said,
                silent=int(here.sum()) - said,
            )
        )
    return tuple(found)


def _pairs(sizes: IntArray) -> int:
    """Return how many pairs there are within groups of these sizes."""
    return sum(comb(size, PAIR) for size in sizes.tolist())


def _fewest_pairs(people: int, tables: int) -> int:
    """Return how many pairs of ``people`` share a table where they are spread over ``tables`` evenly."""
    each, more = divmod(people, tables) if tables else (0, 0)
    return more * comb(each + 1, PAIR) + (tables - more) * comb(each, PAIR)
