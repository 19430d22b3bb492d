"""What loosening one rule would give: every answer is found by solving again, none is guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schedulers.explanation import Relaxation
from schedulers.problem import MustMeet
from schedulers.wishes.rules import (
    Absent,
    AddRound,
    AddTable,
    Attend,
    Drop,
    FixedTable,
    Forbidden,
    FreeSeat,
    LargerTables,
    MeetAgain,
    MetBefore,
    OneTrio,
    Permit,
    Postpone,
    Rounds,
    SameSide,
    TablesInRound,
    TableSizes,
    people_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.wishes.agendas import Agendas
    from schedulers.wishes.clock import Clock
    from schedulers.wishes.rules import Change, Rule, Rulebook

# Round a larger table people do not hear each other.
LARGEST_TABLE = 10


def changes_to(rule: Rule, book: Rulebook) -> Iterator[Change]:
    """Yield the ways to loosen ``rule``; how far or how much is found out later."""
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
        case TableSizes() if rule.smallest < LARGEST_TABLE:
            yield LargerTables(LARGEST_TABLE)
        case Rounds() if book.first < book.rounds:
            yield AddRound()
        case _:
            # Nobody can sit in two places, nor bring back a round that is over.
            pass


def relaxation(book: Rulebook, change: Change, agendas: Agendas, clock: Clock) -> Relaxation | None:
    """Return what ``change`` would give, a deadline moved and tables widened no further than that helps.

    ``None`` if no later deadline helps, or no larger tables.
    """
    if isinstance(change, LargerTables):
        return _widening(book, change, agendas, clock)
    if isinstance(change, Postpone):
        late = change.wish._replace(by=change.by)
        rules = tuple(late if rule == change.wish else rule for rule in book.rules)
        met, earliest = agendas.earliest(replace(book, rules=rules), late, clock)
        if earliest is None or (change.wish.by is not None and earliest <= change.wish.by):
            return None
        return Relaxation(Postpone(change.wish, earliest), met, len(book.wishes))
    changed = changed_book(book, change)
    return Relaxation(change, len(agendas.most(changed, clock)), len(changed.wishes))


def _widening(book: Rulebook, most: LargerTables, agendas: Agendas, clock: Clock) -> Relaxation | None:
    """Return the fewest seats that help as much as ``most`` does."""
    met = len(agendas.most(changed_book(book, most), clock))
    if met == len(agendas.most(book, clock)):
        return None
    for seats in range(min(book.tables) + 1, most.seats):
        fewer = LargerTables(seats)
        if len(agendas.most(changed_book(book, fewer), clock)) == met:
            return Relaxation(fewer, met, len(book.wishes))
    return Relaxation(most, met, len(book.wishes))


def changed_book(book: Rulebook, change: Change) -> Rulebook:
    """Return ``book`` after any change but one of a deadline."""
    match change:
        case AddRound():
            return _with_round(book)
        case LargerTables(seats):
            book = replace(book, tables=tuple(max(seats, own) for own in book.tables))
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
        case TableSizes(), LargerTables(seats):
            return TableSizes(max(seats, rule.smallest), max(seats, rule.largest))
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
    return replace(
        book,
        rules=tuple(rules),
        rounds=new + 1,
        trio_rounds=frozenset(odd),
        company=(*book.company, *book.company[-1:]),
    )
