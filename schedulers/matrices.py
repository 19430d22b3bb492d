"""Matrices of people by tags and of people by people, made without many large arrays in between."""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from schedulers.problem import BoolArray

Matrix: TypeAlias = NDArray[np.float32]
"""Single precision is far finer than a unit of a weight, and takes half the time."""

BLOCK: Final = 64
"""Rows worked on at a time: what they take stays in the processor's cache."""


def row_blocks(n: int) -> Iterator[slice]:
    """Yield slices that together are all of ``n`` rows."""
    for start in range(0, n, BLOCK):
        yield slice(start, min(start + BLOCK, n))


def pairs_in(allowed: BoolArray) -> BoolArray:
    """Return ``allowed``, shape ``(n, n)``, without its diagonal: nobody makes a pair alone."""
    pairs = allowed.copy()
    np.fill_diagonal(pairs, val=False)
    return pairs


def highest(matrix: Matrix, pairs: BoolArray) -> float:
    """Return the highest value of ``matrix`` among ``pairs``, or 1 if none is above 0."""
    best = max((float((matrix[rows] * pairs[rows]).max()) for rows in row_blocks(len(matrix))), default=0.0)
    return best if best > 0 else 1.0


def standard(matrix: Matrix, pairs: BoolArray) -> tuple[float, float]:
    """Return mean and standard deviation of ``matrix`` over ``pairs``; 0 and 0 if there are none."""
    count = max(1, int(np.count_nonzero(pairs)))
    mean = variance = 0.0
    for rows in row_blocks(len(matrix)):
        mean += float((matrix[rows] * pairs[rows]).sum(dtype=np.float64)) / count
    for rows in row_blocks(len(matrix)):
        squares = np.square(matrix[rows] - np.float32(mean)) * pairs[rows]
        variance += float(squares.sum(dtype=np.float64)) / count
    return mean, math.sqrt(variance)


def places_of(people: Iterable[Collection[str]]) -> dict[str, int]:
    """Return a place in a table for each tag that somebody has."""
    return {tag: k for k, tag in enumerate(sorted(frozenset[str]().union(*people)))}


def tag_table(
    people: Sequence[Collection[str]], places: Mapping[str, int], levels: Sequence[float] | float = 1.0
) -> Matrix:
    """Return who has which tag, shape ``(tags, n)``, 0 where not; tags without a place are left out.

    Args:
        people: The tags of each person.
        places: The place of each tag.
        levels: What to write where a person has a tag, one after the other as ``people`` has them.
    """
    left_out = len(places)
    table = np.zeros((left_out + 1, len(people)), dtype=np.float32)
    who = np.repeat(np.arange(len(people)), [len(tags) for tags in people])
    table[[places.get(tag, left_out) for tag in chain.from_iterable(people)], who] = levels
    return table[:left_out]


def rarity(table: Matrix) -> Matrix:
    """Return how much each tag tells, shape ``(tags, 1)``, on average 1.

    In proportion to ``ln((1 + n) / (1 + n_t))``, where ``n_t`` of ``n`` people have the tag. Where everybody
    has every tag, none tells more than another: each is worth 1.
    """
    n_with = np.count_nonzero(table, axis=1, keepdims=True)
    tells = np.log((1 + table.shape[1]) / (1 + n_with)).astype(np.float32)
    mean = tells.mean() if tells.size else 0
    return tells / mean if mean > 0 else np.ones_like(tells)


def units(table: Matrix) -> Matrix:
    """Return ``table`` with people of length 1, so that the product of two is their cosine; 0 stays 0."""
    lengths = np.linalg.norm(table, axis=0)
    unit: Matrix = np.divide(table, np.where(lengths > 0, lengths, 1))
    return unit


def products(some: Matrix, others: Matrix) -> Matrix:
    """Return what each two people have in common, shape ``(some, others)``, from tables of the same tags.

    A few people have few of all tags between them; only those are looked at.
    """
    used = some.any(axis=1)
    common: Matrix = some[used].T @ others[used]
    return common


def filled(said: Sequence[object]) -> BoolArray:
    """Return who has said something, shape ``(n,)``; what is empty is not said."""
    return np.array([bool(it) for it in said], dtype=np.bool_)


def key_numbers(keys: Sequence[str]) -> NDArray[np.int32]:
    """Return a number for each person's key, shape ``(n,)``, equal where keys are equal."""
    numbers = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int32)
