"""How well two people fit, from what they say about themselves: shared interests, offers and needs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from schedulers.problem import MAX_WEIGHT, BoolArray, WeightArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Tags: TypeAlias = frozenset[str]
Matrix: TypeAlias = NDArray[np.float64]

# Being able to help weighs as much as common ground: similarity alone pairs people who need the same.
INTERESTS_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class AffinityProfile:
    """What counts of a person, as they wrote it: tags are compared as :func:`normal_tag` reads them."""

    interests: Tags = field(default=frozenset())
    offers: Tags = field(default=frozenset())
    needs: Tags = field(default=frozenset())
    languages: Tags = field(default=frozenset())


def normal_tag(text: str) -> str:
    """Return ``text`` as tags are compared: composed, without case, single spaces, accents kept."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())


def normal_tags(texts: Iterable[str]) -> Tags:
    """Return the distinct tags in ``texts``; blank ones are none."""
    return frozenset(filter(None, map(normal_tag, texts)))


def overlap_weights(profiles: Sequence[AffinityProfile]) -> WeightArray:
    """Return how well each two people fit.

    Half of a weight is the share of common interests (shared over all that either has), half is help: in
    each direction ``m / (m + 1)`` for ``m`` offers that are needed, the mean of both directions.

    Returns:
        Shape ``(n, n)``, symmetric, 0 to 1000, zero diagonal.
    """
    wanted = [normal_tags(p.interests) for p in profiles]
    interests = _overlap(wanted, wanted)
    count = np.array([len(chosen) for chosen in wanted], dtype=np.float64)
    either = count[:, None] + count[None, :] - interests
    common = np.divide(interests, either, out=np.zeros_like(interests), where=either > 0)
    gives = _overlap([normal_tags(p.offers) for p in profiles], [normal_tags(p.needs) for p in profiles])
    gives = gives / (gives + 1)
    helps = (gives + gives.T) / 2
    affinity = INTERESTS_SHARE * common + (1 - INTERESTS_SHARE) * helps
    np.fill_diagonal(affinity, 0.0)
    return np.rint(MAX_WEIGHT * affinity).astype(np.int32)


def languages_allow(profiles: Sequence[AffinityProfile]) -> BoolArray:
    """Return who has a language in common; whoever names none is taken to understand everybody.

    Returns:
        Shape ``(n, n)``, symmetric, true on the diagonal.
    """
    spoken = [normal_tags(p.languages) for p in profiles]
    names_none = np.array([not languages for languages in spoken], dtype=np.bool_)
    allowed: BoolArray = (_overlap(spoken, spoken) > 0) | names_none[:, None] | names_none[None, :]
    return allowed


def _overlap(rows: Sequence[Tags], columns: Sequence[Tags]) -> Matrix:
    """Return how many tags each of ``rows`` shares with each of ``columns``."""
    place = {tag: k for k, tag in enumerate(sorted(frozenset().union(*rows, *columns)))}
    left, right = _indicator(rows, place), _indicator(columns, place)
    shared: Matrix = left @ right.T
    return shared


def _indicator(people: Sequence[Tags], place: dict[str, int]) -> Matrix:
    matrix = np.zeros((len(people), len(place)))
    for row, chosen in enumerate(people):
        matrix[row, [place[tag] for tag in chosen]] = 1.0
    return matrix
