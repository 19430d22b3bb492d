"""Why wishes clash and what no plan can avoid, as data that travels: people by id, rounds from 1."""

from __future__ import annotations

import msgspec

from event_server.domain.messages import AttendeeId


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that stands in the way, or a change of one.

    Attributes:
        kind: A rule: ``must``, ``absent``, ``apart``, ``same_side``, ``met_before``, ``fixed_table``,
            ``table_seats``, ``tables``, ``seats``, ``one_meeting``, ``one_trio``, ``rounds_held`` or
            ``rounds``; or a change: ``drop``, ``postpone``, ``attend``, ``permit``, ``meet_again``,
            ``free_seat``, ``add_table``, ``larger_tables`` or ``add_round``.
        people: Whom it is about.
        rounds: In which rounds; of a ``must``, the last one, if there is one.
        table: At which table, or 0.
        count: How many seats, tables or rounds there are.
    """

    kind: str
    people: tuple[AttendeeId, ...] = ()
    rounds: tuple[int, ...] = ()
    table: int = 0
    count: int = 0


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One change, and how many of the wishes that are asked then can hold together."""

    change: Ruling
    met: int
    wishes: int


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Rules that cannot all hold, wishes first, and what changing one would give, the best first.

    Attributes:
        rules: The rules, of very many wishes only some.
        more: How many more wishes there are.
        options: What changing a rule would give.
    """

    rules: tuple[Ruling, ...]
    more: int = 0
    options: tuple[Option, ...] = ()


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """What no plan can avoid.

    Attributes:
        why: ``odd`` (number of people), ``tables`` or ``seats`` (too few), ``crowd`` (may only meet
            ``partners``, who are fewer), ``apart`` (may not share a table, and are more than tables for
            them), ``parts`` (of odd size, who meet only inside), ``partners`` (of these people, too few)
            or ``again`` (too few new people to meet for so many rounds).
        least: How many sit out in each of the rounds; of ``partners``: how often each of ``people`` does;
            of ``again``: how many meetings are second ones, unless more people sit out.
        people: Of whom it speaks, at most a handful; ``count`` is how many there are.
        of: How many people there are in the room.
        partners: How many others they may meet; of ``tables`` and ``apart``: how many tables there are;
            of ``seats``: how many people they seat.
        group: The organisation of all of them, or empty.
        colleague: They could also meet a colleague instead.
        enough_rounds: Of ``again``: a number of rounds that can do without, or 0 if none is known.
        enough_seats: Of ``again``: a size of tables that can do without, or 0.
    """

    why: str
    least: int
    rounds: tuple[int, ...]
    people: tuple[AttendeeId, ...] = ()
    count: int = 0
    of: int = 0
    partners: int = 0
    group: str = ""
    colleague: bool = False
    enough_rounds: int = 0
    enough_seats: int = 0


class Insight(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said of a briefing without planning it."""

    basis: int
    conflicts: tuple[Conflict, ...] = ()
    limits: tuple[Limit, ...] = ()
