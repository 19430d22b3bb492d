"""Which wishes can hold together at tables of two: a model in which every rule is a switch.

Who meets nobody by wish sits out, if need be, because must-meets rank before seats. So only the people of
the wishes take part, and what the model says is true of the whole evening.

A meeting is a group, two people or three, in a round. Two laws have no switch: a pair meets once, and a
table of three needs an odd head-count. Rounds that are over, and rounds after the last one, are one round
each without tables and head-counts, in which a pair could meet if the rules about rounds did not hold.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from ortools.sat.python import cp_model

from schedulers.problem import PAIR, MustMeet
from schedulers.wishes.rulebook import pair_of, pairs_of, trios_of
from schedulers.wishes.rules import (
    Absent,
    FixedTable,
    Forbidden,
    MetBefore,
    OneMeeting,
    OneTrio,
    Rounds,
    RoundsHeld,
    SameSide,
    TablesInRound,
)
from schedulers.wishes.switches import OVER, Chance, SwitchModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedulers.wishes.rulebook import Group, Pair
    from schedulers.wishes.rules import Rule, Rulebook
    from schedulers.wishes.switches import Var


def pair_agenda(book: Rulebook) -> SwitchModel:
    """Return the meetings to choose among at tables of two, with a switch for every rule of ``book``."""
    return _PairAgenda(book).switched()


class Meeting(NamedTuple):
    """A group that may sit together in a round, and whether it does."""

    group: Group
    round: int
    var: Var


class _PairAgenda:
    """The model while it is built."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._model = cp_model.CpModel()
        self._switches = [self._model.new_bool_var("") for _ in book.rules]
        self._meetings = list(self._possible_meetings())
        self._of: dict[int, list[Meeting]] = {}
        for meeting in self._meetings:
            for person in meeting.group:
                self._of.setdefault(person, []).append(meeting)
        self._meet_once()
        for rule, switch in zip(book.rules, self._switches, strict=True):
            self._add(rule, switch)
        self._seat_hosts()

    def switched(self) -> SwitchModel:
        chances = {
            pair: [Chance(meeting.round, meeting.var) for meeting in self._together(pair)]
            for pair in pairs_of(self._book.wishes)
        }
        return SwitchModel(self._book, self._model, self._switches, chances)

    def _possible_meetings(self) -> Iterator[Meeting]:
        pairs = pairs_of(self._book.wishes)
        for r in range(self._book.first, self._book.rounds):
            groups: list[Group] = [*pairs, *(trios_of(pairs) if r in self._book.trio_rounds else ())]
            for group in groups:
                yield Meeting(group, r, self._model.new_bool_var(""))
        for pair in pairs:
            yield Meeting(pair, self._book.rounds, self._model.new_bool_var(""))
            if self._book.first:
                yield Meeting(pair, OVER, self._model.new_bool_var(""))

    def _meet_once(self) -> None:
        """Let two people who may meet at a table of three meet once in all."""
        trios = {meeting.group for meeting in self._meetings if len(meeting.group) > PAIR}
        for pair in sorted({pair for trio in trios for pair in combinations(trio, 2)}):
            self._model.add_at_most_one(meeting.var for meeting in self._together(pair))

    def _together(self, pair: Pair) -> list[Meeting]:
        return [meeting for meeting in self._of.get(pair[0], ()) if pair[1] in meeting.group]

    def _open(self, person: int) -> list[Meeting]:
        """Return the meetings of ``person`` in rounds that are left."""
        return [meeting for meeting in self._of.get(person, ()) if 0 <= meeting.round < self._book.rounds]

    def _add(self, rule: Rule, switch: Var) -> None:
        match rule:
            case MustMeet():
                self._add_wish(rule, switch)
            case Absent():
                self._forbid([m for m in self._open(rule.person) if m.round in rule.rounds], switch)
            case Forbidden() | SameSide():
                self._forbid(self._together((rule.first, rule.second)), switch)
            case MetBefore():
                # Who met in a held round might have met in an earlier one instead.
                start = OVER if rule.round is None else 0
                together = self._together((rule.first, rule.second))
                self._forbid([m for m in together if m.round >= start], switch)
            case RoundsHeld():
                self._forbid([m for m in self._meetings if m.round == OVER], switch)
            case Rounds():
                self._forbid([m for m in self._meetings if m.round == self._book.rounds], switch)
            case OneMeeting():
                self._one_a_round(rule.person, switch)
            case TablesInRound():
                due = [m for m in self._meetings if m.round == rule.round]
                self._allow(due, rule.tables, switch)
            case OneTrio():
                due = [m for m in self._meetings if m.round == rule.round and len(m.group) > PAIR]
                self._allow(due, 1, switch)
            case _:
                # Fixed tables count where hosts are seated.
                pass

    def _add_wish(self, wish: MustMeet, switch: Var) -> None:
        until = self._book.rounds if wish.by is None else wish.by
        chances = [meeting.var for meeting in self._together(pair_of(wish)) if meeting.round <= until]
        self._model.add_bool_or(chances).only_enforce_if(switch)

    def _forbid(self, meetings: list[Meeting], switch: Var) -> None:
        for meeting in meetings:
            self._model.add_implication(switch, meeting.var.negated())

    def _allow(self, meetings: list[Meeting], most: int, switch: Var) -> None:
        if len(meetings) > most:
            total = cp_model.LinearExpr.sum([meeting.var for meeting in meetings])
            self._model.add(total <= most).only_enforce_if(switch)

    def _one_a_round(self, person: int, switch: Var) -> None:
        rounds: dict[int, list[Meeting]] = {}
        for meeting in self._open(person):
            rounds.setdefault(meeting.round, []).append(meeting)
        for meetings in rounds.values():
            self._allow(meetings, 1, switch)

    def _seat_hosts(self) -> None:
        """Let hosts of different tables not meet, and hosts of one table not hold two meetings at once."""
        hosts = [
            (rule, switch)
            for rule, switch in zip(self._book.rules, self._switches, strict=True)
            if isinstance(rule, FixedTable)
        ]
        for (one, switch), (other, second) in combinations(hosts, 2):
            if one.table == other.table:
                impossible = self._at_once(one.person, other.person)
            else:
                impossible = [[meeting] for meeting in self._together((one.person, other.person))]
            for meetings in impossible:
                never = [switch, second, *(meeting.var for meeting in meetings)]
                self._model.add_bool_or([var.negated() for var in never])

    def _at_once(self, one: int, other: int) -> list[list[Meeting]]:
        """Return what two people would do in one round apart from each other."""
        return [
            [mine, theirs]
            for mine in self._open(one)
            for theirs in self._open(other)
            if mine.round == theirs.round and other not in mine.group and one not in theirs.group
        ]
