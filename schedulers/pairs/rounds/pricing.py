"""Columns priced by the relaxation of their round, so that those which cannot matter stay out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from schedulers.pairs.rounds.relaxation import relax
from schedulers.pairs.rounds.rows import rows_of
from schedulers.pairs.rounds.trios import trio_columns, trio_prices

if TYPE_CHECKING:
    from schedulers.budget import Limits
    from schedulers.pairs.rounds.columns import Columns
    from schedulers.pairs.rounds.rows import FloatArray, Rows, Waiting
    from schedulers.pairs.rounds.task import RoundTask
    from schedulers.problem import IntArray

TRIOS_AT_ONCE = 200
PRICING_ROUNDS = 20
ROUNDING = 1e-6


class Priced(NamedTuple):
    """A relaxation with every column it needed.

    ``weights`` and ``slack`` (price less weight) run over the columns, then over the sit-outs;
    ``value`` is at least that of every round.
    """

    columns: Columns
    rows: Rows
    weights: IntArray
    slack: FloatArray
    value: float
    duals: FloatArray


def price(
    task: RoundTask, columns: Columns, waiting: Waiting, limits: Limits, *, costs: IntArray | None = None
) -> Priced | None:
    """Solve the relaxation, adding trios as long as one is worth more than its price.

    Args:
        task: The round.
        columns: The columns to begin with.
        waiting: Who may sit out.
        limits: Time for the search.
        costs: Shape ``(p,)``: what a sit-out costs; nothing by default.

    Returns:
        ``None`` if no round keeps the rules, or time is over.
    """
    for _ in range(PRICING_ROUNDS):
        rows = rows_of(task, columns, waiting)
        weights = _weights(columns, waiting, costs)
        relaxation = relax(rows, weights.astype(np.float64), limits)
        if relaxation is None:
            return None
        slack = rows.matrix.T @ relaxation.duals - weights
        priced = Priced(columns, rows, weights, slack, relaxation.value, relaxation.duals)
        wider = with_trios(task, priced, within=-ROUNDING, most=TRIOS_AT_ONCE)
        if len(wider) == len(columns):
            return priced
        columns = wider
    return None


def with_trios(task: RoundTask, priced: Priced, *, within: float, most: int) -> Columns:
    """Return the columns of ``priced`` and the trios whose slack is at most ``within``."""
    if not task.trio:
        return priced.columns
    prices = trio_prices(task, priced.rows, priced.duals)
    return priced.columns.joined(trio_columns(task, prices, within=within, most=most))


def widened(task: RoundTask, priced: Priced, waiting: Waiting, *, within: float, most: int) -> Priced:
    """Return ``priced`` with the trios added whose slack is at most ``within``."""
    columns = with_trios(task, priced, within=within, most=most)
    if len(columns) == len(priced.columns):
        return priced
    rows = rows_of(task, columns, waiting)
    weights = _weights(columns, waiting, None)
    slack = rows.matrix.T @ priced.duals - weights
    return Priced(columns, rows, weights, slack, priced.value, priced.duals)


def _weights(columns: Columns, waiting: Waiting, costs: IntArray | None) -> IntArray:
    people = waiting.people
    paid = np.zeros(len(people), dtype=np.int64) if costs is None else -costs[people]
    return np.concatenate([columns.weights, paid])
