"""Why a wish cannot hold, what loosening a rule would give, and what no planner can avoid.

Nothing here is needed for planning: :func:`schedulers.solve.plan` always returns a plan and lists the
must-meets that it does not fulfil. This is the answer to whoever asks why, before the event or during it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from schedulers.contradictions import first_crowding
from schedulers.crowds import limits_of
from schedulers.explanation import Clash, Explanation, Relaxation
from schedulers.groups.infeasibility import explain_groups
from schedulers.schedule import MaxIterations, MaxRuntime, held_rounds
from schedulers.wishes.clashes import RuleSet, smallest_clash
from schedulers.wishes.clock import Clock, TimeIsUp
from schedulers.wishes.relaxations import (
    Agendas,
    changed_book,
    changes_to,
    parts_of,
    relaxation,
)
from schedulers.wishes.rulebook import rulebook
from schedulers.wishes.rules import Drop, FixedTable, TableSeats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.problem import IntArray, MustMeet, Problem
    from schedulers.wishes.rules import Rulebook

    Held = IntArray | Sequence[Sequence[int]]

A_SECOND = MaxRuntime(1.0)
# Nobody reads more; whoever mends these may ask again.
MOST_CLASHES = 20
# Time is kept for what follows: the clash itself, and what loosening its rules would give.
SHARE = 0.5


def explain(
    problem: Problem,
    held: Held = (),
    *,
    stop: MaxRuntime | MaxIterations = A_SECOND,
    groups: Sequence[str | None] = (),
) -> Explanation:
    """Return which wishes of ``problem`` clash with which rules, and what cannot be avoided.

    Args:
        problem: The evening. What :func:`schedulers.contradictions.refuse_contradictions` refuses is
            explained, too.
        held: Seats of the rounds already held, shape ``(held rounds, n)``.
        stop: When to stop searching for clashes; an iteration is one question to the solver.
        groups: The group of each person, an organisation for instance, ``None`` for nobody's; empty
            without. Limits then also say who cannot avoid a colleague, at tables of two.

    Raises:
        InvalidProblem: If ``held`` or ``groups`` do not fit ``problem``.
    """
    seats = held_rounds(problem, held)
    if not problem.is_pairs:
        return _explain_groups(problem, seats, stop)
    limits = limits_of(problem, seats, groups)
    search = _Search(rulebook(problem, seats), Clock(stop))
    search.run(problem)
    fulfilled = len(problem.musts) - len(search.book.wishes)
    return Explanation(
        tuple(_counting(clash, fulfilled) for clash in search.clashes),
        limits,
        wishes=len(problem.musts),
        most=None if search.most is None else search.most + fulfilled,
        is_complete=search.is_complete,
    )


def _explain_groups(problem: Problem, held: IntArray, stop: MaxRuntime | MaxIterations) -> Explanation:
    """Return the explanation for tables of more than two; with too many hosts at one, only that."""
    crowded = tuple(Clash(rules.rules, rules.proven, ()) for rules in full_tables(problem))
    if crowded:
        return Explanation(crowded, (), wishes=len(problem.musts), most=None, is_complete=False)
    return explain_groups(problem, held, stop)


def _counting(clash: Clash, fulfilled: int) -> Clash:
    """Return ``clash`` with the wishes that held rounds fulfilled counted in."""
    return replace(
        clash,
        relaxations=tuple(
            Relaxation(option.change, option.met + fulfilled, option.wishes + fulfilled)
            for option in clash.relaxations
        ),
    )


class _Search:
    """Looks for clashes until the time is up; what is found by then is the answer."""

    def __init__(self, book: Rulebook, clock: Clock) -> None:
        self.book = book
        self.clashes: list[Clash] = []
        self.most: int | None = None
        self.is_complete = True
        self._clock = clock
        self._agendas = Agendas()

    def run(self, problem: Problem) -> None:
        """Find what clashes, and for each clash what loosening its rules would give."""
        for rules in chain(full_tables(problem), self._clashing(self._kept())):
            if len(self.clashes) == MOST_CLASHES:
                self.is_complete = False
                return
            self.clashes.append(Clash(rules.rules, rules.proven, self._relaxations(rules)))

    def _kept(self) -> tuple[MustMeet, ...] | None:
        """Return the most wishes that can hold together, if that can be found out in time."""
        try:
            kept = self._agendas.most(self.book, self._clock.share(SHARE))
        except TimeIsUp:
            self.is_complete = False
            return None
        self.most = len(kept)
        return kept

    def _clashing(self, kept: tuple[MustMeet, ...] | None) -> Iterator[RuleSet]:
        """Yield a clash, do without one of its wishes, and look again, until all others can hold.

        A wish that is not among ``kept`` is in every clash, because those can hold together.
        """
        try:
            for part in parts_of(self.book):
                rest = part
                while any(wish not in (kept or ()) for wish in rest.wishes):
                    rules = smallest_clash(rest, self._clock.share(SHARE))
                    if rules is None:
                        break
                    yield rules
                    wishes = [rule for rule in rules.rules if rule in rest.wishes]
                    spare = [wish for wish in wishes if wish not in (kept or ())]
                    rest = changed_book(rest, Drop(spare[-1]))
        except TimeIsUp:
            self.is_complete = False

    def _relaxations(self, rules: RuleSet) -> tuple[Relaxation, ...]:
        found = []
        try:
            for rule in rules.rules:
                for change in changes_to(rule, self.book):
                    option = relaxation(self.book, change, self._agendas, self._clock)
                    if option is not None:
                        found.append(option)
        except TimeIsUp:
            self.is_complete = False
        return tuple(sorted(found, key=_harm))


def _harm(option: Relaxation) -> tuple[int, bool]:
    """Return what ranks relaxations: few wishes unmet, and better all wishes kept than one dropped."""
    return option.wishes - option.met, isinstance(option.change, Drop)


def full_tables(problem: Problem) -> Iterator[RuleSet]:
    """Yield people who are fixed at one table that does not seat them all; each time one more is freed."""
    fixed = problem.fixed.copy()
    while crowding := first_crowding(problem, fixed):
        seats = problem.tables[crowding.table].seats
        people = crowding.people[: seats + 1]
        yield RuleSet(
            (
                *(FixedTable(person, crowding.table) for person in people),
                TableSeats(crowding.table, seats, crowding.round),
            ),
            "smallest",
        )
        fixed[people[-1]] = -1
