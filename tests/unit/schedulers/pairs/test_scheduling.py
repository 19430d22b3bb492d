"""From chosen pairs to a filled calendar."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from unit.schedulers.pairs.small_rooms import NO_CLOCK, outlook, room

from benchmarks.instances import evening
from schedulers.pairs.musts import Agenda, agenda_of
from schedulers.pairs.proving import priced
from schedulers.pairs.rounding import rounded
from schedulers.pairs.scheduling import Scheduling
from schedulers.problem import BoolArray, IntArray, MustMeet, Problem


def scheduled(problem: Problem, steps: int = 3000) -> tuple[IntArray, int, BoolArray, Agenda]:
    """Return whom everybody meets by round, how many pairs were left over, what was chosen, what was due."""
    ahead = outlook(problem)
    agenda = agenda_of(problem, ahead.possible, 0, NO_CLOCK)
    known = priced(ahead, tuple(sorted(pair for due in agenda.values() for pair in due)))
    chosen = rounded(known.demand, known.relaxation)
    calendar, left = Scheduling(ahead, agenda, known).schedule(chosen, steps=steps, limits=NO_CLOCK)
    return calendar.partners(), left, chosen[: problem.n, : problem.n], agenda


def met(partners: IntArray) -> BoolArray:
    together = np.zeros((partners.shape[1],) * 2, dtype=np.bool_)
    for row in partners:
        people = np.flatnonzero(row >= 0)
        together[people, row[people]] = True
    return together


@pytest.mark.parametrize("kind", ["tags", "rand", "btags", "brand"])
def test_in_an_ordinary_room_all_that_was_chosen_happens(kind: str) -> None:
    problem = evening(kind, 60, 6, seed=1)

    partners, left, chosen, _ = scheduled(problem)

    assert left == 0
    assert np.array_equal(met(partners), chosen)
    assert (partners >= 0).all()


def test_in_a_live_room_must_meets_happen_in_time_and_nobody_meets_while_away() -> None:
    problem = evening("live", 90, 8, seed=4)
    assert problem.musts

    partners, _, chosen, agenda = scheduled(problem)

    rows = np.arange(problem.rounds)[:, None]
    assert not ((partners >= 0) & ~problem.present.T).any()
    assert (partners[rows, np.maximum(partners, 0)] == np.arange(problem.n))[partners >= 0].all()
    for first, second, by in problem.musts:
        rounds = np.flatnonzero(partners[:, first] == second)
        assert len(rounds) == 1
        assert by is None or rounds[0] <= by
    due = met(partners) & ~chosen
    assert sum(map(len, agenda.values())) == len(problem.musts) <= due.sum() // 2


def test_where_tables_are_few_must_meets_stay_where_the_agenda_has_them() -> None:
    wishes = [MustMeet(0, 1, 0), MustMeet(0, 2, 2), MustMeet(3, 4, 2), MustMeet(5, 6, 1)]
    problem = room(16, 3, tables=2, must_meet=wishes)

    partners, _, _, agenda = scheduled(problem)

    assert (partners >= 0).sum(axis=1).max() <= 4
    for r, due in agenda.items():
        assert all(partners[r, one] == other for one, other in due)


@pytest.mark.parametrize("seed", range(8))
def test_where_every_table_is_for_a_must_meet_all_happen(seed: int) -> None:
    """A must-meet that moved to another round could find no table there."""
    pairs = [(i, j) for i in range(13) for j in range(i)]
    picked = np.random.default_rng(seed).permutation(len(pairs))[:16].tolist()
    problem = room(13, 4, tables=4, seed=seed, must_meet=[MustMeet(*pairs[k]) for k in picked])

    partners, _, _, agenda = scheduled(problem)

    assert (partners >= 0).sum(axis=1).max() <= 8
    for one, other in (pair for due in agenda.values() for pair in due):
        assert (partners[:, one] == other).sum() == 1


def test_without_steps_less_finds_a_round_but_no_rule_is_broken() -> None:
    present = np.random.default_rng(2).random((20, 14)) < 0.9
    problem = room(20, 14, seed=2, present=present)

    hasty, left, _, _ = scheduled(problem, steps=0)
    patient, fewer, _, _ = scheduled(problem)

    assert left > fewer
    for partners in (hasty, patient):
        times = np.zeros((20, 20), dtype=np.int64)
        for row in partners:
            np.add.at(times, (np.flatnonzero(row >= 0), row[row >= 0]), 1)
        assert times.max() == 1


def test_fairness_spends_value_on_the_worst_off_before_rounds_are_given() -> None:
    problem = evening("tags", 60, 6, seed=1)
    weights = problem.weights.astype(np.int64)

    rich, *_ = scheduled(problem)
    fair, *_ = scheduled(replace(problem, fairness=0.02))

    rich_totals, fair_totals = ((weights * met(partners)).sum(axis=1) for partners in (rich, fair))
    assert fair_totals.min() > rich_totals.min()
    assert 0.98 * rich_totals.sum() <= fair_totals.sum() < rich_totals.sum()
