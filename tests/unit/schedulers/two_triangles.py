"""Small evenings with a plan that fits on a line."""

from __future__ import annotations

from typing import Any

import numpy as np

from schedulers.problem import Problem, Table

PAIRS = [Table(2)] * 3


def symmetric(n: int, **weights: int) -> np.ndarray[Any, Any]:
    """Return a matrix of weights: ``m01=5`` for 0 and 1."""
    matrix = np.zeros((n, n), dtype=int)
    for pair, weight in weights.items():
        i, j = int(pair[1]), int(pair[2])
        matrix[i, j] = matrix[j, i] = weight
    return matrix


def seats(*rounds: str) -> np.ndarray[Any, Any]:
    """Return seats: ``"001-"`` seats the first two at table 0, the third at 1, and the last nowhere."""
    return np.array([[-1 if place == "-" else int(place) for place in row] for row in rounds])


def two_triangles() -> Problem:
    """Six people, two rounds; both halves love to meet among themselves only."""
    inside = dict.fromkeys(["m01", "m02", "m12", "m34", "m35", "m45"], 10)
    return Problem(symmetric(6, **inside), PAIRS, 2)
