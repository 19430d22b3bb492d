"""One round, exactly: price it, leave out what cannot matter, search the rest.

The linear relaxation gives an upper bound and prices. A column whose price exceeds its weight by more
than the distance between the bound and a known round is in no better round, so the search needs only the
columns closer than that: about four for each person instead of all pairs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.rounds.columns import Columns, pair_columns
from schedulers.pairs.rounds.greedy import match_greedily
from schedulers.pairs.rounds.packing import pack
from schedulers.pairs.rounds.pricing import ROUNDING, TRIOS_AT_ONCE, Priced, price, widened
from schedulers.pairs.rounds.task import Group, RoundTask, rank
from schedulers.pairs.rounds.trios import first_trios
from schedulers.pairs.rounds.waiting import MOST_TRIOS, counted_waiting, found_waiting, relaxed_waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.budget import Limits
    from schedulers.pairs.rounds.rows import Waiting

NEAR_COLUMNS_EACH = 4


def match_exactly(task: RoundTask, limits: Limits, start: Sequence[Group] = ()) -> list[Group]:
    """Return the best round in the order of rules, or the best found when time runs out."""
    fallback = match_greedily(task, start)
    if task.tables == 0 or not task.possible.any():
        return fallback
    columns = pair_columns(task, fallback)
    if task.trio:
        columns = columns.joined(first_trios(task, fallback, TRIOS_AT_ONCE))
    found = _best_with(task, columns, counted_waiting(task), limits)
    if found is None:
        found = _best_with(task, columns, relaxed_waiting(task, columns, limits), limits)
    if found is None and not limits.are_spent():
        found = _best_with(task, columns, found_waiting(task, columns, fallback, limits), limits)
    return fallback if found is None else max(found, fallback, key=lambda groups: rank(task, groups))


def _best_with(
    task: RoundTask, columns: Columns, waiting: Waiting | None, limits: Limits
) -> list[Group] | None:
    """Return the most valuable round with these sit-outs; ``None`` if there is none, or none in time."""
    if waiting is None:
        return None
    if task.trio and (task.p - waiting.least) % 2 == 0:
        # Those who are left make pairs, so no trio can be among them.
        task, columns = replace(task, trio=False), columns.pairs()
    priced = price(task, columns, waiting, limits)
    if priced is None:
        return None
    within = float(np.sort(priced.slack)[: NEAR_COLUMNS_EACH * task.p].max())
    best: list[Group] | None = None
    while not limits.are_spent():
        near = widened(task, priced, waiting, within=within, most=MOST_TRIOS)
        packing = pack(near.rows, near.weights, np.flatnonzero(near.slack <= within + ROUNDING), limits)
        if packing is None and within == np.inf:
            break
        if packing is not None:
            best = _groups(near, packing.columns.tolist())
        gap = np.inf if packing is None else float(np.floor(priced.value + ROUNDING)) - packing.value
        if gap <= within or (packing is not None and not packing.is_optimal):
            break
        within = gap
    return best


def _groups(priced: Priced, chosen: Sequence[int]) -> list[Group]:
    return [priced.columns.group(column) for column in chosen if column < len(priced.columns)]
