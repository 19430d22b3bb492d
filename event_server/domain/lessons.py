"""What closed evenings taught about somebody who agreed: sums and counts, never a single answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

HALF_LIFE_DAYS: Final = 180.0
"""After so long a lesson counts half: people change, and so do rooms."""

FORGOTTEN_DAYS: Final = 4 * HALF_LIFE_DAYS
"""After so long a lesson counts a sixteenth, and is deleted."""

_DAY = 86400.0


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """How far answers lay from what profiles let expect, summed over an evening or over several.

    Attributes:
        given_sum: Of the answers the person gave; below 0 they are hard to please.
        given_count: How many those were; no whole number once they have faded.
        received_sum: Of the answers about the person.
        received_count: How many those were.
    """

    given_sum: float = 0.0
    given_count: float = 0.0
    received_sum: float = 0.0
    received_count: float = 0.0


def faded(lesson: Lesson, seconds: float) -> Lesson:
    """Return what is left of ``lesson`` after ``seconds``: sums and counts fade alike."""
    left = 0.5 ** (max(0.0, seconds) / _DAY / HALF_LIFE_DAYS)
    return Lesson(**{name: left * value for name, value in msgspec.structs.asdict(lesson).items()})


def added(lessons: Iterable[Lesson]) -> Lesson:
    """Return several lessons as one."""
    rows = [msgspec.structs.astuple(lesson) for lesson in lessons]
    return Lesson(
        **dict(zip(Lesson.__struct_fields__, map(sum, zip(*rows, strict=True)), strict=True)) if rows else {}
    )
