"""People at a conference: what each offers and needs, who knew whom, and rounds of pairs among them.

The data are no part of this project: whoever has them names their folder in ``AFFINITY_DATA``. The pairs of a
round are an independent matching of most weight.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from benchmarks.affinity_figures import Figure, Line
from benchmarks.pair_bars import Bar
from schedulers.affinity import AffinityProfile, content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FOLDER = "offers_needs"
OFFERED, NEEDED, ACQUAINTED = FILES = ("Known_Methods.csv", "Wanted_Methods.csv", "Network.txt")
ROUNDS = 5
TIE_BREAK = 1e-4

Pair: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Delegates:
    """People with offers and needs, and pairs who know each other."""

    profiles: tuple[AffinityProfile, ...]
    acquainted: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Helped:
    """The share of all needs that were met, and of meetings in which each could help the other."""

    needs_met: float
    both_give: float


Scores: TypeAlias = Callable[[Delegates, np.random.Generator], NDArray[np.float32]]


def read_delegates(folder: Path) -> Delegates:
    """Return the people in ``folder``; nobody needs what they can offer themselves."""
    offers, wishes = _tags(folder / OFFERED), _tags(folder / NEEDED)
    profiles = tuple(
        AffinityProfile(offers=offered, needs=wanted - offered)
        for offered, wanted in zip(offers, wishes, strict=True)
    )
    lines = (folder / ACQUAINTED).read_text(encoding="utf-8").splitlines()
    named = [line.split() for line in lines if line.strip()]
    return Delegates(profiles, tuple((int(words[0]), int(words[1])) for words in named))


def networking(delegates: Delegates, random: np.random.Generator) -> NDArray[np.float32]:
    """Score meetings as the preset of networking does, with open needs first."""
    fit = content(delegates.profiles, acquainted=delegates.acquainted)
    return fit + np.float32(TIE_BREAK) * random.random(fit.shape, dtype=np.float32)


def alike(delegates: Delegates, random: np.random.Generator) -> NDArray[np.float32]:
    """Score meetings by how much two offer and need the same."""
    said = (
        [*(f"offers {tag}" for tag in person.offers), *(f"needs {tag}" for tag in person.needs)]
        for person in delegates.profiles
    )
    fit = content([AffinityProfile(interests=dict.fromkeys(tags, 1)) for tags in said])
    return fit + np.float32(TIE_BREAK) * random.random(fit.shape, dtype=np.float32)


def at_random(delegates: Delegates, random: np.random.Generator) -> NDArray[np.float32]:
    """Score all meetings alike."""
    n = len(delegates.profiles)
    return random.random((n, n), dtype=np.float32)


def helped(delegates: Delegates, scores: Scores, random: np.random.Generator, rounds: int = ROUNDS) -> Helped:
    """Return what ``rounds`` rounds of the best pairs by ``scores`` bring; nobody meets anybody twice."""
    now, met, mutual = delegates, set[Pair](), 0
    for _ in range(rounds):
        pairs = _best_pairs(scores(now, random), met)
        met.update(pairs)
        mutual += sum(_gives(now, one, other) and _gives(now, other, one) for one, other in pairs)
        now = _after(now, pairs)
    needs = sum(len(person.needs) for person in now.profiles)
    return Helped(
        needs_met=sum(len(person.met_needs) for person in now.profiles) / needs,
        both_give=mutual / len(met),
    )


def bars(delegates: Delegates, reps: int) -> Iterator[Line]:
    """Measure what is promised of giving and taking."""
    chance = [helped(delegates, at_random, np.random.default_rng(rep)) for rep in range(reps)]
    yield Figure("offers_needs_random_needs_met", fmean(it.needs_met for it in chance))
    yield Figure("offers_needs_random_both_give", fmean(it.both_give for it in chance))
    similar = [helped(delegates, alike, np.random.default_rng(rep)) for rep in range(reps)]
    yield Figure("offers_needs_alike_needs_met", fmean(it.needs_met for it in similar))
    ours = [helped(delegates, networking, np.random.default_rng(rep)) for rep in range(reps)]
    yield Bar("offers_needs_met", fmean(it.needs_met for it in ours), 0.90, is_least=True)
    yield Bar("offers_needs_both_give", fmean(it.both_give for it in ours), 0.45, is_least=True)


def _tags(path: Path) -> list[frozenset[str]]:
    """Return the tags of each person: a row is a tag, a column a person."""
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    having = np.array([[cell == "True" for cell in row[1:]] for row in rows], dtype=np.bool_)
    names = [row[0] for row in rows]
    return [frozenset(names[k] for k in np.flatnonzero(person)) for person in having.T]


def _best_pairs(scores: NDArray[np.float32], met: set[Pair]) -> list[Pair]:
    graph = nx.Graph()
    people = range(len(scores))
    graph.add_weighted_edges_from(
        (one, other, float(scores[one, other] + scores[other, one]))
        for one in people
        for other in people[one + 1 :]
        if (one, other) not in met
    )
    return [(min(pair), max(pair)) for pair in nx.max_weight_matching(graph, maxcardinality=True)]


def _gives(delegates: Delegates, giver: int, taker: int) -> bool:
    return bool(delegates.profiles[giver].offers & delegates.profiles[taker].needs)


def _after(delegates: Delegates, pairs: Sequence[Pair]) -> Delegates:
    """Return the people after they met in ``pairs``: what a partner offers is needed no more."""
    profiles = list(delegates.profiles)
    for one, other in pairs:
        for taker, giver in ((one, other), (other, one)):
            person = delegates.profiles[taker]
            met = person.met_needs | (person.needs & delegates.profiles[giver].offers)
            profiles[taker] = replace(person, met_needs=met)
    return replace(delegates, profiles=tuple(profiles))
