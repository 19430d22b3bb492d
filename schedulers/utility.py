"""How much it is worth that two people meet: what they say of themselves, and what answers taught of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from schedulers.learning import CONTENT_PULL, PERSON_PULL, Learned, logit, standard

if TYPE_CHECKING:
    from schedulers.problem import BoolArray, IntArray
    from schedulers.tag_tables import Matrix

CONTENT_PART: Final = 0.5
"""What content counts beside the chance that both are pleased."""

NOISE: Final = 0.1
"""Standard deviation of the noise, in those of the utility."""


def liking(content: Matrix, learned: Learned) -> Matrix:
    """Return how well each person (row) is expected to like a meeting with each other (column).

    Returns:
        Shape ``(n, n)``, above 0 and below 1, not symmetric. The diagonal means nothing.
    """
    z = (content - np.float32(learned.mean)) / np.float32(learned.deviation)
    people = PERSON_PULL * (learned.a[:, None] + learned.b[None, :])
    odds = z * np.float32(CONTENT_PULL) + (logit(learned.mu) + people).astype(np.float32)
    liked: Matrix = 1 / (1 + np.exp(-odds))
    return liked


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
    may = allowed.astype(np.float32)
    np.fill_diagonal(may, 0)
    likes = liking(content, learned)
    both = likes * likes.T
    if contacts is not None:
        both *= _spread(contacts, gamma, n=len(content))
    worth = both / _highest(both * may) + np.float32(CONTENT_PART) * content
    worth /= _highest(worth * may)
    if noise_seed is not None:
        worth += _noise(worth, allowed, np.random.default_rng(noise_seed))
    np.fill_diagonal(worth, 0)
    return worth.clip(0, 1)


def _spread(contacts: IntArray, gamma: float, *, n: int) -> Matrix:
    """Return the mean over each two people of ``1 / (1 + contacts) ** gamma``, shape ``(n, n)``."""
    if contacts.shape != (n,) or (contacts < 0).any() or not gamma >= 0:
        raise ValueError(f"contacts are {n} numbers from 0, and gamma is not negative")
    share = (1.0 + contacts) ** -gamma / 2
    shares: Matrix = (share[:, None] + share[None, :]).astype(np.float32)
    return shares


def _highest(worth: Matrix) -> np.float32:
    """Return the highest value, or 1 where there is none above 0."""
    highest = worth.max(initial=np.float32(0))
    return highest if highest > 0 else np.float32(1)


def _noise(worth: Matrix, allowed: BoolArray, random: np.random.Generator) -> Matrix:
    """Return symmetric noise, a tenth as wide as ``worth`` varies over pairs that may meet."""
    _, deviation = standard(worth, allowed)
    upper = np.triu(random.normal(0, NOISE * deviation, worth.shape).astype(np.float32), 1)
    noise: Matrix = upper + upper.T
    return noise
