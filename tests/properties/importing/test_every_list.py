"""Whatever bytes an organizer uploads: a clear refusal, or every row accounted for."""

import contextlib

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from event_server.domain.messages import Refused
from event_server.domain.profile import checked
from event_server.exporting.csv_out import csv_table
from event_server.importing.attendee_list import read_list
from event_server.importing.fields import Field
from event_server.importing.matching import Known
from event_server.importing.plan import plan_import

HEADERS = (
    *(
        "Nome",
        "Cognome",
        "Name",
        "Email",
        "Azienda",
        "Telefono",
        "Stato",
        "Order #",
        "Attendee #",
        "Guest ID",
    ),
    *("Cosa cerchi?", "Interessi", "Lingue", "RSVP", "", "Altro"),
)
CELLS = st.one_of(
    st.sampled_from(
        ["", "Ada Prova", "Bo Esempio", "bo@esempio.invalid", "rimborsato", "confermato", "7", "-"]
    ),
    st.sampled_from(
        [
            "Ada",
            "ADA PROVA <A@ESEMPIO.INVALID>",
            "a, b; c",
            'di "ieri"\nsera',
            "=1+1",
            "+39 333 000",
            "x" * 1001,
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12),
)
TABLES = st.integers(1, 6).flatmap(
    lambda width: st.tuples(
        st.lists(st.sampled_from(HEADERS), min_size=width, max_size=width),
        st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=12),
        st.sampled_from([",", ";", "\t"]),
    ),
)


@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        listed = read_list(data)
        assert len(listed.ready) + len(listed.problems) + len(listed.skipped) == len(listed.rows) > 0


@given(TABLES, st.dictionaries(st.integers(0, 6), st.sampled_from(Field)))
@settings(max_examples=200, deadline=None)
def test_every_row_that_holds_anything_is_accounted_for(
    table: tuple[list[str], list[list[str]], str], mapping: dict[int, Field]
) -> None:
    headers, rows, separator = table
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assume(filled)
    listed = read_list(
        csv_table(["Nome completo", *headers], [["", *row] for row in rows], separator=separator),
        mapping=mapping,
    )
    assert len(listed.ready) + len(listed.problems) + len(listed.skipped) == len(listed.rows) == len(filled)
    for row in listed.rows:
        assert (row.profile is not None) == (row.status == "ready")
        assert bool(row.problems) == (row.status == "problem")
        assert bool(row.reason) == (row.status == "skipped")
        assert row.profile is None or checked(row.profile) == row.profile
    keys = [row.key for row in listed.ready]
    assert len(set(keys)) == len(keys)


@given(TABLES)
@settings(max_examples=200, deadline=None)
def test_importing_a_list_twice_changes_nothing(table: tuple[list[str], list[list[str]], str]) -> None:
    headers, rows, separator = table
    assume(any(cell.strip() for row in rows for cell in row))
    data = csv_table(["Nome completo", *headers], [["", *row] for row in rows], separator=separator)
    listed = read_list(data).rows
    first = plan_import(listed, ())
    there = [
        Known(attendee=f"p{row.number}", profile=row.profile, key=row.key)
        for row in first.new
        if row.profile is not None
    ]
    again = plan_import(listed, there)
    assert len(there) == len(first.new)
    assert [same.attendee for same in again.unchanged] == [known.attendee for known in there]
    assert (again.new, again.changed, again.duplicates, again.missing) == ((), (), (), ())
