"""The bars of affinity: what is promised of pairings, of predictions and of speed, and what is measured."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.stats import rankdata

from benchmarks.affinity_figures import Figure, Line
from benchmarks.affinity_policies import Affinity
from benchmarks.counterfactual import Outcome, at_random, large_enough, outcome, replay
from benchmarks.pair_bars import Bar
from schedulers.utility import liking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.columbia import Crowd
    from benchmarks.counterfactual import Policy
    from schedulers.lessons import FloatArray

ROUNDS = 5
RANDOM_RUNS = 10
"""So many times as many runs of random pairings, to know well what all others are held against."""
RESAMPLES = 2000
QUARTERS = 4


def first_event(crowds: Sequence[Crowd], reps: int) -> Iterator[Line]:
    """Measure five rounds of people of whom only profiles are known at first."""
    crowds = large_enough(crowds, ROUNDS)
    chance = _played(crowds, at_random, reps * RANDOM_RUNS)
    yield Figure("first_random_match_per_meeting", per_meeting(chance))
    yield Figure("first_random_people_with_match", with_match(chance))
    off = _played(crowds, Affinity(), reps)
    yield Bar("first_match_per_meeting", per_meeting(off), 0.205, is_least=True)
    yield Bar("first_lift_low", lift_low(off, chance), 1.06, is_least=True)
    yield Figure("first_lift", per_meeting(off) / per_meeting(chance))
    yield Figure("first_people_with_match", with_match(off))
    spread = _played(crowds, Affinity(spread=True), reps)
    yield Bar("first_spread_people_with_match", with_match(spread), 0.60, is_least=True)
    yield Bar("first_spread_match_per_meeting", per_meeting(spread), 0.190, is_least=True)
    lifts = quarter_lifts(crowds, spread, chance)
    for number, lift in enumerate(lifts, start=1):
        yield Bar(f"first_spread_popularity_{number}_lift", lift, 1, is_least=True)
    default = _played(crowds, Affinity(tonight=False), reps)
    yield Figure("first_default_match_per_meeting", per_meeting(default))
    yield Figure("first_default_people_with_match", with_match(default))


def later_event(crowds: Sequence[Crowd], reps: int) -> Iterator[Line]:
    """Measure five rounds of people who met five others each at an earlier event."""
    crowds = large_enough(crowds, 2 * ROUNDS)
    chance = _played(crowds, at_random, reps * RANDOM_RUNS, earlier=ROUNDS)
    yield Figure("later_random_match_per_meeting", per_meeting(chance))
    yield Figure("later_random_people_with_match", with_match(chance))
    for known, as_lessons in (("answers", False), ("lessons", True)):
        off = _played(crowds, Affinity(as_lessons=as_lessons), reps, earlier=ROUNDS)
        spread = _played(crowds, Affinity(spread=True, as_lessons=as_lessons), reps, earlier=ROUNDS)
        yield Bar(f"later_{known}_match_per_meeting", per_meeting(off), 0.200, is_least=True)
        yield Figure(f"later_{known}_people_with_match", with_match(off))
        yield Bar(f"later_{known}_spread_match_per_meeting", per_meeting(spread), 0.185, is_least=True)
        yield Bar(f"later_{known}_spread_people_with_match", with_match(spread), 0.58, is_least=True)
    default = _played(crowds, Affinity(tonight=False, as_lessons=True), reps, earlier=ROUNDS)
    yield Figure("later_default_match_per_meeting", per_meeting(default))
    yield Figure("later_default_people_with_match", with_match(default))


def predictions(crowds: Sequence[Crowd], reps: int) -> Iterator[Line]:
    """Measure how well answers of pairs who have not met are foretold after random rounds.

    The area under the curve is that of all such pairs of all crowds and runs together, one person's yes both
    ways; the mean over crowds, each by itself, is told beside it.
    """
    for rounds, least_yes, least_match in ((5, 0.74, 0.69), (10, 0.78, 0.73)):
        yes, match = _foretold(large_enough(crowds, rounds), rounds, reps)
        yield Bar(f"auc_yes_after_{rounds}", auc(*_together(yes)), least_yes, is_least=True)
        yield Figure(f"auc_yes_after_{rounds}_mean_of_events", fmean(auc(*it) for it in yes))
        yield Bar(f"auc_match_after_{rounds}", auc(*_together(match)), least_match, is_least=True)
        yield Figure(f"auc_match_after_{rounds}_mean_of_events", fmean(auc(*it) for it in match))


class Foretold(NamedTuple):
    """Chances, and what really happened: 1 or 0."""

    chances: FloatArray
    truth: FloatArray


def per_meeting(outcomes: Sequence[Outcome]) -> float:
    """Return mutual matches per meeting, over all crowds."""
    return float(sum(it.matches.sum() for it in outcomes) / sum(it.meetings.sum() for it in outcomes))


def with_match(outcomes: Sequence[Outcome]) -> float:
    """Return the share of people who have a match."""
    return fmean(np.concatenate([it.with_match for it in outcomes]))


def lift_low(outcomes: Sequence[Outcome], chance: Sequence[Outcome]) -> float:
    """Return the lower end of the 95 % interval of matches against ``chance``, crowds drawn anew."""
    draws = np.random.default_rng(7).integers(0, len(chance), (RESAMPLES, len(chance)))
    ours, theirs = (np.array([it.matches.sum() for it in some]) for some in (outcomes, chance))
    return float(np.percentile(ours[draws].sum(axis=1) / theirs[draws].sum(axis=1), 2.5))


def quarter_lifts(
    crowds: Sequence[Crowd], outcomes: Sequence[Outcome], chance: Sequence[Outcome]
) -> list[float]:
    """Return matches per meeting against ``chance`` for the four quarters of people by popularity.

    Popularity is the share of yes among all answers about a person in the whole data; the least popular
    quarter comes first.
    """
    yes = np.concatenate([np.where(it.met, it.yes, 0).sum(axis=0) for it in crowds])
    share = yes / np.concatenate([np.maximum(it.met.sum(axis=0), 1) for it in crowds])
    quarter = QUARTERS * (rankdata(share, method="ordinal") - 1) // len(share)

    def rates(some: Sequence[Outcome]) -> FloatArray:
        matches, meetings = (
            np.bincount(quarter.astype(int), np.concatenate(it), minlength=QUARTERS)
            for it in zip(*((one.matches, one.meetings) for one in some), strict=True)
        )
        return matches / meetings

    lifts: list[float] = (rates(outcomes) / rates(chance)).tolist()
    return lifts


def auc(chances: FloatArray, truth: FloatArray) -> float:
    """Return how often of two cases, one true and one not, the true one was given the better chance."""
    ranks = rankdata(chances)
    true, false = np.sum(truth > 0), np.sum(truth <= 0)
    return float((ranks[truth > 0].sum() - true * (true + 1) / 2) / (true * false))


def _played(crowds: Sequence[Crowd], policy: Policy, reps: int, *, earlier: int = 0) -> list[Outcome]:
    outcomes = []
    for crowd in crowds:
        chances = [np.random.default_rng((crowd.number, rep)) for rep in range(reps)]
        evenings = [replay(crowd, policy, random, rounds=ROUNDS, earlier=earlier) for random in chances]
        outcomes.append(outcome(crowd, evenings))
    return outcomes


def _foretold(crowds: Sequence[Crowd], rounds: int, reps: int) -> tuple[list[Foretold], list[Foretold]]:
    """Return each crowd's chances of a yes and of a match, of pairs who have not met, all runs together."""
    yes, match = [], []
    for crowd in crowds:
        runs_of_yes, runs_of_match = [], []
        for rep in range(reps):
            held = replay(crowd, at_random, np.random.default_rng((crowd.number, rep)), rounds=rounds)
            likes = liking(crowd.content, Affinity().learned(crowd, held)).astype(np.float64)
            left = crowd.met.copy()
            for pairs in held.tonight:
                left[pairs[:, 0], pairs[:, 1]] = left[pairs[:, 1], pairs[:, 0]] = False
            runs_of_yes.append(Foretold(likes[left], crowd.yes[left]))
            upper = np.triu(left)
            runs_of_match.append(Foretold((likes * likes.T)[upper], crowd.matches[upper]))
        yes.append(_together(runs_of_yes))
        match.append(_together(runs_of_match))
    return yes, match


def _together(parts: Sequence[Foretold]) -> Foretold:
    return Foretold(*(np.concatenate(column) for column in zip(*parts, strict=True)))
