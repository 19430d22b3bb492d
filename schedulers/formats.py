"""What stands in problem files and plan files, key by key.

Decoding is strict: an unknown key, a missing one or a value of another type is an error that names it.
The defaults are those of the format.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from schedulers.problem import PAIR


class TableEntry(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One table of a problem file."""

    seats: int
    least: int = PAIR
    x: float = 0.0
    y: float = 0.0


class AttendeeEntry(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One person of a problem file."""

    id: str
    absent: list[int] = []
    table: int | None = None
    side: str | int | None = None
    groups: dict[str, str] = {}
    attributes: dict[str, str] = {}


class ProblemFile(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A problem file as written; names are ids, rounds and tables are indices from 0."""

    format: Literal["girotondo-problem/1"]
    rounds: int
    tables: list[TableEntry]
    attendees: list[AttendeeEntry]
    weights: list[list[int]] | None = None
    weights_file: str | None = None
    forbidden: list[tuple[str, str]] = []
    must_meet: list[list[str | int]] = []
    met: list[tuple[str, str]] = []
    apart: list[str] = []
    balance: dict[str, float] = {}
    odd: Literal["sit_out", "trio"] = "sit_out"
    fairness: float = 0.0
    rotation: bool = False


class UnmetEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A wish that a plan does not fulfil."""

    rule: str
    who: list[str]
    by: int | None


class PricesEntry(msgspec.Struct, forbid_unknown_fields=True):
    """The certificate of a plan; see :class:`schedulers.schedule.Prices` for what its figures mean."""

    kind: Literal["prices"]
    scale: int
    bonus: int
    prices: list[int]
    held: int = 0
    sit_out: int = 0
    often: int = 0
    musts: list[tuple[str, str]] = []
    odd_sets: list[tuple[list[str], int]] = []


class PlanFile(msgspec.Struct, forbid_unknown_fields=True):
    """A plan file as written; everything in it but ``seed`` and ``stages`` is a statement to verify."""

    format: Literal["girotondo-plan/1"]
    rounds: list[list[list[str]]]
    sitting_out: list[list[str]]
    value: int
    bound: int | None
    gap: float | None
    search_bound: int | None
    floor: int
    floor_bound: int | None
    repeats: int
    repeats_bound: int | None
    unmet: list[UnmetEntry]
    seed: int
    stages: list[tuple[str, float, float | None]]
    certificate: PricesEntry | None
