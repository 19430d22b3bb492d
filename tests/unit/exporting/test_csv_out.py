"""Tables for spreadsheets: nothing computes, everything comes back."""

import csv
import io

import pytest

from event_server.domain.profile import Profile
from event_server.exporting.csv_out import csv_table, neutralised, people_csv
from event_server.importing.attendee_list import read_list
from event_server.importing.matching import Known
from event_server.importing.plan import plan_import


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cell_that_a_spreadsheet_would_compute_is_neutralised(start: str) -> None:
    assert neutralised(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("cell", ["", "Ada", "a=b", "1-2", "'Ndrea", "ada@esempio.invalid"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert neutralised(cell) == cell


def test_table_is_marked_as_utf_8_and_numbers_stay_numbers() -> None:
    data = csv_table(["=Nome", "Voto"], [["Zoë; sì", -1.5], ["+39", None]], separator=";")
    assert data == "\ufeff'=Nome;Voto\r\n\"Zoë; sì\";-1.5\r\n'+39;\r\n".encode()


PEOPLE = (
    Profile(
        name="Ada Prova",
        email="ada@esempio.invalid",
        phone="+39 333 0000001",
        headline="=HYPERLINK(1)",
        organisation="Orti, Prova; e altri",
        sector="Agricoltura",
        seniority=3,
        interests=("orti", "musica"),
        offers=("potatura",),
        needs=("bandi", "semi"),
        languages=("it", "en"),
        pronouns="lei",
        access_needs="posto vicino all'ingresso",
    ),
    Profile(name="Bo Esempiò"),
)


@pytest.mark.parametrize("separator", [",", ";"])
def test_exported_people_come_back_unchanged(separator: str) -> None:
    there = [Known(attendee=person.name, profile=person) for person in PEOPLE]
    plan = plan_import(read_list(people_csv(PEOPLE, separator=separator)).rows, there)
    assert [(change.attendee, change.fields) for change in plan.changed] == [
        ("Ada Prova", ()),
        ("Bo Esempiò", ()),
    ]
    assert (plan.new, plan.duplicates, plan.missing) == ((), (), ())


def test_export_leaves_out_what_people_chose_for_their_own_screens() -> None:
    person = Profile(name="Ada", link="https://esempio.invalid/CANARY", values=("CANARY",), goals=("CANARY",))
    lines = list(csv.reader(io.StringIO(people_csv([person]).decode("utf-8-sig"))))
    assert len(lines) == 2
    assert [cell for cell in lines[1] if cell] == ["Ada"]
