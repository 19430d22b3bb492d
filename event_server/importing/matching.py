"""Which row of a list is which person: by key, by e-mail and similar name, by a unique name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
from rapidfuzz import fuzz

from event_server.domain.messages import AttendeeId
from event_server.domain.names import name_key
from event_server.domain.profile import Profile
from event_server.importing.rows import ImportRow

# One ticket with "Ada Prova" and "Ada Provetta" is a correction; with "Ada Prova" and "Bo Prova" it is not.
_CORRECTED: Final = 80
# "Mario Prova" and "Maria Prova" (91) may share an address: the organizer is asked about those.
_MISTYPED: Final = 95


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is already an attendee.

    Attributes:
        key: The key of the row the person came from; empty for people added by hand.
        imported: The profile as the last list gave it; ``None`` if that was not kept.
    """

    attendee: AttendeeId
    profile: Profile
    key: str = ""
    imported: Profile | None = None


Pair = tuple[ImportRow, Known]


def matched(
    rows: Sequence[ImportRow],
    existing: Sequence[Known],
    *,
    decided: Mapping[int, AttendeeId],
) -> dict[int, Known]:
    """Return the person of each row that has one, by the number of the row; nobody is two rows.

    ``decided`` holds what an organizer has said: number of a row to attendee. It goes first; stronger
    evidence for anybody goes before weaker evidence for anybody else.
    """
    people = {known.attendee: known for known in existing}
    found: dict[int, Known] = {}
    taken: set[AttendeeId] = set()
    said = [(row, people[decided[row.number]]) for row in rows if decided.get(row.number) in people]
    for pairs in (said, _by_key(rows, existing), _by_email(rows, existing), _by_unique_name(rows, existing)):
        for row, known in pairs:
            if row.number not in found and known.attendee not in taken:
                found[row.number] = known
                taken.add(known.attendee)
    return found


def likeness(name: str, other: str) -> float:
    """Return how alike two names are, 0 to 100, whatever the order of words, case and accents."""
    return fuzz.ratio(name_key(name), name_key(other))


def has_same_email(row: ImportRow, known: Known) -> bool:
    """Return whether row and person have one e-mail address; two empty ones are none."""
    return bool(row.email) and row.email.casefold() == known.profile.email.casefold()


def _by_key(rows: Sequence[ImportRow], existing: Sequence[Known]) -> Iterator[Pair]:
    """Yield rows with the key of somebody, unless name and e-mail say that the ticket has changed hands."""
    of_key = {known.key: known for known in existing if known.key}
    for row in rows:
        known = of_key.get(row.key)
        if known and (has_same_email(row, known) or _is_similar(row.name, known.profile.name, _CORRECTED)):
            yield row, known


def _by_email(rows: Sequence[ImportRow], existing: Sequence[Known]) -> Iterator[Pair]:
    """Yield rows with e-mail and similar name of somebody, the most alike first."""
    of_email: dict[str, list[Known]] = defaultdict(list)
    for known in existing:
        of_email[known.profile.email.casefold()].append(known)
    pairs = [
        (row, known)
        for row in rows
        if row.email
        for known in of_email.get(row.email.casefold(), ())
        if _is_similar(row.name, known.profile.name, _MISTYPED)
    ]
    yield from sorted(pairs, key=lambda pair: -likeness(pair[0].name, pair[1].profile.name))


def _by_unique_name(rows: Sequence[ImportRow], existing: Sequence[Known]) -> Iterator[Pair]:
    """Yield rows with the name of somebody if one row and one person have it and no addresses object."""
    times_in_list = Counter(name_key(row.name) for row in rows)
    times_here = Counter(name_key(known.profile.name) for known in existing)
    of_name = {name_key(known.profile.name): known for known in existing}
    for row in rows:
        key = name_key(row.name)
        if not key or times_in_list[key] != 1 or times_here[key] != 1:
            continue
        known = of_name[key]
        if not row.email or not known.profile.email or has_same_email(row, known):
            yield row, known


def _is_similar(name: str, other: str, least: float) -> bool:
    """Return whether two names may be one: alike, or one is part of the other ("Ada", "Ada Prova")."""
    words, others = set(name_key(name).split()), set(name_key(other).split())
    return bool(words and others) and (words <= others or others <= words or likeness(name, other) >= least)
