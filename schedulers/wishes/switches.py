"""Rules as switches of a model: which of them can hold together, and which clash."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ortools.sat.python import cp_model

from schedulers.problem import MustMeet
from schedulers.wishes.rulebook import pair_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from schedulers.wishes.clock import Clock
    from schedulers.wishes.rulebook import Pair
    from schedulers.wishes.rules import Rulebook

Var: TypeAlias = cp_model.IntVar

# So many tables in all rounds are used as sparingly as can be.
MOST_USES = 24

OVER = -1
"""The round of meetings that might have taken place in rounds that are over."""


class Chance(NamedTuple):
    """A round in which two people may meet, and a variable that is true only if they do."""

    round: int
    var: Var


class Answer(NamedTuple):
    """Wishes that hold together, and how many tables that are nobody's they take, as (round, tables)."""

    wishes: tuple[MustMeet, ...]
    tables: tuple[tuple[int, int], ...] = ()


class TableUse(NamedTuple):
    """A round, and a variable that is true if one more of the tables that are nobody's is used in it."""

    round: int
    var: Var


class SwitchModel:
    """A model in which ``switches[k]`` makes rule ``k`` of a book hold."""

    def __init__(
        self,
        book: Rulebook,
        model: cp_model.CpModel,
        switches: Sequence[Var],
        chances: Mapping[Pair, Sequence[Chance]],
        uses: Sequence[TableUse] = (),
    ) -> None:
        """Take a model; ``chances`` are those of each pair, and ``uses`` are few where tables are spared."""
        self._book = book
        self._model = model
        self._switches = switches
        self._chances = chances
        self._uses = uses

    def clash(self, among: Collection[int], clock: Clock) -> list[int] | None:
        """Return the indices of rules that cannot hold together, ``None`` if all of ``among`` can."""
        model = self._model.clone()
        model.add_assumptions([self._switches[k] for k in among])
        core = clock.core(model)
        place = {self._switches[k].index: k for k in among}
        return None if core is None else sorted(place[literal] for literal in core)

    def fewest_given_up(self, kept: Collection[int], clock: Clock) -> list[int] | None:
        """Return the fewest rules without which all others hold, none of ``kept`` among them.

        ``None`` if the rules ``kept`` cannot hold together.
        """
        model = self._model.clone()
        model.add_bool_and([self._switches[k] for k in kept])
        model.maximize(cp_model.LinearExpr.sum(self._switches))
        solver = clock.solve(model)
        if solver is None:
            return None
        return [k for k, switch in enumerate(self._switches) if not solver.boolean_value(switch)]

    def most_wishes(self, clock: Clock, taken: Mapping[int, int]) -> Answer:
        """Return the most wishes that hold together while all other rules do.

        Args:
            clock: The time left.
            taken: How many tables others use in each round; rounds in which few do are better.
        """
        model, wishes = self._without_wishes()
        model.maximize(self._worth(self._count(wishes), taken))
        solver = clock.solve(model)
        assert solver is not None  # noqa: S101 -- without any meeting every rule but the wishes holds
        return self._answer(solver)

    def earliest(self, wish: MustMeet, clock: Clock, taken: Mapping[int, int]) -> tuple[Answer, int | None]:
        """Return the most wishes, and the first round in which ``wish`` can be among them.

        The round is ``None`` if as many can hold only without it.
        """
        model, wishes = self._without_wishes()
        rounds = self._book.rounds
        own = [chance for chance in self._chances[pair_of(wish)] if 0 <= chance.round < rounds]
        soon = cp_model.LinearExpr.weighted_sum(
            [chance.var for chance in own], [rounds - chance.round for chance in own]
        )
        model.add(cp_model.LinearExpr.sum([chance.var for chance in own]) <= 1)
        model.maximize(self._worth(self._count(wishes) * (rounds + 1) + soon, taken))
        solver = clock.solve(model)
        assert solver is not None  # noqa: S101 -- without any meeting every rule but the wishes holds
        met = [chance.round for chance in own if solver.boolean_value(chance.var)]
        return self._answer(solver), min(met, default=None)

    def _count(self, wishes: Sequence[int]) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.sum([self._switches[k] for k in wishes])

    def _worth(self, first: cp_model.LinearExpr, taken: Mapping[int, int]) -> cp_model.LinearExpr:
        """Return what puts ``first`` first, and then few tables in rounds in which many are taken.

        Where there is much to choose from, that alone would take most of the time to prove.
        """
        if len(self._uses) > MOST_USES:
            return first
        costs = [1 + taken.get(use.round, 0) for use in self._uses]
        total = cp_model.LinearExpr.weighted_sum([use.var for use in self._uses], costs)
        return first * (1 + sum(costs)) - total

    def _answer(self, solver: cp_model.CpSolver) -> Answer:
        wishes = (
            rule
            for rule, switch in zip(self._book.rules, self._switches, strict=True)
            if isinstance(rule, MustMeet) and solver.boolean_value(switch)
        )
        used = Counter(use.round for use in self._uses if solver.boolean_value(use.var))
        return Answer(tuple(wishes), tuple(sorted(used.items())))

    def _without_wishes(self) -> tuple[cp_model.CpModel, list[int]]:
        """Return the model with every rule but the wishes held, and the indices of the wishes."""
        model, wishes = self._model.clone(), []
        for k, rule in enumerate(self._book.rules):
            if isinstance(rule, MustMeet):
                wishes.append(k)
            else:
                model.add_bool_and([self._switches[k]])
        return model, wishes
