"""Small choices of pairs for Hypothesis, and what other solvers make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, linprog, milp

from schedulers.pairs.demand import Demand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from schedulers.problem import BoolArray


@st.composite
def small_demands(draw: st.DrawFn, *, most_people: int = 9, most_degree: int = 4) -> Demand:
    """Draw who may meet and how often; sometimes two sides, sometimes a bench, sometimes few ties."""
    people = draw(st.integers(0, most_people))
    benches = draw(st.sampled_from([0, 0, 1])) if people else 0
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    k = people + benches
    weights = np.triu(random.integers(0, draw(st.sampled_from([2, 20, 1001])), (k, k)), 1)
    weights[:, people:] = 0
    open_pairs = np.triu(random.random((k, k)) >= draw(st.sampled_from([0.0, 0.3, 0.7])), 1)
    if draw(st.sampled_from([False, False, True])):
        side = random.integers(0, 2, k)
        open_pairs &= side[:, None] != side[None, :]
    open_pairs[people:, people:] = False
    return Demand(
        weights=(weights + weights.T).astype(np.int32),
        possible=open_pairs | open_pairs.T,
        degree=random.integers(0, most_degree + 1, k),
        people=people,
    )


def is_choice(demand: Demand, chosen: BoolArray) -> bool:
    """Whether ``chosen`` are pairs that may be, and nobody has more partners than wanted."""
    return (
        np.array_equal(chosen, chosen.T)
        and not (chosen & ~demand.possible).any()
        and bool((chosen.sum(axis=1) <= demand.degree).all())
    )


def worth(demand: Demand, chosen: BoolArray, bonus: int) -> int:
    """What the pairs ``chosen`` are worth, each with its bonus."""
    return int((demand.weights.astype(np.int64) + bonus)[np.triu(chosen)].sum())


def best_fraction(demand: Demand, bonus: int) -> float:
    """What pairs are worth at most if parts of them may be chosen, by HiGHS."""
    gains, incidence = _program(demand, bonus)
    if not len(gains):
        return 0.0
    found = linprog(-gains, A_ub=incidence, b_ub=demand.degree, bounds=(0, 1), method="highs")
    assert found.status == 0
    return float(-found.fun)


def best_worth(demand: Demand, bonus: int) -> int:
    """What pairs are worth at most, by HiGHS."""
    gains, incidence = _program(demand, bonus)
    if not len(gains):
        return 0
    rows = LinearConstraint(incidence, -np.inf, demand.degree)
    found = milp(
        -gains,
        constraints=rows,
        integrality=np.ones(len(gains)),
        bounds=(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    assert found.status == 0
    return round(-found.fun)


def every_choice(demand: Demand) -> Iterator[BoolArray]:
    """Every set of pairs that may be chosen."""
    pairs = np.argwhere(np.triu(demand.possible)).tolist()
    chosen = np.zeros_like(demand.possible)

    def choices(depth: int) -> Iterator[BoolArray]:
        if depth == len(pairs):
            yield chosen.copy()
            return
        yield from choices(depth + 1)
        i, j = pairs[depth]
        if (chosen[[i, j]].sum(axis=1) < demand.degree[[i, j]]).all():
            chosen[i, j] = chosen[j, i] = True
            yield from choices(depth + 1)
            chosen[i, j] = chosen[j, i] = False

    return choices(0)


def _program(demand: Demand, bonus: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each pair gains, and which nodes it uses, shape ``(k, pairs)``."""
    first, second = np.nonzero(np.triu(demand.possible))
    incidence = np.zeros((len(demand.degree), len(first)))
    incidence[first, np.arange(len(first))] = incidence[second, np.arange(len(first))] = 1
    return demand.weights[first, second].astype(np.float64) + bonus, incidence
