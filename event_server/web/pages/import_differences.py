"""What an import would change: shown for a yes, before anything is stored."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from event_server.web.pages.import_pages import MOST_SHOWN, Summary, summary
from event_server.web.pages.import_words import PROFILE_LABELS, reason_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from event_server.domain.messages import AttendeeId
    from event_server.domain.profile import Profile
    from event_server.importing.duplicates import Duplicate
    from event_server.importing.matching import Known
    from event_server.importing.plan import Change, ImportPlan
    from event_server.importing.rows import ImportRow
    from event_server.web.i18n import Catalog
    from event_server.web.pages.import_drafts import Draft


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody a new row may be; ``value`` is what the form says for "that's them"."""

    value: str
    name: str
    detail: str
    same_email: bool = False
    is_row: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A new row that looks like somebody else."""

    row: int
    name: str
    detail: str
    likely: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a row changes in somebody: (label, before, after)."""

    id: AttendeeId
    name: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PeopleStep:
    """Context of ``organizer/import_people.html``: what would happen; nothing has.

    Attributes:
        basis: Fingerprint of the people the differences were taken from.
        doubts: New rows that look like somebody, and those already said to be somebody.
    """

    summary: Summary
    basis: str
    new: tuple[tuple[str, str], ...]
    new_total: int
    changed: tuple[Changed, ...]
    changed_total: int
    unchanged: int
    doubts: tuple[Doubt, ...]
    withdrawn: tuple[tuple[AttendeeId, str, str], ...]
    missing: tuple[str, ...]


def people_step(draft: Draft, plan: ImportPlan, existing: Sequence[Known], texts: Catalog) -> PeopleStep:
    """Return the step that shows what would change."""
    known = {person.attendee: person for person in existing}
    rows = {row.number: row for row in draft.listed.rows}
    return PeopleStep(
        summary=summary(draft, texts),
        basis=basis(existing),
        new=tuple((row.name, _detail(row.profile)) for row in plan.new[:MOST_SHOWN]),
        new_total=len(plan.new),
        changed=tuple(
            _changed(change, known[change.attendee], texts) for change in plan.changed[:MOST_SHOWN]
        ),
        changed_total=len(plan.changed),
        unchanged=len(plan.unchanged),
        doubts=_doubts(plan.duplicates, rows, known, draft),
        withdrawn=tuple(
            (same.attendee, known[same.attendee].profile.name, reason_words(texts, same.row.reason, None))
            for same in plan.withdrawn
        ),
        missing=tuple(known[person].profile.name for person in plan.missing),
    )


def basis(existing: Sequence[Known]) -> str:
    """Return a fingerprint of the people on the list: differences hold as long as it does."""
    people = sorted(existing, key=lambda known: known.attendee)
    return hashlib.sha256(msgspec.json.encode(people)).hexdigest()[:16]


def _detail(profile: Profile | None) -> str:
    if profile is None:
        return ""
    return " · ".join(filter(None, (profile.organisation, profile.email)))


def _changed(change: Change, known: Known, texts: Catalog) -> Changed:
    return Changed(
        id=change.attendee,
        name=known.profile.name,
        changes=tuple(
            (
                texts.gettext(PROFILE_LABELS.get(field, field)),
                _written(getattr(known.profile, field)),
                _written(getattr(change.profile, field)),
            )
            for field in change.fields
        ),
    )


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _doubts(
    duplicates: Sequence[Duplicate],
    rows: dict[int, ImportRow],
    known: dict[AttendeeId, Known],
    draft: Draft,
) -> tuple[Doubt, ...]:
    by_row: dict[int, list[Likeness]] = defaultdict(list)
    for pair in duplicates:
        if pair.attendee is not None:
            person = known[pair.attendee].profile
            likeness = Likeness(pair.attendee, person.name, _detail(person), same_email=pair.has_same_email)
        else:
            other = rows[pair.other_row or 0]
            same_email = pair.has_same_email
            likeness = Likeness("out", other.name, _detail(other.profile), same_email=same_email, is_row=True)
        by_row[pair.row].append(likeness)
    for number, attendee in draft.decided.items():
        if attendee in known and number in rows and not by_row[number]:
            person = known[attendee].profile
            by_row[number].append(Likeness(attendee, person.name, _detail(person), chosen=True))
    return tuple(
        Doubt(row=number, name=rows[number].name, detail=_detail(rows[number].profile), likely=tuple(likely))
        for number, likely in by_row.items()
    )
