"""The search for an evening of groups; the best plan so far stands at any time.

rotation, or quick -> design or build -> price -> grow -> fill -> reseat -> lift -> fill -> seat. Where people
are to go by cards, they move in step if they can, and nothing else is looked for. Else a quick plan first.
Where rounds are so many that people run out of strangers, a design without repeats is tried. Without one,
every round is built as well as can be before the next one begins, which is worth more than any amount of
going back; and smaller tables are tried, if there are any to spare. The time left goes into going through
the rounds again.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from schedulers.budget import Budget, Limits
from schedulers.groups.courses import kept_rows
from schedulers.groups.drafting import drafted_seats
from schedulers.groups.evening import Evening, sizes_of_rounds
from schedulers.groups.fairness import lifted_weights
from schedulers.groups.filling import fuller_row
from schedulers.groups.incumbent import Incumbent
from schedulers.groups.rotation import rotating_rows
from schedulers.seating import Seating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from schedulers.groups.evening import Rounds
    from schedulers.groups.sizes import Sizes
    from schedulers.problem import IntArray, Problem
    from schedulers.schedule import MaxIterations, MaxRuntime, Plan

# The shares of the time left that go into building rounds, each try of more tables, fairness, and a round in
# which people or must-meets are left over.
BUILD_SHARE, GROW_SHARE, LIFT_SHARE, FILL_SHARE = 0.8, 0.25, 0.25, 0.2
# In larger rooms no design makes up for repeats that building leaves: who plays which role takes long.
MOST_DESIGNED = 200
# What a thousand people take: pricing, and from chairs to a plan. Both grow with the square.
PRICE_SECONDS, FINISH_SECONDS = 0.08, 0.05
# Steps of a first plan, by tables, and at most.
QUICK_STEPS, MOST_QUICK_STEPS = 1000, 40
# Steps to build a round, by count or by the clock, and steps of a visit.
BUILD_STEPS, MOST_BUILD_STEPS, VISIT_STEPS = 400, 3000, 50
# A round is shaken so many steps where nothing helps, by so many times what weights differ by; after a few
# shakes in vain the best plan is taken up again, and so many of them are enough.
KICK_STEPS, NOISE, KICKS, MOST_KICKS = 10, 4.0, 5, 200
# In so many parts a round is built, the first with as much chance as weights differ, the last two with none;
# and how long that takes a thousand people at least.
COOLING, COOLING_SECONDS = 10, 0.45
# So often the rounds are gone through for whoever gains least. Their weights rise by so much, and by so much
# less after each time in vain.
LIFTS, BOOST, LESS = 30, 2.0, 0.9


class GroupSearch:
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
        self._held = held
        self._budget = Budget(stop, seed)
        self._random = np.random.default_rng(seed)
        self._evening = Evening(problem, held, problem.rounds if until is None else until, self._random)
        self._incumbent = Incumbent(problem, len(held), seed, report)
        self._best: Rounds = {}

    def run(self, start: IntArray | None = None) -> Plan:
        """Return the best plan found.

        Args:
            start: Seats to start from, by round, shape ``(any, n)``; what is not legal any more is mended.
        """
        if self._problem.rotation and self._rotate(start):
            return self._incumbent.plan()
        if start is not None:
            self._seat(start=start)
            self._offer("start")
        else:
            self._seat(spare=self._evening.least_spare())
            self._offer("quick")
        if self._budget.allows((PRICE_SECONDS + FINISH_SECONDS) * self._size):
            self._search(build=start is None)
        self._walk()
        return self._incumbent.plan()

    def _rotate(self, start: IntArray | None) -> bool:
        """Let people move in step, or keep to it once a round was held; tell whether they can."""
        rounds = self._evening.rounds
        found: Iterable[IntArray] = ()
        if rounds == range(self._problem.rounds):
            found = rotating_rows(self._problem, rounds, budget=self._budget, random=self._random)
        elif start is not None and len(start) >= rounds.stop:
            kept = kept_rows(self._problem, self._held, start[rounds.start : rounds.stop])
            found = () if kept is None else (kept,)
        can = False
        for rows in found:
            self._incumbent.offer("rotation", np.concatenate([self._held, rows]))
            can = True
        if can and self._budget.allows(PRICE_SECONDS * self._size):
            self._incumbent.prove()
        return can

    def _search(self, *, build: bool) -> None:
        """Look for better plans; rounds that people have seen are not built anew."""
        is_tight = self._is_tight()
        if not (is_tight and self._design()) and build:
            self._build("build", BUILD_SHARE)
            if self._incumbent.best.repeats and not is_tight and self._problem.n <= MOST_DESIGNED:
                self._design()
        if self._budget.allows(PRICE_SECONDS * self._size):
            self._incumbent.prove()
        self._grow()
        self._fill()
        self._improve(LIFT_SHARE if self._problem.fairness else 0.0)
        self._lift()
        self._fill()

    @property
    def _size(self) -> float:
        """Return how long things take, compared with a thousand people."""
        return (self._problem.n / 1000) ** 2

    @cached_property
    def _spread(self) -> float:
        """Return by how much weights differ: their standard deviation."""
        return float(self._problem.weights.std()) if self._problem.n else 0.0

    def _seat(self, *, spare: int = 0, start: IntArray | None = None) -> None:
        """Put up chairs in all rounds: taken as in ``start``, or improved a little at once."""
        sizes = sizes_of_rounds(self._problem, self._evening.rounds, spare=spare, start=start)
        self._evening.restore({})
        for r in self._evening.rounds:
            row = start[r] if start is not None and r < len(start) else None
            self._evening.seat(r, sizes[r], start=row, steps=_quick_steps(sizes[r]) if row is None else 0)

    def _offer(self, stage: str) -> bool:
        """Offer the rounds as they are; tell whether they are better than any before."""
        is_better = self._incumbent.offer(stage, self._evening.seats())
        if is_better:
            self._best = self._evening.chairs
        return is_better

    def _build(self, stage: str, share: float) -> None:
        """Build one round after the other, each as well as can be before there is another."""
        chairs = self._evening.chairs
        self._evening.restore({})
        limits = self._budget.share(share, (PRICE_SECONDS + FINISH_SECONDS) * self._size)
        steps = BUILD_STEPS if limits.deadline is None else MOST_BUILD_STEPS
        for left, (r, taken) in zip(range(len(chairs), 0, -1), sorted(chairs.items()), strict=True):
            self._evening.put(r, taken)
            self._cool(r, steps, _part(limits, left))
        self._offer(stage)

    def _cool(self, r: int, steps: int, limits: Limits) -> None:
        """Improve round ``r`` by steps that are less and less left to chance (simulated annealing).

        Chance takes time to pay: where there is too little, every step is the best one.
        """
        seconds = limits.seconds_left()
        has_time = seconds is None or seconds > COOLING_SECONDS * self._size
        parts = COOLING if has_time and self._spread else 1
        for left in range(parts, 0, -1):
            noise = self._spread * max(0.0, left - 2) / (COOLING - 2)
            self._evening.improve(r, steps // parts, _part(limits, left), noise=noise)

    def _design(self) -> bool:
        """Try a design without repeats; tell whether it is better."""
        sizes = {r: chairs.sizes for r, chairs in self._best.items()}
        rows = drafted_seats(self._problem, self._held, sizes, budget=self._budget, random=self._random)
        if rows is None:
            return False
        chairs = self._evening.chairs
        self._seat(start=np.concatenate([self._held, rows]))
        is_better = self._offer("design")
        if not is_better:
            self._evening.restore(chairs)
        return is_better

    def _is_tight(self) -> bool:
        """Return whether there are repeats, and are likely to stay."""
        return self._incumbent.best.repeats > 0 and self._evening.is_full()

    def _grow(self) -> None:
        """Try smaller tables as long as they save repeats."""
        spare = self._evening.least_spare() + 1
        while self._is_tight() and self._evening.can_grow:
            if self._budget.next_search(1) is None:
                return
            self._seat(spare=spare)
            self._build("grow", GROW_SHARE)
            spare *= 2

    def _improve(self, kept_back: float) -> None:
        """Go through the rounds again and again; shake one where nothing helps any more."""
        self._evening.restore(self._best)
        until = self._budget.share(1.0 - kept_back, FINISH_SECONDS * self._size)
        kicks = 0
        while kicks < MOST_KICKS and not self._incumbent.is_proven_best():
            moved = self._go_through(until)
            if moved is None:
                break
            if self._offer("reseat"):
                kicks = 0
            elif not moved:
                kicks += 1
                self._kick(until, back=kicks % KICKS == 0)
        self._offer("reseat")

    def _go_through(self, until: Limits) -> int | None:
        """Improve every round once; return how many people moved, ``None`` when time is up."""
        moved = 0
        for r in self._evening.rounds:
            if until.are_spent() or self._budget.next_search(1) is None:
                return None
            moved += self._evening.improve(r, VISIT_STEPS, until)
        return moved

    def _kick(self, until: Limits, *, back: bool) -> None:
        """Shake one round, of the best plan if ``back``; repeats are worth shaking must-meets for then."""
        noise = NOISE * self._spread
        if back:
            self._evening.restore(self._best)
            noise = max(noise, self._evening.must_worth * bool(self._incumbent.best.repeats))
        if len(self._evening.rounds):
            r = int(self._random.choice(self._evening.rounds))
            self._evening.improve(r, KICK_STEPS, until, noise=noise)

    def _lift(self) -> None:
        """Spend the share of value set apart for fairness on whoever gains least."""
        boost = BOOST
        until = self._budget.share(1.0, FINISH_SECONDS * self._size)
        for _ in range(LIFTS if self._problem.fairness else 0):
            if until.are_spent():
                break
            self._evening.restore(self._best)
            self._evening.reweigh(lifted_weights(self._problem, self._incumbent.best.seats, boost))
            self._kick(until, back=False)
            for r in self._evening.rounds:
                self._evening.improve(r, VISIT_STEPS, until)
            if not self._offer("lift"):
                boost *= LESS

    def _fill(self) -> None:
        """Seat people and hold must-meets that were left over."""
        for r in self._evening.rounds:
            if not self._budget.allows(FINISH_SECONDS * self._size):
                break
            seats = self._incumbent.best.seats.copy()
            row = fuller_row(self._problem, seats, r, self._budget.share(FILL_SHARE))
            if row is not None:
                seats[r] = row
                self._incumbent.offer("fill", seats)

    def _walk(self) -> None:
        """Seat the groups of the best plan with the least walking."""
        seats = self._incumbent.best.seats.copy()
        seating = Seating(self._problem)
        for r in self._evening.rounds:
            before = seats[r - 1] if r else np.full(self._problem.n, -1, dtype=np.int64)
            seats[r] = seating.reseat(seats[r], before)
        self._incumbent.seat(seats)


def _quick_steps(sizes: Sizes) -> int:
    """Return how many steps a first plan takes in a round: a table's chairs at least, more in small rooms."""
    by_tables = min(MOST_QUICK_STEPS, QUICK_STEPS // max(1, len(sizes.tables)))
    return max(by_tables, int(sizes.high.max(initial=0)))


def _part(limits: Limits, left: int) -> Limits:
    """Return the limits of the next of ``left`` parts that take equally long."""
    if limits.deadline is None:
        return limits
    now = time.perf_counter()
    return replace(limits, deadline=now + max(0.0, limits.deadline - now) / left)
