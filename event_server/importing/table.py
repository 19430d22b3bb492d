"""Text to a table: separator, quotes, header, and rows that still know their number.

How it works: the text is read with each separator that lists come with, and the reading wins whose columns
make the most sense. A header is a row with words that headers are made of; without one every row is a person,
since a name taken for a header would vanish unseen.
"""

import csv
import io
import itertools
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from event_server.domain.messages import Refused
from event_server.importing.columns import is_header_word

ROWS_LIMIT: Final = 5_000
COLUMNS_LIMIT: Final = 64

_SEPARATORS: Final = (",", ";", "\t", "|")
_SEPARATOR_LINE: Final = re.compile(r'\A"?sep=(?P<separator>[,;|\t])"?[ \t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_SAMPLE_CHARACTERS: Final = 60_000
_SAMPLE_RECORDS: Final = 100
_HEADER_WITHIN: Final = 10
_LINES_LIMIT: Final = 100_000  # twenty for each row; five megabytes of line ends are no list
_END: Final = "\x1eend of list\x1e"

Record = tuple[int, tuple[str, ...]]
"""The number of a row as a spreadsheet shows it, from 1, and its cells."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A list as rows and columns.

    Attributes:
        headers: Texts of the header, all empty when the list has none.
        records: The rows of people: never blank, as wide as they came.
        has_broken_quotes: A quotation mark was never closed; the list was read without quoting.
    """

    headers: tuple[str, ...]
    records: tuple[Record, ...]
    separator: str
    has_broken_quotes: bool = False


def read_table(text: str) -> Table:
    """Return the table in ``text``.

    Raises:
        Refused: ``list_without_people``, ``list_too_many_rows``, ``list_too_many_columns`` or
            ``list_unreadable``; the detail names the limit or the row.
    """
    if (lines := max(text.count("\n"), text.count("\r"))) > _LINES_LIMIT:
        raise Refused("list_too_many_rows", limit=ROWS_LIMIT, rows=lines)
    separator, body = _separator_line(text)
    separator = separator or _likeliest_separator(body)
    has_broken_quotes = not _is_closed(body, separator)
    records = list(_filled_records(body, separator, quoted=not has_broken_quotes))
    at = _header_at([cells for _, cells in records[:_HEADER_WITHIN]])
    people = tuple(records if at is None else records[at + 1 :])
    if not people:
        raise Refused("list_without_people")
    if len(people) > ROWS_LIMIT:
        raise Refused("list_too_many_rows", limit=ROWS_LIMIT, rows=len(people))
    headers = () if at is None else records[at][1]
    width = len(headers) or max(len(cells) for _, cells in people)
    if width > COLUMNS_LIMIT:
        raise Refused("list_too_many_columns", limit=COLUMNS_LIMIT, columns=width)
    padded = headers + ("",) * (width - len(headers))
    return Table(headers=padded, records=people, separator=separator, has_broken_quotes=has_broken_quotes)


def _separator_line(text: str) -> tuple[str, str]:
    """Return the separator named by a first line ``sep=;``, or an empty text, and what follows the line."""
    found = _SEPARATOR_LINE.match(text)
    return (found["separator"], text[found.end() :]) if found else ("", text)


def _likeliest_separator(body: str) -> str:
    """Return the separator that gives the most headers; among equals, the most columns of even width."""
    sample = body[:_SAMPLE_CHARACTERS]

    def sense(separator: str) -> tuple[int, float]:
        records = _records(sample, separator, quoted=_is_closed(body, separator))
        head = [cells for _, cells in itertools.islice(_shorn(records), _SAMPLE_RECORDS)]
        known = max((_header_words(cells) for cells in head[:_HEADER_WITHIN]), default=0)
        width, often = Counter(map(len, head)).most_common(1)[0] if head else (1, 1)
        return known, (width - 1) * (often / max(1, len(head))) ** 2

    return max(_SEPARATORS, key=sense)


def _is_closed(body: str, separator: str) -> bool:
    """Return whether every quotation mark is closed: an open one would swallow all rows after it."""
    try:
        last = deque(csv.reader(io.StringIO(f"{body}\n{_END}", newline=""), delimiter=separator), maxlen=1)
    except csv.Error:
        return False
    return last.pop() == [_END]


def _records(body: str, separator: str, *, quoted: bool) -> Iterator[list[str]]:
    """Yield the records of ``body`` as they stand."""
    quoting: Final = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, quoting=quoting)
    try:
        yield from reader
    except csv.Error as error:
        raise Refused("list_unreadable", row=reader.line_num) from error


def _shorn(records: Iterator[list[str]]) -> Iterator[Record]:
    """Yield the rows that hold anything, numbered, without space around cells and empty cells at the end."""
    for number, record in enumerate(records, start=1):
        cells = [_plain(cell) for cell in record]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, tuple(cells)


def _filled_records(body: str, separator: str, *, quoted: bool) -> Iterator[Record]:
    """Yield all rows of ``body`` that hold anything; quotation marks left over by a broken list come off."""
    for number, cells in _shorn(_records(body, separator, quoted=quoted)):
        yield number, cells if quoted else tuple(cell.strip('"').replace('""', '"') for cell in cells)


def _plain(cell: str) -> str:
    """Return ``cell`` without space around it and the apostrophe that keeps spreadsheets from computing."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _header_at(head: Sequence[tuple[str, ...]]) -> int | None:
    """Return which of the first rows is the header, or ``None``.

    Only a title may stand above it: one cell over a header of several. Anything else above it may be people.
    """
    words = [_header_words(cells) for cells in head]
    best = max(range(len(head)), key=lambda at: words[at], default=None)
    if best is None or words[best] == 0:
        return None
    has_titles_only = all(sum(map(bool, cells)) == 1 for cells in head[:best]) and len(head[best]) > 1
    return best if best == 0 or has_titles_only else None


def _header_words(cells: Sequence[str]) -> int:
    """Return how many cells are headers as lists have them; none beside an address: that is a person."""
    return 0 if any("@" in cell for cell in cells) else sum(map(is_header_word, cells))
