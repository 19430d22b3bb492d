"""A list that an organizer brings, read: the one entry to everything in this package but the plan."""

from collections.abc import Collection, Mapping

import msgspec

from event_server.importing.columns import Column, guess_columns, header_signature
from event_server.importing.decoding import decode
from event_server.importing.fields import Field
from event_server.importing.rows import Fixes, ImportRow, RowStatus, read_rows
from event_server.importing.table import read_table
from event_server.importing.vendors import Vendor, recognise


class AttendeeList(msgspec.Struct, frozen=True, kw_only=True):
    """A list as it was understood.

    Attributes:
        encoding: As Python names it.
        separator: ``,`` ``;`` ``|`` or a tab.
        signature: The same for lists with the same headers; a corrected mapping is remembered by it.
        has_broken_quotes: A quotation mark was never closed; cells of several lines have come apart.
    """

    filename: str
    vendor: Vendor
    encoding: str
    separator: str
    signature: str
    has_broken_quotes: bool
    columns: tuple[Column, ...]
    rows: tuple[ImportRow, ...]

    @property
    def ready(self) -> tuple[ImportRow, ...]:
        """Rows that can be applied."""
        return self._with_status(RowStatus.READY)

    @property
    def problems(self) -> tuple[ImportRow, ...]:
        """Rows that have to be mended or left out first."""
        return self._with_status(RowStatus.PROBLEM)

    @property
    def skipped(self) -> tuple[ImportRow, ...]:
        """Rows that stay out, each with its reason."""
        return self._with_status(RowStatus.SKIPPED)

    def _with_status(self, status: RowStatus) -> tuple[ImportRow, ...]:
        return tuple(row for row in self.rows if row.status is status)


def read_list(
    data: bytes,
    *,
    filename: str = "",
    mapping: Mapping[int, Field] | None = None,
    fixes: Fixes | None = None,
    left_out: Collection[int] = (),
) -> AttendeeList:
    """Return the list in ``data``.

    Args:
        data: The file as uploaded.
        filename: For showing only; what the file is, its content says.
        mapping: Column to field, where an organizer knows better than the guess.
        fixes: Values typed in for rows, by the number of the row.
        left_out: Numbers of rows an organizer leaves out.

    Raises:
        Refused: If the file as a whole cannot be a list; see ``decode`` and ``read_table`` for the codes.
    """
    decoded = decode(data)
    table = read_table(decoded.text)
    vendor = recognise(table.headers)
    columns = guess_columns(
        table.headers, [cells for _, cells in table.records], vendor=vendor, mapping=mapping
    )
    return AttendeeList(
        filename=filename,
        vendor=vendor,
        encoding=decoded.encoding,
        separator=table.separator,
        signature=header_signature(table.headers),
        has_broken_quotes=table.has_broken_quotes,
        columns=columns,
        rows=read_rows(table.records, columns, fixes=fixes or {}, left_out=left_out),
    )
