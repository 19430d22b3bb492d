"""What importing a list would do, for the people already there: shown first, applied as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from event_server.domain.messages import AttendeeId
from event_server.domain.profile import Profile
from event_server.importing.duplicates import Duplicate, likely_duplicates
from event_server.importing.matching import Known, matched
from event_server.importing.rows import ImportRow, RowStatus

# What a list does not speak of, or what only the person may choose.
_OWN_CHOICES = frozenset(
    {
        "link",
        "share_email",
        "share_phone",
        "language",
        "paper",
        "values",
        "goals",
        "importance",
        "knows",
        "avoids",
        "learning",
    }
)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A row that says something new of somebody.

    Attributes:
        profile: The profile to store.
        fields: Names of the fields that differ; empty when only the key is new.
    """

    attendee: AttendeeId
    row: ImportRow
    profile: Profile
    fields: tuple[str, ...]


class Same(msgspec.Struct, frozen=True, kw_only=True):
    """A row that says nothing new of somebody."""

    attendee: AttendeeId
    row: ImportRow


class ImportPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What would happen; nothing has.

    Attributes:
        new: Rows of people who are not there yet.
        changed: Rows that change somebody.
        unchanged: Rows that change nobody.
        duplicates: New rows that look like somebody else; to be decided, counted as new until then.
        withdrawn: People whose row is now skipped, refunded for instance.
        missing: People of an earlier list who are not in this one; nobody is removed for it.
    """

    new: tuple[ImportRow, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Same, ...]
    duplicates: tuple[Duplicate, ...]
    withdrawn: tuple[Same, ...]
    missing: tuple[AttendeeId, ...]


def plan_import(
    rows: Sequence[ImportRow],
    existing: Sequence[Known],
    *,
    decided: Mapping[int, AttendeeId] | None = None,
) -> ImportPlan:
    """Return what importing ``rows`` would do.

    Args:
        rows: All rows of the list, those with problems and the skipped ones too: who stands in one of them is
            not missing.
        existing: All attendees of the event.
        decided: What an organizer has said of duplicates: number of a row to the attendee it is.
    """
    ready = [row for row in rows if row.status is RowStatus.READY]
    found = matched(ready, existing, decided=decided or {})
    changes = [_change(row, found[row.number]) for row in ready if row.number in found]
    new = tuple(row for row in ready if row.number not in found)
    left = _without(existing, found.values())
    others = matched([row for row in rows if row.status is not RowStatus.READY], left, decided={})
    withdrawn = (row for row in rows if row.number in others and row.status is RowStatus.SKIPPED)
    return ImportPlan(
        new=new,
        changed=tuple(change for change in changes if isinstance(change, Change)),
        unchanged=tuple(change for change in changes if isinstance(change, Same)),
        duplicates=likely_duplicates(new, ready, existing),
        withdrawn=tuple(Same(attendee=others[row.number].attendee, row=row) for row in withdrawn),
        missing=tuple(known.attendee for known in _without(left, others.values()) if known.key),
    )


def merged(known: Known, listed: Profile) -> Profile:
    """Return the profile of somebody after a list says ``listed``.

    What the list leaves empty stays. What it says as it said it last time stays too: the person may have
    put it better since.
    """
    before = known.imported
    news: dict[str, Any] = {
        field: value
        for field in Profile.__struct_fields__
        if field not in _OWN_CHOICES
        and (value := getattr(listed, field))
        and (before is None or value != getattr(before, field))
    }
    return msgspec.structs.replace(known.profile, **news)


def _change(row: ImportRow, known: Known) -> Change | Same:
    """Return what a row changes in its person; a new key counts: the next list goes by it."""
    profile = merged(known, row.profile) if row.profile else known.profile
    fields = tuple(
        field
        for field in Profile.__struct_fields__
        if getattr(profile, field) != getattr(known.profile, field)
    )
    if not fields and row.key == known.key:
        return Same(attendee=known.attendee, row=row)
    return Change(attendee=known.attendee, row=row, profile=profile, fields=fields)


def _without(existing: Sequence[Known], found: Iterable[Known]) -> list[Known]:
    """Return the people who are not among ``found``."""
    taken = {known.attendee for known in found}
    return [known for known in existing if known.attendee not in taken]
