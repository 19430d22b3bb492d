"""The components of affinity: each compares everybody with everybody in one respect, from profiles alone.

A component has a value where both people have said what it takes; elsewhere it says nothing about them,
neither good nor bad. Where it depends on the direction, its value is the mean of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from schedulers.tag_tables import both, columns_of, cosines, level_table, overlap, rarity, same, tag_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schedulers.affinity import AffinityProfile
    from schedulers.problem import BoolArray
    from schedulers.tag_tables import Matrix

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


class Component(NamedTuple):
    """Everybody compared with everybody in one respect; both arrays are symmetric, shape ``(n, n)``.

    Attributes:
        value: 0 to 1; 0 where it says nothing. The diagonal means nothing.
        said: Where both people have said what the comparison takes.
    """

    value: Matrix
    said: BoolArray


def exchange(profiles: Sequence[AffinityProfile]) -> Component:
    """Return giving and taking: offers that meet needs, above all open ones, and most of all both ways.

    It takes one who names offers and another who names needs. Two who only offer have not said whether one
    could help the other. A tag tells more the fewer people offer it.
    """
    offers = [person.offers for person in profiles]
    columns = columns_of(offers)
    offered = tag_table(offers, columns)
    needed = tag_table([person.needs - person.met_needs for person in profiles], columns)
    needed += MET_NEED * tag_table([person.met_needs for person in profiles], columns)
    help_ = (offered * rarity(offered)) @ needed.T
    give: Matrix = np.divide(help_, help_ + 1)
    value = MUTUAL * _harmonic(give, give.T) + ONE_WAY * (give + give.T) / 2 + ALIKE * cosines(offered)
    offering = np.array([bool(tags) for tags in offers], dtype=np.bool_)
    needing = np.array([bool(person.needs) for person in profiles], dtype=np.bool_)
    one_way = offering[:, None] & needing[None, :]
    said = one_way | one_way.T
    return Component(value * said, said)


def interests(profiles: Sequence[AffinityProfile]) -> Component:
    """Return what both care about: tags count by how much they matter to each, and by how rare they are."""
    cared = [person.interests for person in profiles]
    levels = level_table(cared, columns_of(cared))
    cosine = cosines(levels * np.sqrt(rarity(levels)))
    return Component(np.minimum(cosine / CLOSE, 1), both(cared))


def values(profiles: Sequence[AffinityProfile]) -> Component:
    """Return values that both hold: ``k / (k + 1)`` for ``k`` of them."""
    held = [person.values for person in profiles]
    shared = overlap(held)
    return Component(shared / (shared + 1), both(held))


def goals(profiles: Sequence[AffinityProfile]) -> Component:
    """Return the best that one goal of each is worth together."""
    wanted = [person.goals for person in profiles]
    columns = columns_of([*wanted, *ANSWERS])
    table = tag_table(wanted, columns)
    answering = np.zeros((len(columns), len(columns)), dtype=np.float32)
    for one, other in ANSWERS:
        answering[columns[one], columns[other]] = answering[columns[other], columns[one]] = 1
    said = both(wanted)
    value = np.where(table @ table.T > 0, np.float32(SAME_GOAL), np.float32(OTHER_GOAL))
    value[table @ answering @ table.T > 0] = ANSWERED
    return Component(value * said, said)


def novelty(profiles: Sequence[AffinityProfile], acquainted: BoolArray) -> Component:
    """Return how new two are to each other: half for another organisation, half for another sector.

    People of one organisation and people who know each other are not new at all, whatever else they say. It
    takes that both name their organisation or both their sector, or that they are known to be ``acquainted``.
    """
    organisations = [person.organisation for person in profiles]
    sectors = [person.sector for person in profiles]
    colleagues = same(organisations)
    elsewhere = both(organisations) & ~colleagues
    abroad = both(sectors) & ~same(sectors)
    different = elsewhere.astype(np.float32) + abroad.astype(np.float32)
    value = np.float32(0.5) * different * ~(colleagues | acquainted)
    return Component(value, both(organisations) | both(sectors) | acquainted)


def sector(profiles: Sequence[AffinityProfile]) -> Component:
    """Return who works in the same sector."""
    sectors = [person.sector for person in profiles]
    return Component(same(sectors).astype(np.float32), both(sectors))


def _harmonic(one: Matrix, other: Matrix) -> Matrix:
    """Return the harmonic mean; that of two zeros is 0."""
    total = one + other
    mean: Matrix = np.divide(2 * one * other, total, out=np.zeros_like(total), where=total > 0)
    return mean
