"""What loosening one rule would give: every answer is found by solving again, none is guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schedulers.explanation import Relaxation
from schedulers.problem import MustMeet
from schedulers.wishes.agenda import AgendaModel
from schedulers.wishes.rules import (
    Absent,
    AddRound,
    AddTable,
    Attend,
    Drop,
    FixedTable,
    Forbidden,
    FreeSeat,
    MeetAgain,
    MetBefore,
    OneTrio,
    Permit,
    Postpone,
    Rounds,
    SameSide,
    TablesInRound,
    people_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.wishes.clock import Clock
    from schedulers.wishes.rules import Change, Rule, Rulebook


class Agendas:
    """How many wishes can hold under books of rules that differ little from each other.

    Wishes of people who have nothing to do with each other are answered apart, and each part once.
    """

    def __init__(self) -> None:
        self._known: dict[Rulebook, tuple[MustMeet, ...]] = {}

    def most(self, book: Rulebook, clock: Clock) -> tuple[MustMeet, ...]:
        """Return the most wishes of ``book`` that can hold together."""
        return tuple(wish for part in parts_of(book) for wish in self._most_of_part(part, clock))

    def earliest(self, book: Rulebook, wish: MustMeet, clock: Clock) -> tuple[int, int | None]:
        """Return how many wishes can hold, and the first round in which ``wish`` can be among them.

        The round is ``None`` if as many can hold only without it.
        """
        count, earliest = 0, None
        for part in parts_of(book):
            if wish in part.rules:
                met, earliest = AgendaModel(part).earliest(wish, clock)
                count += met
            else:
                count += len(self._most_of_part(part, clock))
        return count, earliest

    def _most_of_part(self, part: Rulebook, clock: Clock) -> tuple[MustMeet, ...]:
        if part not in self._known:
            best = AgendaModel(part).most_wishes(clock)
            self._known[part] = tuple(part.wishes[k] for k in best)
        return self._known[part]


def parts_of(book: Rulebook) -> list[Rulebook]:
    """Return ``book`` in parts that have nothing to do with each other.

    Few tables and tables of three concern the whole room: then there is one part.
    """
    if not book.wishes:
        return []
    if book.trio_rounds or any(isinstance(rule, TablesInRound) for rule in book.rules):
        return [book]
    part_of = _part_of_each(book)
    parts: dict[int, list[Rule]] = {part: [] for part in part_of.values()}
    for rule in book.rules:
        people = people_of(rule)
        for part in {part_of[p] for p in people if p in part_of} if people else parts:
            parts[part].append(rule)
    return [replace(book, rules=tuple(rules)) for rules in parts.values()]


def _part_of_each(book: Rulebook) -> dict[int, int]:
    """Return a part for everybody who has a wish: people who wish, or host a table, together share it."""
    part = {person: person for wish in book.wishes for person in wish[:2]}
    links = [wish[:2] for wish in book.wishes]
    hosts: dict[int, int] = {}
    links += [
        (hosts.setdefault(rule.table, rule.person), rule.person)
        for rule in book.rules
        if isinstance(rule, FixedTable) and rule.person in part
    ]

    def root(person: int) -> int:
        while part[person] != person:
            part[person] = part[part[person]]
            person = part[person]
        return person

    for one, other in links:
        part[root(one)] = root(other)
    return {person: root(person) for person in part}


def changes_to(rule: Rule, book: Rulebook) -> Iterator[Change]:
    """Yield the ways to loosen ``rule``; how far to postpone a wish is found out later."""
    match rule:
        case MustMeet():
            if rule.by is not None and rule.by < book.rounds - 1:
                yield Postpone(rule, book.rounds - 1)
            yield Drop(rule)
        case Absent():
            yield from (Attend(rule.person, r) for r in rule.rounds)
        case Forbidden() | SameSide():
            yield Permit(rule.first, rule.second)
        case MetBefore():
            yield MeetAgain(rule.first, rule.second)
        case FixedTable():
            yield FreeSeat(rule.person)
        case TablesInRound():
            yield AddTable(rule.round)
        case Rounds() if book.first < book.rounds:
            yield AddRound()
        case _:
            # Nobody can sit in two places, nor bring back a round that is over.
            pass


def relaxation(book: Rulebook, change: Change, agendas: Agendas, clock: Clock) -> Relaxation | None:
    """Return what ``change`` would give, a deadline moved no further than it helps.

    ``None`` if no later deadline helps.
    """
    if isinstance(change, Postpone):
        late = change.wish._replace(by=change.by)
        rules = tuple(late if rule == change.wish else rule for rule in book.rules)
        met, earliest = agendas.earliest(replace(book, rules=rules), late, clock)
        if earliest is None or (change.wish.by is not None and earliest <= change.wish.by):
            return None
        return Relaxation(Postpone(change.wish, earliest), met, len(book.wishes))
    changed = changed_book(book, change)
    return Relaxation(change, len(agendas.most(changed, clock)), len(changed.wishes))


def changed_book(book: Rulebook, change: Change) -> Rulebook:
    """Return ``book`` after any change but one of a deadline."""
    match change:
        case AddRound():
            return _with_round(book)
        case Attend():
            odd = book.trio_rounds ^ {change.round} if book.has_trios else book.trio_rounds
            book = replace(book, trio_rounds=frozenset(odd))
    rules = (_changed(rule, change) for rule in book.rules)
    return replace(book, rules=tuple(rule for rule in rules if rule is not None))


def _changed(rule: Rule, change: Change) -> Rule | None:
    """Return ``rule`` after ``change``, ``None`` if nothing is left of it."""
    match rule, change:
        case MustMeet(), Drop():
            return None if rule == change.wish else rule
        case Absent(), Attend() if rule.person == change.person:
            return Absent(rule.person, tuple(r for r in rule.rounds if r != change.round))
        case ((Forbidden() | SameSide()), Permit()):
            return None if people_of(rule) == (change.first, change.second) else rule
        case MetBefore(), MeetAgain():
            return None if people_of(rule) == (change.first, change.second) else rule
        case FixedTable(), FreeSeat():
            return None if rule.person == change.person else rule
        case TablesInRound(), AddTable() if rule.round == change.round:
            return TablesInRound(rule.round, rule.tables + 1)
        case _:
            return rule


def _with_round(book: Rulebook) -> Rulebook:
    """Return ``book`` with one more round, in which the same people are there as in the last one."""
    last, new = book.rounds - 1, book.rounds
    rules: list[Rule] = []
    for rule in book.rules:
        match rule:
            case Rounds():
                rules.append(Rounds(new + 1))
            case Absent() if last in rule.rounds:
                rules.append(Absent(rule.person, (*rule.rounds, new)))
            case TablesInRound() if rule.round == last:
                rules += [rule, TablesInRound(new, rule.tables)]
            case OneTrio() if rule.round == last:
                rules += [rule, OneTrio(new)]
            case _:
                rules.append(rule)
    odd = book.trio_rounds | ({new} if last in book.trio_rounds else frozenset())
    return replace(book, rules=tuple(rules), rounds=new + 1, trio_rounds=frozenset(odd))
