"""Rows of a list to people: each row is ready, has a problem, or is skipped for a reason; none is lost."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

import msgspec

from event_server.domain.names import name_key
from event_server.domain.profile import Profile
from event_server.importing.columns import Column
from event_server.importing.fields import Field
from event_server.importing.person import Person, Problem, Source, Values, read_person
from event_server.importing.statuses import is_known, skip_reason
from event_server.importing.table import Record

Fixes = Mapping[int, Mapping[Field, str]]
"""What an organizer typed in for a row, by the number of the row."""


class RowStatus(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    PROBLEM = "problem"
    SKIPPED = "skipped"


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a list.

    Attributes:
        number: The row as a spreadsheet numbers it, from 1, the header counted.
        cells: The row as it came.
        name: As far as it can be read; may be empty.
        email: As far as it can be read; may be empty.
        key: Finds the same registration in the next list: ticket or guest number, else e-mail and name.
        profile: Filled when ready.
        reason: Why it is skipped: ``refunded``, ``declined``, ``cancelled``, ``transferred``, ``pending``,
            ``waitlist``, ``invited``, ``expired``, ``repeated`` or ``left_out``.
        instead: The row that counts instead of a repeated one.
        problems: What has to be mended.
        notices: What was cut or left out, or should be looked at.
    """

    number: int
    status: RowStatus
    cells: tuple[str, ...]
    name: str = ""
    email: str = ""
    key: str = ""
    profile: Profile | None = None
    reason: str = ""
    instead: int | None = None
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


def read_rows(
    records: Sequence[Record],
    columns: Sequence[Column],
    *,
    fixes: Fixes,
    left_out: Collection[int],
) -> tuple[ImportRow, ...]:
    """Return one ``ImportRow`` for each record, in their order."""
    trusted = sorted(columns, key=lambda column: (-column.confidence, column.index))
    rows = [
        _read_row(record, trusted, fixes=fixes.get(record[0], {}), is_left_out=record[0] in left_out)
        for record in records
    ]
    return tuple(_with_own_keys(_without_repeats(rows)))


def _read_row(
    record: Record,
    columns: Sequence[Column],
    *,
    fixes: Mapping[Field, str],
    is_left_out: bool,
) -> ImportRow:
    """Return one row, seen by itself."""
    number, cells = record
    values = _values(cells, columns, fixes)
    person = read_person(values)
    reason = "left_out" if is_left_out else _reason(values)
    problems = person.problems + _surplus(cells, columns)
    status = RowStatus.SKIPPED if reason else RowStatus.PROBLEM if problems else RowStatus.READY
    return ImportRow(
        number=number,
        status=status,
        cells=cells,
        name=person.name,
        email=person.email,
        key=_key(values, person),
        profile=person.profile if status is RowStatus.READY else None,
        reason=reason,
        problems=() if reason else problems,
        notices=person.notices + _unknown_statuses(values),
    )


def _values(cells: Sequence[str], columns: Sequence[Column], fixes: Mapping[Field, str]) -> Values:
    """Return the filled cells by meaning; what an organizer typed in replaces what stood there."""
    values: dict[Field, list[Source]] = {}
    for column in columns:
        if column.field is not Field.IGNORE and column.index < len(cells) and cells[column.index]:
            values.setdefault(column.field, []).append((column.index, cells[column.index]))
    values.update({field: [(None, text)] if text.strip() else [] for field, text in fixes.items()})
    return values


def _surplus(cells: Sequence[str], columns: Sequence[Column]) -> tuple[Problem, ...]:
    """Return a problem if the row has more cells than the header: a separator in a value has moved them."""
    if len(cells) <= len(columns):
        return ()
    detail: dict[str, str | float] = {"cells": len(cells), "columns": len(columns)}
    return (Problem(code="too_many_cells", field=Field.IGNORE, detail=detail),)


def _reason(values: Values) -> str:
    """Return why the status of a registration keeps the row out, or an empty text."""
    reasons = (skip_reason(cell) for _, cell in values.get(Field.STATUS, ()))
    return next(filter(None, reasons), "")


def _unknown_statuses(values: Values) -> tuple[Problem, ...]:
    """Return a notice for each status that no vendor is known to use: the row stays in, to be looked at."""
    return tuple(
        Problem(code="status_unknown", field=Field.STATUS, column=column, detail={"status": cell[:40]})
        for column, cell in values.get(Field.STATUS, ())
        if not is_known(cell)
    )


def _key(values: Values, person: Person) -> str:
    """Return the key of a registration.

    An order may hold several people: without the number of the ticket the name belongs to its key.
    """
    guest, order, position = (
        values[field][0][1] if values.get(field) else ""
        for field in (Field.GUEST, Field.ORDER, Field.POSITION)
    )
    if order and position:
        return f"ticket:{order}/{position}"
    if guest:
        return f"guest:{guest}"
    if order:
        return f"order:{order}/{name_key(person.name)}"
    return f"mail:{person.email}/{name_key(person.name)}" if person.email else f"name:{name_key(person.name)}"


def _without_repeats(rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Return ``rows`` with those skipped that a later row repeats: who fills a form twice means the second.

    Two tickets of one buyer with different numbers are no repeat: the second seat is somebody's.
    """
    latest: dict[tuple[str, str, str], int] = {}
    kept: list[ImportRow] = []
    for row in reversed(rows):
        number = row.key if row.key.startswith(("ticket:", "guest:")) else ""
        identity = (row.email, name_key(row.name), number)
        is_known_person = row.status is RowStatus.READY and bool(row.email or number)
        instead = latest.setdefault(identity, row.number) if is_known_person else row.number
        kept.append(row if instead == row.number else _repeated(row, instead))
    return kept[::-1]


def _repeated(row: ImportRow, instead: int) -> ImportRow:
    """Return ``row`` skipped in favour of row ``instead``."""
    return msgspec.structs.replace(
        row, status=RowStatus.SKIPPED, reason="repeated", instead=instead, profile=None
    )


def _with_own_keys(rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Return ``rows`` with a key of its own for each that is ready: two people may share a name."""
    seen: Counter[str] = Counter()
    unique: list[ImportRow] = []
    for row in rows:
        if row.status is RowStatus.READY:
            seen[row.key] += 1
        times = seen[row.key] if row.status is RowStatus.READY else 1
        unique.append(row if times == 1 else msgspec.structs.replace(row, key=f"{row.key}#{times}"))
    return unique
