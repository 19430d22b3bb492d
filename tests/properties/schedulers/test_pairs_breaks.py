"""Breaks: no choice of pairs has fewer, and none shares the fewest more evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.schedulers.small_demands import every_choice
from properties.schedulers.small_problems import small_problems

from schedulers.pairs.breaks import counted_breaks, crowded_breaks
from schedulers.pairs.demand import Demand, Outlook, outlook_of, with_breaks, without
from schedulers.pairs.merit import shared_breaks
from schedulers.problem import Problem, Table

if TYPE_CHECKING:
    from schedulers.pairs.breaks import Breaks
    from schedulers.problem import IntArray


def waits_of_choices(outlook: Outlook, demand: Demand) -> list[IntArray]:
    """How often everybody sits out, for every choice with the fewest breaks."""
    waits = [outlook.waited + demand.degree - chosen.sum(axis=1) for chosen in every_choice(demand)]
    fewest = min(int(counts.sum()) for counts in waits)
    return [counts for counts in waits if counts.sum() == fewest]


def assert_consistent(outlook: Outlook, demand: Demand, breaks: Breaks) -> None:
    assert (breaks.certain >= 0).all()
    assert (breaks.certain + breaks.eligible <= demand.degree).all()
    for side in (0, 1):
        assert 0 <= breaks.open[side] <= int((breaks.eligible & (outlook.sides == side)).sum())
    complete = with_breaks(outlook, demand, breaks)
    assert (complete.degree >= 0).all()
    assert complete.degree[: demand.people].sum() == demand.degree.sum() - breaks.certain.sum()
    assert complete.degree[demand.people :].tolist() == [places for places in breaks.open if places]


@st.composite
def outlooks(draw: st.DrawFn) -> Outlook:
    """Draw rounds to come after one in which people sat where they liked."""
    problem = draw(small_problems(most_people=5, most_rounds=4))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    held = random.integers(-1, len(problem.tables), (draw(st.integers(0, 1)), problem.n))
    return outlook_of(problem, held)


@settings(max_examples=150, deadline=None)
@given(outlooks())
def test_no_choice_shares_the_breaks_of_a_crowd_more_evenly(outlook: Outlook) -> None:
    demand = without(outlook, ())

    breaks = crowded_breaks(outlook, demand)

    assert_consistent(outlook, demand, breaks)
    stated = breaks.waits(outlook)
    choices = waits_of_choices(outlook, demand)
    assert stated.sum() <= choices[0].sum()
    if stated.sum() == choices[0].sum():
        problem = outlook.problem
        fairest = max(shared_breaks(problem, counts) for counts in choices)
        assert shared_breaks(problem, stated) >= fairest


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 6), st.integers(1, 4), st.integers(0, 3), st.integers(0, 2**32 - 1))
def test_where_all_may_meet_counting_shares_breaks_as_evenly_as_can_be(
    n: int, rounds: int, tables: int, seed: int
) -> None:
    """Whatever was held, and wherever people are away: level by level, the least may sit out first."""
    random = np.random.default_rng(seed)
    present = random.random((n, rounds)) < 0.8
    problem = Problem(np.zeros((n, n), dtype=int), [Table(2)] * tables, rounds, present=present)
    held = np.full((int(random.integers(0, 2)), n), -1)
    outlook = outlook_of(problem, held)
    degree = outlook.present.sum(axis=1)
    demand = Demand(problem.weights, ~np.eye(n, dtype=bool), degree, n)
    due = int(random.integers(0, degree.sum() + 1))

    breaks = counted_breaks(outlook, demand, (due, 0))

    assert_consistent(outlook, demand, breaks)
    forced = np.maximum(degree - (n - 1), 0)
    waits = outlook.waited + forced
    for _ in range(max(0, due - int(forced.sum()))):
        can = np.flatnonzero(waits - outlook.waited < degree)
        waits[can[np.argmin(waits[can])]] += 1
    assert shared_breaks(problem, breaks.waits(outlook)) == shared_breaks(problem, waits)
