"""Skeletons by arithmetic: person ``x`` of seat ``s`` sits in round ``r`` at table ``x + s r`` of a ring.

Two people of the seats ``s`` and ``t`` share a table in round ``r`` if ``(s - t) r`` is the difference of
their ``x``, and two of one seat never do. Where every two of the seats, or every two of the rounds, differ
by a *unit*, that happens in one round at most: nobody meets anybody twice (R. C. Bose, "On the application
of the properties of Galois fields to the problem of construction of hyper-Graeco-Latin squares", 1938).

A field has all differences: 8 tables of 8 play 8 rounds. For any other number of tables the ring is the
product of fields, one for each prime power that divides it, and elements that differ in all places at once
are as many as the smallest field has (H. F. MacNeish, "Euler squares", 1922).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.problem import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """A finite commutative ring of the elements 0 to ``order - 1``, of which 0 is the zero.

    Attributes:
        add: Shape ``(order, order)``: sums.
        multiply: Shape ``(order, order)``: products.
        apart: Elements of which every two differ by a unit, zero first, as many as there can be.
    """

    add: IntArray
    multiply: IntArray
    apart: IntArray

    @property
    def order(self) -> int:
        """Return the number of elements."""
        return len(self.add)


def ring_rounds(tables: int, seats: int, rounds: int) -> IntArray | None:
    """Return who sits where, or ``None`` where this arithmetic knows no way.

    Returns:
        Shape ``(rounds, seats, tables)``: the table of person ``x`` of seat ``s`` in each round. Those of
        seat 0 never move, and in round 0 nobody has moved.
    """
    ring = ring_of(tables)
    everything = np.arange(tables)
    if seats <= len(ring.apart) and rounds <= tables:
        sit, turn = ring.apart[:seats], everything[:rounds]
    elif seats <= tables and rounds <= len(ring.apart):
        sit, turn = everything[:seats], ring.apart[:rounds]
    else:
        return None
    moves = ring.multiply[np.ix_(turn, sit)]
    return ring.add[moves[:, :, None], everything]


@lru_cache(maxsize=64)
def ring_of(order: int) -> Ring:
    """Return the product of the fields whose orders are the prime powers that divide ``order`` (1 or more).

    An element is a tuple of field elements, numbered with the first field as the lowest digit.
    """
    fields = [_field(prime, power) for prime, power in _prime_powers(order)]
    if not fields:
        nothing = np.zeros((1, 1), dtype=np.int64)
        return Ring(nothing, nothing, nothing[0])
    ring = fields[0]
    for field in fields[1:]:
        high, low = np.divmod(np.arange(ring.order * field.order), ring.order)
        least = min(len(ring.apart), field.order)
        ring = Ring(
            ring.add[np.ix_(low, low)] + ring.order * field.add[np.ix_(high, high)],
            ring.multiply[np.ix_(low, low)] + ring.order * field.multiply[np.ix_(high, high)],
            ring.apart[:least] + ring.order * field.apart[:least],
        )
    return ring


def _field(prime: int, power: int) -> Ring:
    """Return the field of ``prime ** power`` elements: polynomials whose digits are their coefficients."""
    order = prime**power
    places = prime ** np.arange(power)
    digits = np.arange(order)[:, None] // places % prime
    add = (digits[:, None, :] + digits[None, :, :]) % prime @ places
    powers = next(found for found in _cycles(prime, power) if len(found) == order - 1)
    exponent = np.zeros(order, dtype=np.int64)
    exponent[powers] = np.arange(order - 1)
    multiply = np.array(powers)[(exponent[:, None] + exponent[None, :]) % (order - 1)]
    multiply[0, :] = multiply[:, 0] = 0
    return Ring(add, multiply, np.arange(order))


def _cycles(prime: int, power: int) -> Iterator[list[int]]:
    """Yield the powers of ``x``, from 1 on until they recur, for each rule what ``x ** power`` shall be.

    Where they reach every polynomial but 0, the rule makes a field (the polynomial is primitive).
    """
    for rule in product(range(prime), repeat=power):
        one = (1,) + (0,) * (power - 1)
        element, found = one, [1]
        while len(found) < prime**power:
            top = element[-1]
            shifted = (0, *element[:-1])
            element = tuple((low + top * tail) % prime for low, tail in zip(shifted, rule, strict=True))
            if element == one:
                break
            found.append(sum(digit * prime**place for place, digit in enumerate(element)))
        yield found


def _prime_powers(number: int) -> list[tuple[int, int]]:
    """Return the primes that divide ``number``, each with how often it does."""
    found, prime = [], 2
    while number > 1:
        power = 0
        while number % prime == 0:
            number, power = number // prime, power + 1
        if power:
            found.append((prime, power))
        prime += 1
    return found
