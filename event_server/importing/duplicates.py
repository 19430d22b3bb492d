"""People who look like one and may be two: found for the organizer, never merged by themselves."""

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from event_server.domain.messages import AttendeeId
from event_server.domain.names import name_key
from event_server.importing.matching import Known
from event_server.importing.rows import ImportRow

DUPLICATE_SCORE: Final = 90
"""Likeness of names, of 100, from which two people are shown to the organizer as perhaps one."""

_FEW: Final = 3  # a list of one name thousands of times would fill the screen with nothing else
_CHUNK: Final = 500


class Duplicate(msgspec.Struct, frozen=True, kw_only=True):
    """A new row that may be somebody already there, or somebody in another row.

    Attributes:
        row: Number of the new row.
        attendee: Who is already there, or ``None``.
        other_row: The other row, or ``None``.
        score: Likeness of the names, 90 to 100.
        has_same_email: Both have the same e-mail address.
    """

    row: int
    attendee: AttendeeId | None = None
    other_row: int | None = None
    score: int
    has_same_email: bool


class _Candidate(msgspec.Struct, frozen=True):
    """Somebody a new row is compared with: a person or a row."""

    name: str
    email: str
    attendee: AttendeeId | None
    row: int | None


def likely_duplicates(
    new: Sequence[ImportRow],
    rows: Sequence[ImportRow],
    existing: Sequence[Known],
) -> tuple[Duplicate, ...]:
    """Return the pairs that look like one person, at most three for each row of ``new``.

    Args:
        new: Rows for which nobody was found.
        rows: All rows that are ready; two new rows make one pair, named at the later one.
        existing: Everybody who is already there.
    """
    candidates = [
        *(_Candidate(known.profile.name, known.profile.email, known.attendee, None) for known in existing),
        *(_Candidate(row.name, row.email, None, row.number) for row in rows),
    ]
    keys = [name_key(candidate.name) for candidate in candidates]
    new_numbers = {row.number for row in new}
    found: list[Duplicate] = []
    for start in range(0, len(new), _CHUNK):
        chunk = new[start : start + _CHUNK]
        scores = process.cdist(
            [name_key(row.name) for row in chunk],
            keys,
            scorer=fuzz.ratio,
            score_cutoff=DUPLICATE_SCORE,
            dtype=np.uint8,
        )
        for row, line in zip(chunk, scores, strict=True):
            likely = [
                _duplicate(row, candidates[at], int(line[at]))
                for at in np.flatnonzero(line)
                if _is_another(row, candidates[at], new_numbers)
            ]
            found += sorted(likely, key=lambda pair: (not pair.has_same_email, -pair.score))[:_FEW]
    return tuple(found)


def _is_another(row: ImportRow, candidate: _Candidate, new_numbers: set[int]) -> bool:
    """Return whether ``candidate`` is not the row itself, nor a new row that names this pair already."""
    if candidate.row is None:
        return True
    return candidate.row != row.number and (candidate.row not in new_numbers or candidate.row < row.number)


def _duplicate(row: ImportRow, candidate: _Candidate, score: int) -> Duplicate:
    """Return the pair of a row and somebody who looks like it."""
    return Duplicate(
        row=row.number,
        attendee=candidate.attendee,
        other_row=candidate.row,
        score=score,
        has_same_email=bool(row.email) and row.email.casefold() == candidate.email.casefold(),
    )
