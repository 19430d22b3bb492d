"""Who could play which role, and what two players are worth to each other in each round.

A player is a person, several who are never there at the same time, or an empty chair. Everything that can be
said about two people at a table is one number, so that the order of rules is kept: a forbidden pair weighs
more than all must-meets, a must-meet more than all repeats, a repeat more than all value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from schedulers.problem import BoolArray, IntArray, Problem

Worths: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """The players of all roles.

    Attributes:
        people: Shape ``(rounds, players)``: which person a player is in each round, ``n`` for nobody.
        layers: Shape ``(layers, players, players)``, symmetric, zero diagonals: what two are worth.
        layer_of: Shape ``(rounds,)``: which layer counts in each round.
    """

    people: IntArray
    layers: Worths
    layer_of: IntArray


def cast_for(
    problem: Problem, *, roles: int, rounds: int, first: int = 0, former: BoolArray | None = None
) -> Cast:
    """Return as many players as there are roles.

    Args:
        problem: The evening.
        roles: The number of roles; if people are too many for it, those who are there least play none.
        rounds: The number of rounds.
        first: The round of the evening that is the first of them.
        former: Shape ``(n, n)``: who has met already, besides the pairs in ``met``.
    """
    met = problem.met_before() if former is None else problem.met_before() | former
    people = _players(problem.present[:, first : first + rounds], roles)
    open_musts = np.array(
        [
            [not met[i, j] and (by is None or r <= by) for i, j, by in problem.musts]
            for r in range(first, first + rounds)
        ],
        dtype=np.bool_,
    ).reshape(rounds, len(problem.musts))
    keys = np.concatenate([people, open_musts], axis=1)
    _, examples, layer_of = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    worths = _PairWorths(problem, met, meetings=rounds * roles * roles)
    layers = [worths.among(people[r], open_musts[r]) for r in examples]
    stacked = np.stack(layers) if layers else np.zeros((0, roles, roles))
    return Cast(people, stacked, layer_of.ravel())


def _players(present: BoolArray, roles: int) -> IntArray:
    """Return which person each player is, shape ``(rounds, roles)``; whoever is there longest comes first.

    Args:
        present: Shape ``(n, rounds)``: who is there.
        roles: How many players there are to be. Nobody shares a role without need.
    """
    n, rounds = present.shape
    people = np.full((rounds, roles), n, dtype=np.int64)
    taken = np.zeros((roles, rounds), dtype=np.bool_)
    often = present.sum(axis=1)
    order = np.argsort(-often, kind="stable")[: int((often > 0).sum())]
    for left, person in zip(range(len(order), 0, -1), order.tolist(), strict=True):
        is_empty = ~taken.any(axis=1)
        fits = ~(taken & present[person]).any(axis=1)
        if left <= is_empty.sum() or not (fits & ~is_empty).any():
            fits = is_empty
        else:
            fits &= ~is_empty
        if fits.any():
            role = int(np.argmax(fits))
            taken[role] |= present[person]
            people[present[person], role] = person
    return people


class _PairWorths:
    """What two people are worth to each other; the last row and column stand for nobody."""

    def __init__(self, problem: Problem, met: BoolArray, *, meetings: int) -> None:
        """Weigh rules so that each outweighs all below it in as many ``meetings`` as there can be."""
        n = problem.n
        self._musts = np.array([must[:2] for must in problem.musts], dtype=np.int64).reshape(-1, 2)
        value = _values(problem)
        repeat = 1.0 + meetings * float(np.abs(value).max(initial=0.0))
        self._must = repeat * (1 + min(meetings, int(np.triu(met).sum())))
        value -= repeat * met
        value[~problem.may_meet()] -= self._must * (1 + len(self._musts))
        np.fill_diagonal(value, 0.0)
        self._pairs = np.zeros((n + 1, n + 1))
        self._pairs[:n, :n] = value

    def among(self, people: IntArray, is_open: BoolArray) -> Worths:
        """Return the worths among ``people``, shape ``(players,)``, in a round with these open must-meets."""
        pairs = self._pairs.copy()
        first, second = self._musts[is_open].T
        pairs[first, second] += self._must
        pairs[second, first] += self._must
        return pairs[np.ix_(people, people)]


def _values(problem: Problem) -> Worths:
    """Return weights, less what two of the same value take from the balance of an attribute.

    At tables of one size, the squared deviations from the room's shares are twice the number of pairs alike,
    apart from what is the same in every plan.
    """
    value = problem.weights.astype(np.float64)
    for rule in problem.balance:
        names = sorted({name for name in rule.values if name is not None})
        codes = np.array([names.index(name) if name is not None else -1 for name in rule.values])
        value[(codes[:, None] == codes[None, :]) & (codes >= 0)] -= 2.0 * rule.weight
    return value
