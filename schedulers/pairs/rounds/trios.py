"""Which trios can matter: there are too many to list, so the prices of the rows choose them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from schedulers.pairs.rounds.columns import Columns
from schedulers.pairs.rounds.rows import FloatArray, Rows, odd_parts, shared_tables
from schedulers.pairs.rounds.task import TRIO, Group, RoundTask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.problem import IntArray


@dataclass(frozen=True, eq=False, slots=True)
class TrioPrices:
    """What a trio has to pay: for each of its people, as a trio, for a host's table, for must-meets.

    ``person``, ``part`` and ``host`` have shape ``(p,)``, ``must`` has shape ``(p, p)``.
    """

    person: FloatArray
    trio: float
    part: FloatArray
    host: FloatArray
    must: FloatArray


def trio_prices(task: RoundTask, rows: Rows, duals: FloatArray) -> TrioPrices:
    """Return what trios pay by the prices ``duals`` of ``rows``."""
    part, host = np.zeros(task.p), np.zeros(task.p)
    for people, price in zip(odd_parts(task), _of(rows, duals, "parts"), strict=True):
        part[people] = price
    for people, price in zip(shared_tables(task), _of(rows, duals, "hosts"), strict=True):
        host[people] = price
    must = np.zeros((task.p, task.p))
    for (i, j), price in zip(task.musts, _of(rows, duals, "musts"), strict=True):
        must[i, j] = must[j, i] = price
    alone = float(_of(rows, duals, "tables").sum() + _of(rows, duals, "trio").sum())
    return TrioPrices(_of(rows, duals, "people"), alone, part, host, must)


def _of(rows: Rows, duals: FloatArray, rule: str) -> FloatArray:
    return duals[rows.spans.get(rule, slice(0, 0))]


def free_prices(task: RoundTask) -> TrioPrices:
    """Return prices of nothing, by which the heaviest trios are the best."""
    nothing = np.zeros(task.p)
    return TrioPrices(nothing, 0.0, nothing, nothing, np.zeros((task.p, task.p)))


def trio_columns(task: RoundTask, prices: TrioPrices, *, within: float, most: int) -> Columns:
    """Return the possible trios whose price exceeds their weight by at most ``within``, best first.

    Args:
        task: The round.
        prices: What a trio has to pay.
        within: The largest difference of price and weight.
        most: Return no more than this many.
    """
    found: list[IntArray] = [np.zeros((0, TRIO), dtype=np.int64)]
    slacks: list[FloatArray] = [np.zeros(0)]
    for i in range(task.p):
        friends = np.flatnonzero(task.possible[i, i + 1 :]) + i + 1
        j, k = np.nonzero(np.triu(task.possible[np.ix_(friends, friends)], 1))
        members = np.stack([np.full(len(j), i), friends[j], friends[k]], axis=1)
        slack = _slack(task, prices, members)
        near = np.flatnonzero(slack <= within)
        found.append(members[near])
        slacks.append(slack[near])
    order = np.argsort(np.concatenate(slacks), kind="stable")[:most]
    return as_columns(task, np.concatenate(found)[order])


def _slack(task: RoundTask, prices: TrioPrices, members: IntArray) -> FloatArray:
    i, j, k = members.T
    worth = task.weights - prices.must
    slack: FloatArray = prices.person[i] + prices.person[j] + prices.person[k]
    slack -= worth[i, j] + worth[i, k] + worth[j, k]
    slack += prices.part[i] + prices.trio
    if prices.host.any():
        # The hosts in a trio share one table, so its price counts once.
        hosts = np.where(task.fixed[members] >= 0, prices.host[members], 0.0)
        slack += np.where(hosts.max(axis=1) > 0, hosts.max(axis=1), hosts.min(axis=1))
    return slack


def as_columns(task: RoundTask, members: IntArray) -> Columns:
    """Return ``members``, shape ``(m, 3)``, as columns."""
    i, j, k = members.T
    return Columns(members, task.weights[i, j] + task.weights[i, k] + task.weights[j, k])


def first_trios(task: RoundTask, groups: Sequence[Group], most: int) -> Columns:
    """Return the trio among ``groups``, if there is one, and the ``most`` heaviest ones."""
    at_hand = [sorted(group) for group in groups if len(group) == TRIO]
    members = np.array(at_hand, dtype=np.int64).reshape(-1, TRIO)
    return as_columns(task, members).joined(trio_columns(task, free_prices(task), within=np.inf, most=most))
