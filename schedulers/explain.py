"""Why a wish cannot hold, what loosening a rule would give, and what no planner can avoid.

Nothing here is needed for planning: :func:`schedulers.solve.plan` always returns a plan and lists the
must-meets that it does not fulfil. This is the answer to whoever asks why, before the event or during it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from schedulers.budget import Budget
from schedulers.contradictions import first_crowding
from schedulers.crowds import limits_of
from schedulers.explanation import Clash, Explanation, Relaxation
from schedulers.groups.limits import sit_out_limits
from schedulers.groups.next_round import next_round_of
from schedulers.groups.repeats import repeats_limit
from schedulers.problem import PAIR
from schedulers.schedule import MaxIterations, MaxRuntime, held_rounds
from schedulers.wishes.agendas import Agendas, parts_of, roomy
from schedulers.wishes.clashes import RuleSet, smallest_clash
from schedulers.wishes.clock import Clock, TimeIsUp
from schedulers.wishes.relaxations import changed_book, changes_to, relaxation
from schedulers.wishes.rulebook import rulebook
from schedulers.wishes.rules import Drop, FixedTable, TableSeats

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from schedulers.explanation import Limit
    from schedulers.problem import IntArray, MustMeet, Problem
    from schedulers.wishes.rules import Change, Rulebook

    Held = IntArray | Sequence[Sequence[int]]

A_SECOND = MaxRuntime(1.0)
# Nobody reads more; whoever mends these may ask again.
MOST_CLASHES = 20
# Time is kept for what follows: the clash itself, and what loosening its rules would give.
SHARE = 0.5
# Clashes take this much of the time at larger tables, and leave the rest to repeats and the next round.
GROUP_SHARE = 0.7


def explain(
    problem: Problem,
    held: Held = (),
    *,
    stop: MaxRuntime | MaxIterations = A_SECOND,
    groups: Sequence[str | None] = (),
    asks_next_round: bool = True,
) -> Explanation:
    """Return which wishes of ``problem`` clash with which rules, and what cannot be avoided.

    Args:
        problem: The evening. What :func:`schedulers.contradictions.refuse_contradictions` refuses is
            explained, too.
        held: Seats of the rounds already held, shape ``(held rounds, n)``.
        stop: When to stop searching for clashes; an iteration is one question to the solver.
        groups: The group of each person, an organisation for instance, ``None`` for nobody's; empty
            without. Limits then also say who cannot avoid a colleague.
        asks_next_round: Whether to look for a next round without second meetings, at larger tables.

    Raises:
        InvalidProblem: If ``held`` or ``groups`` do not fit ``problem``.
    """
    seats = held_rounds(problem, held)
    if not problem.is_pairs:
        return _explain_groups(problem, seats, stop, groups, asks_next_round=asks_next_round)
    limits = limits_of(problem, seats, groups)
    return _explanation(_searched(problem, seats, stop), problem, limits)


def _explain_groups(
    problem: Problem,
    held: IntArray,
    stop: MaxRuntime | MaxIterations,
    groups: Sequence[str | None],
    *,
    asks_next_round: bool,
) -> Explanation:
    """Return the explanation for tables of more than two; with too many hosts at one, only what clashes."""
    budget = Budget(stop, 0)
    part = MaxRuntime(GROUP_SHARE * stop.seconds) if isinstance(stop, MaxRuntime) else stop
    search = _searched(problem, held, part)
    if first_crowding(problem, problem.fixed):
        return _explanation(search, problem, ())
    limits: tuple[Limit, ...] = sit_out_limits(problem, len(held), groups)
    again = repeats_limit(problem, held, limits, budget)
    found = _explanation(search, problem, limits if again is None else (*limits, again))
    if not asks_next_round or len(held) == problem.rounds:
        return found
    following = next_round_of(problem, held, budget.share(1.0))
    is_complete = found.is_complete and following.is_possible is not None
    return replace(found, next_round=following, is_complete=is_complete)


def _searched(problem: Problem, held: IntArray, stop: MaxRuntime | MaxIterations) -> _Search:
    search = _Search(rulebook(problem, held), Clock(stop))
    search.run(problem)
    return search


def _explanation(search: _Search, problem: Problem, limits: tuple[Limit, ...]) -> Explanation:
    """Return what ``search`` found, with the wishes that held rounds fulfilled counted in."""
    fulfilled = len(problem.musts) - len(search.book.wishes)
    return Explanation(
        tuple(_counting(clash, fulfilled) for clash in search.clashes),
        limits,
        wishes=len(problem.musts),
        most=None if search.most is None else search.most + fulfilled,
        is_complete=search.is_complete,
    )


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
            best = self._agendas.most(_loose(self.book), self._clock.share(SHARE))
        except TimeIsUp:
            self.is_complete = False
            return None
        if len(kept) == len(best):
            self.most = len(kept)
        else:
            # Who fills the tables of the others is not known well enough to tell.
            self.is_complete = False
        return kept

    def _clashing(self, kept: tuple[MustMeet, ...] | None) -> Iterator[RuleSet]:
        """Yield clashes: first those that need no count of tables, where that could be one reason of many.

        A wish that is not among ``kept`` is in every clash, because those can hold together.
        """
        rest = _loose(self.book)
        for part in parts_of(roomy(rest)):
            for rules, spare in self._clashes_of(part, kept or ()):
                rest = changed_book(rest, Drop(spare))
                yield rules if roomy(rest) == rest else _not_the_smallest(rules)
        if roomy(rest) != rest:
            for rules, _ in self._clashes_of(rest, kept or ()):
                yield rules

    def _clashes_of(self, part: Rulebook, kept: Collection[MustMeet]) -> Iterator[tuple[RuleSet, MustMeet]]:
        """Yield a clash, do without one of its wishes, and look again, until all others can hold."""
        try:
            while any(wish not in kept for wish in part.wishes):
                rules = smallest_clash(part, self._clock.share(SHARE))
                if rules is None:
                    return
                wishes = [rule for rule in rules.rules if rule in part.wishes and rule not in kept]
                spare = wishes[-1]
                yield rules, spare
                part = changed_book(part, Drop(spare))
        except TimeIsUp:
            self.is_complete = False

    def _relaxations(self, rules: RuleSet) -> tuple[Relaxation, ...]:
        found = []
        changes = (change for rule in rules.rules for change in changes_to(rule, self.book))
        try:
            for change in _varied(changes):
                option = relaxation(self.book, change, self._agendas, self._clock)
                if option is not None:
                    found.append(option)
        except TimeIsUp:
            self.is_complete = False
        return tuple(sorted(found, key=_harm))


def _not_the_smallest(rules: RuleSet) -> RuleSet:
    """Return ``rules``, which are the fewest only of those that were looked at."""
    return replace(rules, proven="irreducible") if rules.proven == "smallest" else rules


def _loose(book: Rulebook) -> Rulebook:
    """Return ``book`` with tables that may hold as few as two: what clashes there clashes in any case."""
    return replace(book, least=PAIR)


def _varied(changes: Iterable[Change]) -> list[Change]:
    """Return ``changes`` with the first one of every kind before all second ones, and so on."""
    count: Counter[type[Change]] = Counter()
    ranked = []
    for change in changes:
        ranked.append((count[type(change)], change))
        count[type(change)] += 1
    return [change for _, change in sorted(ranked, key=itemgetter(0))]


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
