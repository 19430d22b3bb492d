"""The components of affinity: each compares people with people in one respect, from profiles alone.

A component has a value where both people have said what it takes; elsewhere it says nothing about them,
neither good nor bad. Where it depends on the direction, its value is the mean of both.

Each function here reads all profiles once and returns a :data:`Comparison`, which compares some people with
others: a few rows at a time stay in the processor's cache, and the lower half of the square need not be
computed at all.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np

from schedulers.matrices import (
    Matrix,
    filled,
    key_numbers,
    places_of,
    products,
    rarity,
    tag_table,
    units,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.affinity import AffinityProfile
    from schedulers.problem import BoolArray

MUTUAL, ONE_WAY, ALIKE = 0.3, 0.6, 0.1
"""Parts of exchange: help both ways, help either way, and offering the same."""

MET_NEED: Final = 0.2
"""What help counts for a need that somebody has met already."""

CLOSE: Final = 0.6
"""Cosine of interests from which two people have as much in common as counts."""

ANSWERED, SAME_GOAL, OTHER_GOAL = 1.0, 0.6, 0.2
"""What two goals are worth together: one answers the other, both are the same, or neither."""

ANSWERS: Final = (("hire", "seek"), ("mentor", "mentee"), ("raise", "invest"))
"""Goals that answer each other."""

TINY: Final = np.finfo(np.float32).tiny


class Component(NamedTuple):
    """Some people (rows) compared with others (places) in one respect.

    Attributes:
        value: 0 to 1; 0 where it says nothing. What it says of a person and themselves means nothing.
        said: Where both people have said what the comparison takes.
    """

    value: Matrix
    said: BoolArray


Comparison: TypeAlias = Callable[[slice, slice], Component]
"""Compares the people of a slice with those of another."""


def exchange(profiles: Sequence[AffinityProfile]) -> Comparison:
    """Compare giving and taking: offers that meet needs, above all open ones, and most of all both ways.

    It takes one who names offers and another who names needs: two who only offer have not said whether one
    could help the other. A tag tells more the fewer people offer it.
    """
    offers = [person.offers for person in profiles]
    places = places_of(offers)
    offered = tag_table(offers, places)
    needs = [person.needs for person in profiles]
    open_or_met = [MET_NEED if tag in person.met_needs else 1 for person in profiles for tag in person.needs]
    needed = tag_table(needs, places, open_or_met)
    alike = units(offered)
    telling = offered
    telling *= rarity(offered)
    offering, needing = filled(offers), filled(needs)

    def compare(rows: slice, others: slice) -> Component:
        there = _given(products(telling[:, rows], needed[:, others]))
        back = _given(products(needed[:, rows], telling[:, others]))
        value = MUTUAL * _harmonic(there, back) + ONE_WAY / 2 * (there + back)
        value += ALIKE * products(alike[:, rows], alike[:, others])
        said = _outer(offering[rows], needing[others]) | _outer(needing[rows], offering[others])
        return Component(value * said, said)

    return compare


def interests(profiles: Sequence[AffinityProfile]) -> Comparison:
    """Compare what people care about: a tag in common counts by how much it matters to each, and tells."""
    cared = [person.interests for person in profiles]
    importance = list(chain.from_iterable(tags.values() for tags in cared))
    levels = tag_table(cared, places_of(cared), importance)
    # Each side brings the root, so that a common tag counts once by how much it tells, as in an exchange.
    levels *= np.sqrt(rarity(levels))
    telling, said = units(levels), filled(cared)

    def compare(rows: slice, others: slice) -> Component:
        cosine = products(telling[:, rows], telling[:, others])
        return Component(np.minimum(cosine / CLOSE, 1), _outer(said[rows], said[others]))

    return compare


def values(profiles: Sequence[AffinityProfile]) -> Comparison:
    """Compare values that both hold: ``k / (k + 1)`` for ``k`` of them."""
    held = [person.values for person in profiles]
    table, said = tag_table(held, places_of(held)), filled(held)

    def compare(rows: slice, others: slice) -> Component:
        return Component(_given(products(table[:, rows], table[:, others])), _outer(said[rows], said[others]))

    return compare


def goals(profiles: Sequence[AffinityProfile]) -> Comparison:
    """Compare goals: the best that one goal of each is worth together."""
    wanted = [person.goals for person in profiles]
    places = places_of([*wanted, *ANSWERS])
    table, said = tag_table(wanted, places), filled(wanted)
    answering = np.zeros((len(places), len(places)), dtype=np.float32)
    for one, other in ANSWERS:
        answering[places[one], places[other]] = answering[places[other], places[one]] = 1
    answered = answering @ table

    def compare(rows: slice, others: slice) -> Component:
        both = _outer(said[rows], said[others])
        same = np.minimum(products(table[:, rows], table[:, others]), 1)
        answer = np.minimum(products(answered[:, rows], table[:, others]), 1)
        value = np.maximum(OTHER_GOAL + (SAME_GOAL - OTHER_GOAL) * same, ANSWERED * answer)
        return Component(value * both, both)

    return compare


def novelty(profiles: Sequence[AffinityProfile], acquainted: BoolArray) -> Comparison:
    """Compare how new people are to each other: half for another organisation, half for another sector.

    People of one organisation and people who know each other are not new at all, whatever else they say. It
    takes that both name their organisation or both their sector, or that they are known to be acquainted.
    """
    organisations = _keys([person.organisation for person in profiles])
    sectors = _keys([person.sector for person in profiles])

    def compare(rows: slice, others: slice) -> Component:
        colleagues, elsewhere = organisations(rows, others)
        same_sector, abroad = sectors(rows, others)
        known = acquainted[rows, others]
        new = (elsewhere.astype(np.float32) + abroad) * np.float32(0.5)
        return Component(new * ~(colleagues | known), colleagues | elsewhere | same_sector | abroad | known)

    return compare


def sector(profiles: Sequence[AffinityProfile]) -> Comparison:
    """Compare who works in the same sector."""
    sectors = _keys([person.sector for person in profiles])

    def compare(rows: slice, others: slice) -> Component:
        same, different = sectors(rows, others)
        return Component(same.astype(np.float32), same | different)

    return compare


def _keys(keys: Sequence[str]) -> Callable[[slice, slice], tuple[BoolArray, BoolArray]]:
    """Return what tells where two people both named a key: the same one, or another."""
    numbers, named = key_numbers(keys), filled(keys)

    def compare(rows: slice, others: slice) -> tuple[BoolArray, BoolArray]:
        equal = numbers[rows, None] == numbers[None, others]
        both = _outer(named[rows], named[others])
        return both & equal, both & ~equal

    return compare


def _outer(rows: BoolArray, others: BoolArray) -> BoolArray:
    return rows[:, None] & others[None, :]


def _given(amount: Matrix) -> Matrix:
    """Return ``m / (m + 1)``: the first counts most."""
    share: Matrix = np.divide(amount, amount + 1)
    return share


def _harmonic(one: Matrix, other: Matrix) -> Matrix:
    """Return the harmonic mean; that of two zeros is 0."""
    mean: Matrix = np.divide(2 * one * other, np.maximum(one + other, TINY))
    return mean
