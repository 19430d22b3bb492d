"""Sets of rules that clash, as small as can be.

A set clashes if its rules cannot all hold; it is *irreducible* if without any one of them they can, and
*smallest* if no set of fewer rules clashes. Smallest ones are found by duality: a clash shares a rule with
every set of rules whose giving up lets all others hold. So the smallest set of rules that meets all such
sets known so far is a clash, or shows one more such set (Ignatiev, Previti, Liffiton, Marques-Silva:
Smallest MUS extraction with minimal hitting set dualization, 2015).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from schedulers.wishes.agendas import agenda_of
from schedulers.wishes.clock import TimeIsUp
from schedulers.wishes.rules import Absent, Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.explanation import Proven
    from schedulers.wishes.clock import Clock
    from schedulers.wishes.rules import Rule
    from schedulers.wishes.switches import SwitchModel

# That there is no clash of fewer rules is worth no more of the time than this.
SHARE = 0.3


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules that cannot all hold, and what is proven about their number."""

    rules: tuple[Rule, ...]
    proven: Proven


def smallest_clash(book: Rulebook, clock: Clock) -> RuleSet | None:
    """Return the smallest clash within ``book`` that can be found in time; ``None`` if all of it can hold.

    Raises:
        TimeIsUp: If not even that could be found out.
    """
    model = agenda_of(book)
    core = model.clash(range(len(book.rules)), clock)
    if core is None:
        return None
    found: tuple[list[int], Proven] = (core, "clash")
    try:
        for found in _ever_smaller(model, core, clock):  # noqa: B007 -- the last one in time is the answer
            pass
    except TimeIsUp:
        pass
    indices, proven = found
    return RuleSet(_trimmed(replace(book, rules=tuple(book.rules[k] for k in indices)), clock), proven)


def _ever_smaller(model: SwitchModel, core: list[int], clock: Clock) -> Iterator[tuple[list[int], Proven]]:
    """Yield parts of ``core`` that clash, ever fewer rules, and last the smallest clash of all."""
    needed: list[int] = []
    left = list(core)
    while left:
        rule = left.pop()
        rest = model.clash([*needed, *left], clock)
        if rest is None:
            needed.append(rule)
        else:
            left = [k for k in left if k in rest]
            yield sorted([*needed, *left]), "clash"
    yield sorted(needed), "irreducible"
    yield _smallest(model, sorted(needed), clock.share(SHARE)), "smallest"


def _smallest(model: SwitchModel, known: list[int], clock: Clock) -> list[int]:
    """Return a clash of the fewest rules, ``known`` if there is none of fewer."""
    given_up: list[list[int]] = []
    while True:
        candidate = _hitting_set(given_up, clock)
        if len(candidate) >= len(known):
            return known
        fewest = model.fewest_given_up(candidate, clock)
        if fewest is None:
            return candidate
        given_up.append(fewest)


def _hitting_set(sets: Sequence[Sequence[int]], clock: Clock) -> list[int]:
    """Return the fewest elements that meet each of ``sets``."""
    if not sets:
        return []
    model = cp_model.CpModel()
    chosen = {k: model.new_bool_var("") for k in sorted(set().union(*sets))}
    for one in sets:
        model.add_bool_or([chosen[k] for k in one])
    model.minimize(cp_model.LinearExpr.sum(list(chosen.values())))
    solver = clock.solve(model)
    assert solver is not None  # noqa: S101 -- all elements together meet every set
    return [k for k, var in chosen.items() if solver.boolean_value(var)]


def _trimmed(book: Rulebook, clock: Clock) -> tuple[Rule, ...]:
    """Return the clashing rules of ``book``, of absences only the rounds that matter."""
    rules = list(book.rules)
    try:
        for k, rule in enumerate(book.rules):
            if isinstance(rule, Absent):
                rules[k] = _trimmed_absence(replace(book, rules=tuple(rules)), rule, clock)
    except TimeIsUp:
        pass
    return tuple(rules)


def _trimmed_absence(book: Rulebook, absence: Absent, clock: Clock) -> Absent:
    """Return ``absence`` without the rounds that the clash of ``book`` does not need."""
    for r in absence.rounds:
        less = Absent(absence.person, tuple(other for other in absence.rounds if other != r))
        tried = replace(book, rules=tuple(less if rule == absence else rule for rule in book.rules))
        if agenda_of(tried).clash(range(len(tried.rules)), clock) is not None:
            book, absence = tried, less
    return absence
