"""Tables as CSV for spreadsheets: marked as UTF-8, with nothing in them that a spreadsheet would compute."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from event_server.domain.profile import Profile

_COMPUTED: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_TAG_SEPARATOR: Final = "; "

# English on purpose: the file is read back by these words, whatever language the organizer works in.
_COLUMNS: Final = {
    "name": "Name",
    "email": "Email",
    "phone": "Phone",
    "headline": "Headline",
    "organisation": "Organisation",
    "sector": "Sector",
    "seniority": "Seniority",
    "interests": "Interests",
    "offers": "Offers",
    "needs": "Needs",
    "languages": "Languages",
    "pronouns": "Pronouns",
    "access_needs": "Access needs",
}


def neutralised(cell: str) -> str:
    """Return ``cell`` with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_COMPUTED) else cell


def csv_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[str | float | None]],
    *,
    separator: str = ",",
) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, lines ended as RFC 4180 says.

    Args:
        headers: Texts of the first line.
        rows: Texts are neutralised, numbers stay numbers, ``None`` is an empty cell.
        separator: Spreadsheets set to Italian open ``;`` without asking, those set to English ``,``.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow([neutralised(header) for header in headers])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def people_csv(profiles: Iterable[Profile], *, separator: str = ",") -> bytes:
    """Return people as a list that can be brought back: reading it again changes nobody."""
    rows = ([_value(getattr(profile, field)) for field in _COLUMNS] for profile in profiles)
    return csv_table(list(_COLUMNS.values()), rows, separator=separator)


def _cell(cell: str | float | None) -> str | float:
    """Return a cell as it goes to the file."""
    if cell is None:
        return ""
    return neutralised(cell) if isinstance(cell, str) else cell


def _value(value: str | int | tuple[str, ...] | None) -> str | int | None:
    """Return a field of a profile as a cell."""
    return _TAG_SEPARATOR.join(value) if isinstance(value, tuple) else value
