"""A part of an announced round taken apart and put together again, exactly, by an integer model.

A variable stands for a group at a table that one of its people was told, at its fixed one, or at any other
table: these need not be told apart, because all of the group move to each of them. What comes first is
optimised first, and kept while the next is sought.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python import cp_model

from schedulers.pairs.announced.tables import placed_at
from schedulers.pairs.rounds.packing import new_solver
from schedulers.pairs.rounds.task import PAIR, TRIO, Group

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from schedulers.budget import Limits
    from schedulers.pairs.announced.standing import Placed, Standing

# Everything about some fifty people; a trio may take most of the places.
MOST_COLUMNS = 5000
# No table, nor the -1 of those who were told none.
ANY = -2


class Column(NamedTuple):
    """A group and where it would sit; ``ANY`` is a table that none of them was told."""

    people: Group
    table: int


class Part(NamedTuple):
    """Groups that are taken apart, together with people who have no seat; all other groups stay."""

    opened: tuple[Placed, ...]
    closed: tuple[Placed, ...]
    people: tuple[int, ...]


def part_of(standing: Standing, placed: Sequence[Placed], opened: Collection[int], most: int) -> Part:
    """Return the part of the round with the groups of the indices ``opened``.

    Args:
        standing: The round.
        placed: All its groups.
        opened: Which of them are taken apart.
        most: How many people the part holds at most; those without a seat come last.
    """
    members = [person for k in opened for person in placed[k].people]
    waiting = standing.unseated(placed).tolist()[: max(0, most - len(members))]
    return Part(
        tuple(placed[k] for k in opened),
        tuple(each for k, each in enumerate(placed) if k not in opened),
        tuple(sorted(members + waiting)),
    )


def columns_of(standing: Standing, part: Part) -> list[Column] | None:
    """Return every group and table that ``part`` may have, or ``None`` if they are too many."""
    tables = _free_tables(standing, part)
    columns: list[Column] = []
    for group in _groups(standing, part):
        fixed = standing.fixed_table(group)
        told = {int(standing.before[person]) for person in group} & tables
        places = ({fixed} & tables) if fixed >= 0 else {*told, ANY}
        columns += [Column(group, table) for table in sorted(places)]
        if len(columns) > MOST_COLUMNS:
            return None
    return columns


def _groups(standing: Standing, part: Part) -> Iterator[Group]:
    trio = standing.may_trio and not any(len(group) == TRIO for group, _ in part.closed)
    for size in (PAIR, TRIO) if trio else (PAIR,):
        yield from (group for group in combinations(part.people, size) if standing.may_sit(group))


def _free_tables(standing: Standing, part: Part) -> set[int]:
    return set(range(len(standing.problem.tables))) - {table for _, table in part.closed}


def rebuilt(standing: Standing, part: Part, columns: Sequence[Column], limits: Limits) -> list[Placed]:
    """Return the round with the best way to hold ``part`` that the search found.

    Args:
        standing: The round.
        part: What is taken apart.
        columns: What may be, by :func:`columns_of`.
        limits: Time for all searches together.
    """
    model = _Model(standing, part, columns)
    model.keep_best(model.wishes(), limits)
    model.keep_best(model.seated(), limits)
    model.keep_best(model.kept(), limits)
    for waiting in model.waiting():
        model.keep_best(waiting, limits)
    model.keep_best(model.calm(), limits)
    return [*part.closed, *placed_at(standing, model.groups(), _free_tables(standing, part))]


class _Goal(NamedTuple):
    """What is to be as large as can be, its value now, and a value that it cannot exceed."""

    total: cp_model.LinearExpr
    now: int
    most: int


class _Model:
    """The model; what has been optimised becomes a rule for what follows."""

    def __init__(self, standing: Standing, part: Part, columns: Sequence[Column]) -> None:
        self._standing = standing
        self._part = part
        self._columns = columns
        self._model = cp_model.CpModel()
        self._chosen = [self._model.new_bool_var("") for _ in columns]
        at_hand = {Column(*placed) for placed in part.opened}
        elsewhere = {column.people for column in at_hand - set(columns)}
        self._hint = [
            column in at_hand or (column.table == ANY and column.people in elsewhere) for column in columns
        ]
        self._seats: dict[int, list[cp_model.IntVar]] = {person: [] for person in part.people}
        self._add_rules()

    def _add_rules(self) -> None:
        """Everybody is in one group, every table has one, and one of them may be a trio."""
        tables: dict[int, list[cp_model.IntVar]] = {}
        for (group, table), var in zip(self._columns, self._chosen, strict=True):
            for person in group:
                self._seats[person].append(var)
            if table != ANY:
                tables.setdefault(table, []).append(var)
        for rivals in (*self._seats.values(), *tables.values()):
            self._model.add_at_most_one(rivals)
        trios = [
            var for column, var in zip(self._columns, self._chosen, strict=True) if len(column.people) == TRIO
        ]
        self._model.add_at_most_one(trios)
        room = len(self._standing.problem.tables) - len(self._part.closed)
        self._model.add(cp_model.LinearExpr.sum(self._chosen) <= room)

    def wishes(self) -> _Goal:
        """Return the must-meets held; one that is due outweighs all that could wait."""
        due, promised = self._standing.wishes
        inside = set(combinations(self._part.people, PAIR))
        most = (1 + len(promised)) * len(due & inside) + len(promised & inside)
        return self._weighted(
            [
                sum(
                    (1 + len(promised)) * (pair in due) + (pair in promised)
                    for pair in combinations(group, PAIR)
                )
                for group, _ in self._columns
            ],
            most,
        )

    def seated(self) -> _Goal:
        """Return how many people have a seat."""
        return self._weighted([len(group) for group, _ in self._columns], len(self._part.people))

    def kept(self) -> _Goal:
        """Return how many announced meetings that are legal stay."""
        inside = set(self._part.people)
        intact = [set(group) for group, _ in self._standing.intact if set(group) <= inside]
        counts = [sum(stay <= set(group) for stay in intact) for group, _ in self._columns]
        return self._weighted(counts, len(intact))

    def waiting(self) -> Iterator[_Goal]:
        """Return for each level of waiting, the longest first, how many of it have a seat."""
        standing = self._standing
        sides = standing.problem.sides if standing.problem.sides.size else standing.waited * 0
        levels = {(int(sides[person]), -int(standing.waited[person])) for person in self._part.people}
        for side, level in sorted(levels):
            people = {
                person
                for person in self._part.people
                if sides[person] == side and standing.waited[person] == -level
            }
            yield self._weighted([len(people & set(group)) for group, _ in self._columns], len(people))

    def calm(self) -> _Goal:
        """Return how few people move, then how few are regrouped, then value, in one number."""
        standing = self._standing
        worth = [standing.value(group) for group, _ in self._columns]
        unit = max(worth, default=0) * len(self._part.people) + 1
        step = unit * (len(self._part.people) + 1)
        had = (standing.before >= 0).astype(int)
        # Whoever had a seat and gets none has moved, too: so a seat saves that move.
        saved = [int(had[list(group)].sum()) - standing.moved(group, table) for group, table in self._columns]
        weights = [
            step * save - unit * standing.regrouped(group) + value
            for save, (group, _), value in zip(saved, self._columns, worth, strict=True)
        ]
        return self._weighted(weights, sum(max(0, weight) for weight in weights))

    def _weighted(self, weights: list[int], most: int) -> _Goal:
        total = cp_model.LinearExpr.weighted_sum(self._chosen, weights)
        return _Goal(total, sum(w for w, taken in zip(weights, self._hint, strict=True) if taken), most)

    def keep_best(self, goal: _Goal, limits: Limits) -> None:
        """Search for the most of ``goal`` and let nothing after fall below it."""
        if goal.now >= goal.most or limits.are_spent():
            self._model.add(goal.total >= goal.now)
            return
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for var, hint in zip(self._chosen, self._hint, strict=True):
            self._model.add_hint(var, hint)
        self._model.maximize(goal.total)
        solver = new_solver(limits)
        if solver.solve(self._model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._hint = [solver.boolean_value(var) for var in self._chosen]
            self._model.add(goal.total >= round(solver.objective_value))
        else:
            self._model.add(goal.total >= goal.now)

    def groups(self) -> list[Group]:
        """Return the groups found last."""
        return [column.people for column, taken in zip(self._columns, self._hint, strict=True) if taken]
