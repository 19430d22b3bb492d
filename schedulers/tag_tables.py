"""Who has which tag, as tables of people by tags: how rare a tag is, and what two people share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from schedulers.problem import BoolArray

Matrix: TypeAlias = NDArray[np.float32]
"""Single precision is far finer than a unit of a weight, and takes half the time."""


def columns_of(people: Iterable[Collection[str]]) -> dict[str, int]:
    """Return a column for each tag that somebody has."""
    return {tag: k for k, tag in enumerate(sorted(frozenset[str]().union(*people)))}


def tag_table(people: Sequence[Collection[str]], columns: Mapping[str, int]) -> Matrix:
    """Return who has which tag, shape ``(n, tags)`` of 0 and 1; tags without a column are left out."""
    return level_table([dict.fromkeys(tags, 1) for tags in people], columns)


def level_table(people: Sequence[Mapping[str, int]], columns: Mapping[str, int]) -> Matrix:
    """Return how much each tag matters to whom, shape ``(n, tags)``; tags without a column are left out."""
    table = np.zeros((len(people), len(columns)), dtype=np.float32)
    for row, levels in enumerate(people):
        known = [tag for tag in levels if tag in columns]
        table[row, [columns[tag] for tag in known]] = [levels[tag] for tag in known]
    return table


def rarity(table: Matrix) -> Matrix:
    """Return how much each tag tells, shape ``(tags,)``, on average 1.

    In proportion to ``ln((1 + n) / (1 + n_t))``, where ``n_t`` of ``n`` people have the tag. Where everybody
    has every tag, none tells more than another: each is worth 1.
    """
    n_with = np.count_nonzero(table, axis=0)
    tells = np.log((1 + len(table)) / (1 + n_with)).astype(np.float32)
    mean = tells.mean() if tells.size else 0
    return tells / mean if mean > 0 else np.ones_like(tells)


def cosines(table: Matrix) -> Matrix:
    """Return the cosine of each two rows, shape ``(n, n)``; an empty row has 0 with any."""
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    units: Matrix = np.divide(table, lengths, out=np.zeros_like(table), where=lengths > 0)
    shared = units[:, np.count_nonzero(units, axis=0) > 1]
    cosine: Matrix = shared @ shared.T
    return cosine


def overlap(people: Sequence[Collection[str]]) -> Matrix:
    """Return how many tags each two people have in common, shape ``(n, n)``."""
    table = tag_table(people, columns_of(people))
    common: Matrix = table @ table.T
    return common


def both(said: Sequence[object]) -> BoolArray:
    """Return where two people have both said something, shape ``(n, n)``; what is empty is not said."""
    by = np.array([bool(it) for it in said], dtype=np.bool_)
    return by[:, None] & by[None, :]


def same(keys: Sequence[str]) -> BoolArray:
    """Return where two people have the same key, shape ``(n, n)``; an empty one is nobody's."""
    numbers = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    column = np.array([numbers[key] for key in keys], dtype=np.int64)
    equal: BoolArray = (column[:, None] == column[None, :]) & both(keys)
    return equal
