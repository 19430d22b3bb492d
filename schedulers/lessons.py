"""What is kept of an event's answers for later ones: per person two sums and two counts, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]

COLUMNS = ("given_sum", "given_count", "received_sum", "received_count")


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Lessons:
    """By how much answers differed from what was expected, summed per person; shape ``(n,)`` each.

    Attributes:
        given_sum: Of answers that a person gave: above 0 for who likes people more than was expected.
        given_count: How many answers these were. What has faded counts less, so it need not be whole.
        received_sum: Of answers about a person: above 0 for who is liked more than was expected.
        received_count: How many answers these were.

    Raises:
        ValueError: If the arrays differ in length, a figure is not finite, or a count is negative.
    """

    given_sum: FloatArray
    given_count: FloatArray
    received_sum: FloatArray
    received_count: FloatArray

    def __post_init__(self) -> None:
        shapes = {name: np.shape(getattr(self, name)) for name in COLUMNS}
        if len(set(shapes.values())) != 1 or len(shapes["given_sum"]) != 1:
            raise ValueError(f"lessons are four arrays of one length, not {shapes}")
        if not all(np.isfinite(getattr(self, name)).all() for name in COLUMNS):
            raise ValueError("lessons must be finite")
        if (np.minimum(self.given_count, self.received_count) < 0).any():
            raise ValueError("counts of lessons must not be negative")

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.given_sum)


def no_lessons(n: int) -> Lessons:
    """Return the lessons of ``n`` people of whom nothing is known."""
    return Lessons(**{name: np.zeros(n) for name in COLUMNS})
