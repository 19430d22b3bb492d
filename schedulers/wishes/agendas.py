"""Questions about books of rules that differ little from each other, each answered once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from schedulers.problem import PAIR, MustMeet
from schedulers.wishes.agenda import pair_agenda
from schedulers.wishes.rulebook import part_of_each
from schedulers.wishes.rules import Absent, FixedTable, Rulebook, TablesInRound, people_of
from schedulers.wishes.switches import Answer
from schedulers.wishes.table_agenda import table_agenda

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schedulers.wishes.clock import Clock
    from schedulers.wishes.rules import Rule
    from schedulers.wishes.switches import SwitchModel


def agenda_of(book: Rulebook) -> SwitchModel:
    """Return the model of ``book``, at tables of two or larger ones.

    Raises:
        TimeIsUp: If it would be too large.
    """
    return table_agenda(book) if book.tables else pair_agenda(book)


class Agendas:
    """How many wishes can hold under books of rules that differ little from each other.

    Wishes of people who have nothing to do with each other are answered apart, and each part once. Where
    larger tables are few, parts are answered as if there were more; it is only if their answers do not fit
    into the room together that the whole is asked at once.
    """

    def __init__(self) -> None:
        self._known: dict[Rulebook, Answer] = {}
        self._taken: Counter[int] = Counter()

    def most(self, book: Rulebook, clock: Clock) -> tuple[MustMeet, ...]:
        """Return the most wishes of ``book`` that can hold together."""
        answers = [self._answer(part, clock) for part in parts_of(roomy(book))]
        if not _fits(book, answers):
            answers = [self._answer(book, clock)]
        return tuple(wish for answer in answers for wish in answer.wishes)

    def earliest(self, book: Rulebook, wish: MustMeet, clock: Clock) -> tuple[int, int | None]:
        """Return how many wishes can hold, and the first round in which ``wish`` can be among them.

        The round is ``None`` if as many can hold only without it.
        """
        answers, earliest = [], None
        for part in parts_of(roomy(book)):
            if wish in part.rules:
                answer, earliest = agenda_of(part).earliest(wish, clock, self._taken)
                answers.append(answer)
            else:
                answers.append(self._answer(part, clock))
        if not _fits(book, answers):
            answer, earliest = agenda_of(book).earliest(wish, clock, {})
            answers = [answer]
        return sum(len(answer.wishes) for answer in answers), earliest

    def _answer(self, part: Rulebook, clock: Clock) -> Answer:
        if part not in self._known:
            answer = _plain_answer(part, self._taken)
            self._known[part] = answer or agenda_of(part).most_wishes(clock, self._taken)
            self._taken.update(dict(self._known[part].tables))
        return self._known[part]


def _plain_answer(part: Rulebook, taken: Mapping[int, int]) -> Answer | None:
    """Return what is plain of a single wish at larger tables; ``None`` if more than absences matter."""
    own = [rule for rule in part.rules if people_of(rule)]
    if not part.tables or part.least > PAIR or not all(isinstance(rule, MustMeet | Absent) for rule in own):
        return None
    (wish, *others) = part.wishes
    if others:
        return None
    last = part.rounds - 1 if wish.by is None else wish.by
    away = {r for rule in own if isinstance(rule, Absent) for r in rule.rounds}
    rounds = [r for r in range(part.first, last + 1) if r not in away]
    if not rounds:
        return Answer(())
    return Answer((wish,), ((min(rounds, key=lambda r: taken.get(r, 0)), 1),) if part.is_crowded else ())


def roomy(book: Rulebook) -> Rulebook:
    """Return ``book`` without the number of tables, if that is all that tables of one size are short of."""
    hosted = _hosted(book)
    if len({seats for table, seats in enumerate(book.tables) if table not in hosted}) != 1:
        return book
    return replace(book, rules=tuple(rule for rule in book.rules if not isinstance(rule, TablesInRound)))


def _fits(book: Rulebook, answers: Iterable[Answer]) -> bool:
    """Return whether the tables of ``book`` are enough for all ``answers``."""
    used: Counter[int] = Counter()
    for answer in answers:
        used.update(dict(answer.tables))
    limits = [rule for rule in book.rules if isinstance(rule, TablesInRound)]
    return all(used[rule.round] + len(_hosted(book)) <= rule.tables for rule in limits)


def _hosted(book: Rulebook) -> set[int]:
    return {rule.table for rule in book.rules if isinstance(rule, FixedTable)}


def parts_of(book: Rulebook) -> list[Rulebook]:
    """Return ``book`` in parts that have nothing to do with each other.

    Few tables, tables of three and people who must fill others' tables concern the whole room: then there
    is one part.
    """
    is_whole = book.trio_rounds or book.least > PAIR
    if is_whole or any(isinstance(rule, TablesInRound) for rule in book.rules):
        return [book]
    part_of = part_of_each(book.rules)
    parts: dict[int, list[Rule]] = {part: [] for part in part_of.values()}
    for rule in book.rules:
        people = people_of(rule)
        for part in {part_of[p] for p in people if p in part_of} if people else parts:
            parts[part].append(rule)
    return [replace(book, rules=tuple(rules)) for rules in parts.values()]
