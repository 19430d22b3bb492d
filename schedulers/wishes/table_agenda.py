"""Which wishes can hold together at tables of more than two: a model in which every rule is a switch.

Who meets nobody by wish sits out, if need be, because must-meets rank before seats. So only the people of
the wishes take part; where tables must hold three or more, others who suit everybody fill them, which is
all that is taken for granted about others.

A table is a *place*: a host's own, or wherever some person of a cover sits. Every wish is about somebody of
the cover, so every table that matters has its first such person, who names it; tables that are alike need
no other name. One law has no switch: a person has one place a round. Rounds that are over, and rounds after
the last one, are one round each without tables, in which two people could meet if the rules about rounds
did not hold.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ortools.sat.python import cp_model

from schedulers.problem import PAIR, MustMeet
from schedulers.wishes.clock import TimeIsUp
from schedulers.wishes.rulebook import pair_of, pairs_of
from schedulers.wishes.rules import (
    Absent,
    FixedTable,
    Forbidden,
    Rounds,
    RoundsHeld,
    TablesInRound,
    TableSizes,
    people_of,
)
from schedulers.wishes.switches import OVER, Chance, SwitchModel, TableUse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schedulers.wishes.rulebook import Pair
    from schedulers.wishes.rules import Rule, Rulebook
    from schedulers.wishes.switches import Var

# Larger models take longer to build than anybody waits.
MOST_SEATS = 40_000
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Named:
    """The place where ``person`` sits."""

    person: int


@dataclass(frozen=True, slots=True)
class Hosted:
    """The place that is the table of some host."""

    table: int


Place: TypeAlias = Named | Hosted


class _Seat(NamedTuple):
    """A place in a round, and whether somebody sits there."""

    place: Place
    round: int
    var: Var


def table_agenda(book: Rulebook) -> SwitchModel:
    """Return who can sit where, with a switch for every rule of ``book``.

    Raises:
        TimeIsUp: If that would be too large.
    """
    return _TableAgenda(book).switched()


def cover_of(pairs: Sequence[Pair]) -> list[int]:
    """Return people, few of them, of whom every pair holds one: again and again whoever is in most pairs."""
    left, cover = set(pairs), []
    while left:
        often = Counter(person for pair in left for person in pair)
        person = max(sorted(often), key=often.__getitem__)
        cover.append(person)
        left = {pair for pair in left if person not in pair}
    return cover


def _last(wish: MustMeet) -> float:
    """Return the last round in which ``wish`` can hold, :data:`NEVER` if it is none in particular."""
    return NEVER if wish.by is None else wish.by


class _TableAgenda:
    """The model while it is built; ``seats[person, place, round]`` says who sits where."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._model = cp_model.CpModel()
        self._switches = [self._model.new_bool_var("") for _ in book.rules]
        self._pairs = pairs_of(book.wishes)
        self._people = sorted({person for pair in self._pairs for person in pair})
        self._rounds = range(book.first, book.rounds)
        self._cover = cover_of(self._pairs)
        self._hosted = sorted({rule.table for rule in book.rules if isinstance(rule, FixedTable)})
        self._free = [seats for table, seats in enumerate(book.tables) if table not in self._hosted]
        self._places: list[Place] = [*map(Hosted, self._hosted), *map(Named, self._cover)]
        if len(self._people) * len(self._places) * len(self._rounds) > MOST_SEATS:
            raise TimeIsUp
        self._seats = {
            (person, place, r): self._model.new_bool_var("")
            for person in self._people
            for place in self._places_for(person)
            for r in self._rounds
        }
        self._of: dict[int, list[_Seat]] = {}
        for (person, place, r), var in self._seats.items():
            self._of.setdefault(person, []).append(_Seat(place, r, var))
        self._chances = {pair: list(self._chances_of(pair)) for pair in self._pairs}
        self._sit_once()
        for rule, switch in zip(book.rules, self._switches, strict=True):
            self._add(rule, switch)
        self._count_company()
        if book.least > PAIR:
            self._fill()

    def switched(self) -> SwitchModel:
        # Where there are tables enough, nobody need be sparing.
        uses = [
            TableUse(r, self._seats[person, Named(person), r])
            for person in (self._cover if self._book.is_crowded else ())
            for r in self._rounds
        ]
        return SwitchModel(self._book, self._model, self._switches, self._chances, uses)

    def _places_for(self, person: int) -> Iterator[Place]:
        """Yield where ``person`` can sit: a place is named by the first person of the cover who does."""
        before = self._cover[: self._cover.index(person) + 1] if person in self._cover else self._cover
        yield from (place for place in self._places if isinstance(place, Hosted) or place.person in before)

    def _chances_of(self, pair: Pair) -> Iterator[Chance]:
        for seat in self._of.get(pair[0], ()):
            other = self._seats.get((pair[1], seat.place, seat.round))
            if other is not None:
                both = self._model.new_bool_var("")
                self._model.add_bool_and([seat.var, other]).only_enforce_if(both)
                yield Chance(seat.round, both)
        yield Chance(self._book.rounds, self._model.new_bool_var(""))
        if self._book.first:
            yield Chance(OVER, self._model.new_bool_var(""))

    def _sit_once(self) -> None:
        for seats in self._of.values():
            for r in self._rounds:
                self._model.add_at_most_one(seat.var for seat in seats if seat.round == r)
        for (person, place, r), var in self._seats.items():
            if isinstance(place, Named) and place.person != person:
                self._model.add_implication(var, self._seats[place.person, place, r])

    def _add(self, rule: Rule, switch: Var) -> None:
        match rule:
            case MustMeet():
                until = self._book.rounds if rule.by is None else rule.by
                due = [chance.var for chance in self._chances[pair_of(rule)] if chance.round <= until]
                self._model.add_bool_or(due).only_enforce_if(switch)
            case Absent(person, rounds):
                self._never([seat.var for seat in self._of.get(person, ()) if seat.round in rounds], switch)
            case Forbidden(first, second):
                self._keep_apart(first, second, switch)
            case FixedTable(person, table):
                elsewhere = (seat for seat in self._of.get(person, ()) if seat.place != Hosted(table))
                self._never([seat.var for seat in elsewhere], switch)
                self._part_hosts(rule, switch)
            case TableSizes():
                self._size_tables(switch)
            case TablesInRound(r, tables):
                used = [self._seats[person, Named(person), r] for person in self._cover]
                total = cp_model.LinearExpr.sum(used)
                self._model.add(total <= tables - len(self._hosted)).only_enforce_if(switch)
            case RoundsHeld():
                self._never(self._outside(OVER), switch)
            case Rounds():
                self._never(self._outside(self._book.rounds), switch)
            case _:
                # Other rules are about tables of two.
                pass

    def _never(self, variables: Sequence[Var], switch: Var) -> None:
        for var in variables:
            self._model.add_implication(switch, var.negated())

    def _outside(self, r: int) -> list[Var]:
        """Return the chances of all pairs in the round ``r`` that is over, or after the last one."""
        return [chance.var for own in self._chances.values() for chance in own if chance.round == r]

    def _outside_of(self, pair: Pair) -> list[Var]:
        """Return the chances of ``pair`` in rounds that are over or after the last one."""
        own = self._chances.get(pair, ())
        return [chance.var for chance in own if chance.round not in self._rounds]

    def _keep_apart(self, first: int, second: int, switch: Var) -> None:
        self._never(self._outside_of((first, second)), switch)
        for seat in self._of.get(first, ()):
            other = self._seats.get((second, seat.place, seat.round))
            if other is not None:
                self._model.add_bool_or([switch.negated(), seat.var.negated(), other.negated()])

    def _part_hosts(self, rule: FixedTable, switch: Var) -> None:
        """Let hosts of different tables not meet in rounds without tables either."""
        for other, second in zip(self._book.rules, self._switches, strict=True):
            if isinstance(other, FixedTable) and other.person > rule.person and other.table != rule.table:
                for var in self._outside_of((rule.person, other.person)):
                    self._model.add_bool_or([switch.negated(), second.negated(), var.negated()])

    def _size_tables(self, switch: Var) -> None:
        """Let nobody find a place at a table that is full."""
        largest = max(self._book.tables)
        for place in self._places:
            seats = self._book.tables[place.table] if isinstance(place, Hosted) else largest
            for r in self._rounds:
                self._model.add(self._people_at(place, r) <= seats).only_enforce_if(switch)
        for rule, second in zip(self._book.rules, self._switches, strict=True):
            if isinstance(rule, TablesInRound):
                self._share_out(rule, [switch, second])

    def _share_out(self, rule: TablesInRound, switches: Sequence[Var]) -> None:
        """Let no more places be large than there are large tables without a host; added ones are large."""
        added = [max(self._book.tables)] * (rule.tables - len(self._book.tables))
        sizes = [*self._free, *added]
        levels = sorted(set(sizes))
        steps = list(pairwise(levels))
        if not steps:
            return
        grown = {place: [self._model.new_bool_var("") for _ in steps] for place in map(Named, self._cover)}
        for place, chosen in grown.items():
            more = cp_model.LinearExpr.weighted_sum(chosen, [high - low for low, high in steps])
            people = self._people_at(place, rule.round)
            self._model.add(people <= more + levels[0]).only_enforce_if(*switches)
        for k, (_, high) in enumerate(steps):
            large = cp_model.LinearExpr.sum([chosen[k] for chosen in grown.values()])
            self._model.add(large <= sum(size >= high for size in sizes)).only_enforce_if(*switches)

    def _people_at(self, place: Place, r: int) -> cp_model.LinearExpr:
        seats = (self._seats.get((person, place, r)) for person in self._people)
        return cp_model.LinearExpr.sum([seat for seat in seats if seat is not None])

    def _count_company(self) -> None:
        """Say again that nobody meets more people than tables hold: a search would find out one by one."""
        switch_of = dict(zip(self._book.rules, self._switches, strict=True))
        limits = {type(rule): var for rule, var in switch_of.items() if not people_of(rule)}
        if TableSizes not in limits:
            return
        for person in self._cover:
            own = sorted((_last(wish), wish) for wish in self._book.wishes if person in wish[:2])
            # Of two wishes for the same meeting the earlier one counts.
            soonest = list({pair_of(wish): (last, wish) for last, wish in reversed(own)}.values())
            for last in {last for last, _ in soonest}:
                due = [switch_of[wish] for when, wish in soonest if when <= last]
                needed = [limits[TableSizes], *([limits[RoundsHeld]] if RoundsHeld in limits else ())]
                if last == NEVER:
                    needed.append(limits[Rounds])
                self._bound(person, last, due, needed)

    def _bound(self, person: int, last: float, due: Sequence[Var], needed: Sequence[Var]) -> None:
        """Let no more of the wishes ``due`` hold than ``person`` can meet people until ``last``."""
        most = max(self._book.tables) - 1
        rounds = [r for r in self._rounds if r <= last]
        if len(due) <= most:
            return
        terms, costs = list(due), [1] * len(due)
        for rule, switch in zip(self._book.rules, self._switches, strict=True):
            if isinstance(rule, Absent) and rule.person == person:
                terms.append(switch)
                costs.append(most * sum(r in rounds for r in rule.rounds))
        total = cp_model.LinearExpr.weighted_sum(terms, costs)
        self._model.add(total <= most * len(rounds)).only_enforce_if(*needed)

    def _fill(self) -> None:
        """Let every table that is used hold its least: whoever is missing comes from others who are there."""
        least = self._book.least
        for r in self._rounds:
            lacking = []
            for place in self._places:
                is_used, missing = self._model.new_bool_var(""), self._model.new_int_var(0, least, "")
                for person in self._people:
                    if (person, place, r) in self._seats:
                        self._model.add_implication(self._seats[person, place, r], is_used)
                self._model.add(self._people_at(place, r) + missing >= least * is_used)
                lacking.append(missing)
            self._model.add(cp_model.LinearExpr.sum(lacking) <= self._book.company[r])
