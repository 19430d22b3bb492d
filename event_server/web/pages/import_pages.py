"""What the steps of an import show: columns and rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from event_server.importing.fields import Field
from event_server.importing.rows import RowStatus
from event_server.web.pages.import_words import (
    ENCODINGS,
    FIELD_LABELS,
    PROFILE_LABELS,
    SEPARATORS,
    VENDORS,
    problem_words,
    reason_words,
)

if TYPE_CHECKING:
    from event_server.domain.profile import Profile
    from event_server.importing.columns import Column
    from event_server.importing.person import Problem
    from event_server.importing.rows import ImportRow
    from event_server.web.i18n import Catalog
    from event_server.web.pages.import_drafts import Draft

MOST_SHOWN: Final = 100
"""Rows of one kind that a page lists; it says how many more there are."""

_CELLS: Final = 6
_CELL: Final = 40


@dataclass(frozen=True, slots=True)
class Summary:
    """The card beside every step.

    Attributes:
        filename: Empty for a pasted list.
        vendor: Name of the service the list comes from, or empty.
        sample: The first person as they will appear at a table, or none.
    """

    draft: str
    filename: str
    vendor: str
    separator: str
    encoding: str
    rows: int
    ready: int
    problems: int
    skipped: int
    has_broken_quotes: bool
    sample: Profile | None


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """Context of ``organizer/import_columns.html``; ``fields`` is (value, label)."""

    summary: Summary
    columns: tuple[Column, ...]
    fields: tuple[tuple[str, str], ...]
    unsure: int
    known: int


@dataclass(frozen=True, slots=True)
class Mend:
    """A field of a row that can be typed in anew."""

    field: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row with what is to be said of it; ``is_out`` when it was left out by hand."""

    number: int
    name: str
    cells: str
    words: tuple[str, ...]
    mends: tuple[Mend, ...] = ()
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Context of ``organizer/import_rows.html``.

    Attributes:
        problems: Rows to mend or leave out, and those that were left out.
        more: How many problems are not listed.
        skipped: (reason, rows).
        notices: Rows that come in, with something to look at.
    """

    summary: Summary
    problems: tuple[RowLine, ...]
    more: int
    skipped: tuple[tuple[str, tuple[RowLine, ...]], ...]
    notices: tuple[RowLine, ...]


def summary(draft: Draft, texts: Catalog) -> Summary:
    """Return the card of a draft."""
    listed = draft.listed
    return Summary(
        draft=draft.id,
        filename=listed.filename,
        vendor=VENDORS[listed.vendor],
        separator=texts.gettext(SEPARATORS.get(listed.separator, listed.separator)),
        encoding=ENCODINGS.get(listed.encoding, listed.encoding),
        rows=len(listed.rows),
        ready=len(listed.ready),
        problems=len(listed.problems),
        skipped=len(listed.skipped),
        has_broken_quotes=listed.has_broken_quotes,
        sample=listed.ready[0].profile if listed.ready else None,
    )


def columns_page(draft: Draft, texts: Catalog) -> ColumnsPage:
    """Return the step in which columns are given their meaning."""
    columns = draft.listed.columns
    return ColumnsPage(
        summary=summary(draft, texts),
        columns=columns,
        fields=tuple((field.value, texts.gettext(label)) for field, label in FIELD_LABELS.items()),
        unsure=sum(not column.is_certain for column in columns),
        known=sum(column.is_certain and column.field is not Field.IGNORE for column in columns),
    )


def rows_page(draft: Draft, texts: Catalog) -> RowsPage:
    """Return the step in which rows are mended or left out."""
    listed = draft.listed
    at_fault = [r for r in listed.rows if r.status is RowStatus.PROBLEM or r.reason == "left_out"]
    by_reason: dict[str, list[RowLine]] = defaultdict(list)
    for row in listed.skipped:
        if row.reason != "left_out":
            line = RowLine(row.number, row.name, _cells(row), (reason_words(texts, row.reason, row.instead),))
            by_reason[row.reason].append(line)
    noticed = [row for row in listed.ready if row.notices]
    return RowsPage(
        summary=summary(draft, texts),
        problems=tuple(_at_fault(row, draft, texts) for row in at_fault[:MOST_SHOWN]),
        more=max(0, len(at_fault) - MOST_SHOWN),
        skipped=tuple((reason, tuple(lines)) for reason, lines in by_reason.items()),
        notices=tuple(
            RowLine(r.number, r.name, "", tuple(problem_words(texts, n) for n in r.notices))
            for r in noticed[:MOST_SHOWN]
        ),
    )


def _at_fault(row: ImportRow, draft: Draft, texts: Catalog) -> RowLine:
    return RowLine(
        number=row.number,
        name=row.name,
        cells=_cells(row),
        words=tuple(problem_words(texts, problem) for problem in row.problems),
        mends=tuple(
            _mend(row, problem, draft, texts) for problem in row.problems if problem.field is not Field.IGNORE
        ),
        is_out=row.reason == "left_out",
    )


def _mend(row: ImportRow, problem: Problem, draft: Draft, texts: Catalog) -> Mend:
    field, at = problem.field, problem.column
    stood = row.cells[at] if at is not None and at < len(row.cells) else ""
    value = draft.fixes.get(row.number, {}).get(field, stood)
    label = PROFILE_LABELS.get(field.value) or FIELD_LABELS[field]
    return Mend(field=field.value, label=texts.gettext(label), value=value)


def _cells(row: ImportRow) -> str:
    shown = [cell if len(cell) <= _CELL else f"{cell[: _CELL - 1]}…" for cell in row.cells if cell]
    return " · ".join(shown[:_CELLS])
