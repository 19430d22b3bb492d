"""How much it is worth that two people meet: what they say of themselves, and what answers taught of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from schedulers.learning import CONTENT_PULL, PERSON_PULL, Learned, logit
from schedulers.matrices import highest, pairs_in, row_blocks, standard

if TYPE_CHECKING:
    from schedulers.matrices import Matrix
    from schedulers.problem import BoolArray, IntArray

CONTENT_PART: Final = 0.5
"""What content counts beside the chance that both are pleased."""

NOISE: Final = 0.1
"""Standard deviation of the noise, in those of the utility."""


def liking(content: Matrix, learned: Learned) -> Matrix:
    """Return how well each person (row) is expected to like a meeting with each other (column).

    Returns:
        Shape ``(n, n)``, above 0 and below 1, not symmetric. The diagonal means nothing.
    """
    # In place: fetching memory would take longer than counting.
    odds: Matrix = (content - np.float32(learned.mean)) * np.float32(CONTENT_PULL / learned.deviation)
    odds += (logit(learned.mu) + PERSON_PULL * learned.a).astype(np.float32)[:, None]
    odds += (PERSON_PULL * learned.b).astype(np.float32)[None, :]
    np.exp(np.negative(odds, out=odds), out=odds)
    odds += 1
    return np.reciprocal(odds, out=odds)


def utility(
    content: Matrix,
    learned: Learned,
    allowed: BoolArray,
    *,
    contacts: IntArray | None = None,
    gamma: float = 1.0,
    noise_seed: int | None = None,
) -> Matrix:
    """Return how much each meeting is worth: the chance that both are pleased, and half of their content.

    Args:
        content: How well people fit by their profiles, shape ``(n, n)``.
        learned: What answers taught, from the same ``content``.
        allowed: Shape ``(n, n)``, symmetric: who may meet whom. Values are scaled by the best of these.
        contacts: Shape ``(n,)``: how many mutual contacts each person has by now. Whoever has more is worth
            less to meet, so that more people leave with at least one. ``None`` where that does not count.
        gamma: How much contacts count: 0 not at all, which gives most contacts in total.
        noise_seed: Adds noise, so that of many pairs that are worth about the same not always the same meet.

    Returns:
        Shape ``(n, n)``, symmetric, 0 to 1, zero diagonal.

    Raises:
        ValueError: If the arrays do not fit together, or ``gamma`` or a number of contacts is negative.
    """
    n = len(learned.a)
    if content.shape != (n, n) or allowed.shape != (n, n):
        raise ValueError(
            f"content, allowed and lessons are of one room: {content.shape}, {allowed.shape}, {n}"
        )
    pairs = pairs_in(allowed)
    likes = liking(content, learned)
    worth = likes * likes.T
    if contacts is not None:
        _spread(worth, contacts, gamma)
    best = np.float32(highest(worth, pairs))
    for rows in row_blocks(n):
        worth[rows] = worth[rows] / best + np.float32(CONTENT_PART) * content[rows]
    worth /= np.float32(highest(worth, pairs))
    if noise_seed is not None:
        worth += _noise(worth, pairs, np.random.default_rng(noise_seed))
    np.fill_diagonal(worth, 0)
    return np.clip(worth, 0, 1, out=worth)


def _spread(worth: Matrix, contacts: IntArray, gamma: float) -> None:
    """Multiply ``worth`` by the mean over each two people of ``1 / (1 + contacts) ** gamma``."""
    n = len(worth)
    if contacts.shape != (n,) or (contacts < 0).any() or not gamma >= 0:
        raise ValueError(f"contacts are {n} numbers from 0, and gamma is not negative")
    half = ((1.0 + contacts) ** -gamma / 2).astype(np.float32)
    for rows in row_blocks(n):
        worth[rows] *= half[rows, None] + half[None, :]


def _noise(worth: Matrix, pairs: BoolArray, random: np.random.Generator) -> Matrix:
    """Return symmetric noise, a tenth as wide as ``worth`` varies over pairs that may meet."""
    _, deviation = standard(worth, pairs)
    upper = np.triu(random.normal(0, NOISE * deviation, worth.shape).astype(np.float32), 1)
    noise: Matrix = upper + upper.T
    return noise
