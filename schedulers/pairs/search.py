"""The search for an evening of pairs, stage by stage; the best plan so far stands at any time.

price -> round -> lift -> colour -> repair -> polish -> seat. The first ones make one whole plan; polishing
chooses the pairs anew, proves that no choice is better, and gives them rounds in other ways. Where rules
are so tight that somebody is left over who need not be, the evening is also planned round by round.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from schedulers.budget import Budget
from schedulers.pairs.breaks import counted_breaks, fewest_breaks, trio_rounds
from schedulers.pairs.circle import circle_seats
from schedulers.pairs.complete import columns_of, search_whole
from schedulers.pairs.demand import outlook_of, without
from schedulers.pairs.incumbent import Incumbent
from schedulers.pairs.merit import shared_breaks
from schedulers.pairs.musts import agenda_of
from schedulers.pairs.neighbourhood import Swapping
from schedulers.pairs.odd_sets import with_odd_sets
from schedulers.pairs.polish import best_choice
from schedulers.pairs.price import SCALE
from schedulers.pairs.proving import priced, worth_of_held
from schedulers.pairs.quick import filled, kept_agenda, still_legal
from schedulers.pairs.rounding import rounded
from schedulers.pairs.rounds.evening import Evening, play
from schedulers.pairs.rounds.greedy import match_greedily
from schedulers.pairs.rounds.matching import match_exactly
from schedulers.pairs.scheduling import Scheduling
from schedulers.pairs.seat import reseated, seats_of
from schedulers.schedule import sit_outs
from schedulers.seating import Seating

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from schedulers.pairs.merit import Merit
    from schedulers.pairs.proving import Priced
    from schedulers.pairs.rounds.task import Group, RoundTask
    from schedulers.problem import BoolArray, IntArray, Problem
    from schedulers.schedule import MaxIterations, MaxRuntime, Plan

# The share of the time that may go into deciding when must-meets happen, proving a choice, and odd sets.
AGENDA_SHARE, CHOICE_SHARE, TIGHTENING_SHARE = 0.25, 0.7, 0.3
# What a thousand people take: pricing, the best choice, and from rounds to a plan with its proof.
# All of it grows with the square.
PRICING_SECONDS, CHOICE_SECONDS, FINISH_SECONDS = 0.3, 0.15, 0.12
# How long pairs without a round look for one, at first and at most.
FIRST_STEPS, MOST_STEPS = 3000, 24_000
# The largest room whose rounds are searched exactly, one by one, with every rule.
MOST_EXACT = 170
# The largest room in which odd sets are sought, and the share of the value from which a gap is worth it.
MOST_TIGHTENED, LOOSE = 400, 1e-4
# So many ways to give pairs their rounds, in a row without a better plan, are enough.
TRIES = 3


class PairSearch:
    """A search over the rounds after ``held``, up to the round ``until``, by default to the last."""

    def __init__(
        self,
        problem: Problem,
        held: IntArray,
        stop: MaxRuntime | MaxIterations,
        *,
        seed: int,
        report: Callable[[Plan], None] | None = None,
        until: int | None = None,
    ) -> None:
        self._problem = problem
        self._seed = seed
        self._budget = Budget(stop, seed)
        self._outlook = outlook_of(problem, held, until=until)
        agenda = agenda_of(problem, self._outlook.possible, len(held), self._budget.share(AGENDA_SHARE))
        last = len(held) + self._outlook.rounds
        self._agenda = {r: pairs for r, pairs in agenda.items() if r < last}
        self._seating = Seating(problem)
        self._incumbent = Incumbent(self._outlook, seed, report)

    def run(self, start: IntArray | None = None) -> Plan:
        """Return the best plan found.

        Args:
            start: Seats to start from, by round, shape ``(any, n)``; what is not legal any more is mended.
        """
        may_price = self._budget.allows(PRICING_SECONDS * self._size)
        if start is not None:
            self._start_from(start)
        elif self._shares_tables or not may_price:
            self._mend("circle", circle_seats(self._problem, len(self._outlook.held)))
        if may_price:
            self._plan_whole()
        if self._needs_rounds() and not self._budget.is_spent():
            self._plan_by_rounds()
            self._plan_completely()
        limits = self._budget.share(1.0, FINISH_SECONDS * self._size)
        self._incumbent.seat(reseated(self._outlook, self._incumbent.seats, self._seating, limits))
        return self._incumbent.plan()

    def _start_from(self, start: IntArray) -> None:
        """Take what is legal of ``start``, as it is, and then mended."""
        legal = still_legal(self._outlook, start)
        if not self._shares_tables:
            self._incumbent.offer("start", legal)
            self._agenda = kept_agenda(self._outlook, self._agenda, legal)
        if self._shares_tables or not np.array_equal(legal, start):
            self._mend("mend", legal)

    def _mend(self, stage: str, start: IntArray) -> None:
        """Try the rounds of ``start``, mended."""
        if self._shares_tables:
            evening = Evening(self._problem, self._outlook.held, self._agenda)
            self._incumbent.offer(stage, play(evening, self._outlook.rounds, match_greedily, start=start))
        else:
            calendar = filled(self._outlook, self._agenda, start)
            self._incumbent.offer(stage, seats_of(self._outlook, calendar, self._seating))

    def _plan_whole(self) -> None:
        """Choose the pairs of all rounds at once, then their rounds; then choose better and prove it."""
        known = priced(self._outlook, tuple(sorted(pair for due in self._agenda.values() for pair in due)))
        self._incumbent.price(known)
        self._incumbent.note("price")
        chosen = rounded(known.demand, known.relaxation)
        self._incumbent.note("round")
        scheduling = Scheduling(self._outlook, self._agenda, known)
        left = 0 if self._shares_tables else self._schedule("colour", scheduling, chosen)
        best = self._best_choice(known, chosen)
        is_first_best = best is None or np.array_equal(best, chosen)
        if not self._shares_tables and (left or not is_first_best):
            self._polish(scheduling, chosen if best is None else best)

    def _best_choice(self, known: Priced, chosen: BoolArray) -> BoolArray | None:
        """Return the choice of pairs worth most and note its proof; ``None`` if time is too short."""
        if not self._budget.allows(CHOICE_SECONDS * self._size):
            return None
        best = best_choice(known.demand, known.relaxation, chosen, self._budget.share(CHOICE_SHARE))
        if best is not None:
            self._prove(known, best)
        return best

    def _schedule(
        self, stage: str, scheduling: Scheduling, chosen: BoolArray, steps: int = FIRST_STEPS, seed: int = 0
    ) -> int:
        """Try a plan of the pairs ``chosen``; return how many of them found no round."""
        limits = replace(self._budget.share(1.0, FINISH_SECONDS * self._size), seed=self._seed + seed)
        calendar, left = scheduling.schedule(chosen, steps=steps, limits=limits)
        self._incumbent.offer(stage, seats_of(self._outlook, calendar, self._seating))
        return left

    def _polish(self, scheduling: Scheduling, chosen: BoolArray) -> None:
        """Give the pairs rounds in other ways, then take two rounds apart at a time, until nothing helps."""
        tries = 0
        while tries < TRIES and not self._is_done():
            is_worth = self._budget.allows(2 * FINISH_SECONDS * self._size)
            if not is_worth or self._budget.next_search(1) is None:
                return
            tries += 1
            steps = min(FIRST_STEPS << tries, MOST_STEPS)
            if not self._schedule("polish", scheduling, chosen, steps, seed=tries):
                break
        if self._problem.fairness or trio_rounds(self._outlook).any():
            return
        self._tighten(scheduling.known)
        swapping = Swapping(self._outlook, scheduling.known.musts, self._seed)
        while not self._is_done() and not swapping.is_exhausted:
            limits = self._budget.next_search(1)
            if limits is None:
                return
            calendar = swapping.improved(self._incumbent.seats, limits)
            if calendar is not None:
                self._incumbent.offer("swap", seats_of(self._outlook, calendar, self._seating))

    def _prove(self, known: Priced, best: BoolArray) -> None:
        """Take note of what the choice ``best``, than which none is better, is worth in all."""
        n, weights = self._problem.n, self._problem.weights
        value = int(weights[best[:n, :n]].sum(dtype=np.int64)) // 2 + worth_of_held(self._outlook)
        value += sum(int(weights[pair]) for pair in known.musts)
        self._incumbent.prove(value)

    @property
    def _size(self) -> float:
        """Return how long things take, compared with a thousand people."""
        return (self._problem.n / 1000) ** 2

    @cached_property
    def _shares_tables(self) -> bool:
        """Return whether two people are fixed at one table: then a round may have to choose between them."""
        tables = self._problem.fixed[self._problem.fixed >= 0]
        return len(np.unique(tables)) < len(tables)

    @property
    def _fairest(self) -> Merit:
        """Return the most even sharing of breaks there can be, as far as it is known."""
        known = self._incumbent.priced
        if known is None or trio_rounds(self._outlook).any():
            demand = without(self._outlook, ())
            breaks = counted_breaks(self._outlook, demand, fewest_breaks(self._outlook, trios=True))
        else:
            breaks = known.breaks
        return shared_breaks(self._problem, breaks.waits(self._outlook))

    def _is_tight(self) -> bool:
        """Return whether the best plan falls short of what counting alone would allow, before value."""
        shared = shared_breaks(self._problem, sit_outs(self._problem, self._incumbent.seats))
        return bool(self._incumbent.unmet) or shared < self._fairest

    def _is_done(self) -> bool:
        return self._incumbent.is_proven_best() and not self._problem.fairness and not self._is_tight()

    def _needs_rounds(self) -> bool:
        """Return whether planning round by round may find better: as long as nothing proves the plan best."""
        if self._shares_tables or self._is_tight():
            return self._shares_tables or self._is_small
        return self._is_small and not self._problem.fairness and not self._is_done()

    @property
    def _is_small(self) -> bool:
        return int(self._outlook.present.sum(axis=0).max(initial=0)) <= MOST_EXACT

    def _tighten(self, known: Priced) -> None:
        """Bring the bound down by odd sets, where the relaxation was too hopeful."""
        gap = 0 if self._problem.n > MOST_TIGHTENED else self._incumbent.gap()
        if gap <= known.value * LOOSE or self._budget.next_search(1) is None:
            return
        tighter = with_odd_sets(self._outlook, known, SCALE * gap, self._budget.share(TIGHTENING_SHARE))
        if tighter.value < known.value:
            self._incumbent.price(tighter)
        self._incumbent.note("odd sets")

    def _plan_by_rounds(self) -> None:
        """Plan each round by itself, exactly; then mend a schedule in which everybody meets somebody new."""
        rounds = self._outlook.rounds
        left = iter(range(rounds, 0, -1))

        def match_one(task: RoundTask, given: Sequence[Group]) -> list[Group]:
            limits = self._budget.next_search(next(left))
            return match_greedily(task, given) if limits is None else match_exactly(task, limits, given)

        evening = Evening(self._problem, self._outlook.held, self._agenda)
        start = self._incumbent.seats[:0]
        self._incumbent.offer("rounds", play(evening, rounds, match_one, start=start))
        if self._is_tight():
            self._mend("circle", circle_seats(self._problem, len(self._outlook.held)))

    def _plan_completely(self) -> None:
        """Search all rounds of a small evening at once, with every rule."""
        columns = columns_of(self._outlook)
        limits = self._budget.next_search(1)
        if columns is not None and limits is not None:
            seats = search_whole(self._outlook, columns, self._incumbent.seats, limits)
            self._incumbent.offer("complete", seats)
