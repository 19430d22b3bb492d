"""A made-up list of each vendor: who comes, who stays out and why, what has to be mended."""

from pathlib import Path
from typing import Any

import pytest

from event_server.importing.attendee_list import AttendeeList, read_list
from event_server.importing.rows import ImportRow

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"


def listed(name: str) -> AttendeeList:
    """Return a fixture, read."""
    return read_list((LISTS / name).read_bytes(), filename=name)


def said(row: ImportRow) -> dict[str, Any]:
    """Return the fields of a ready row that are filled."""
    assert row.profile is not None
    values = {field: getattr(row.profile, field) for field in row.profile.__struct_fields__}
    return {field: value for field, value in values.items() if value}


def skipped(read: AttendeeList) -> dict[int, str]:
    """Return the reason of each skipped row."""
    return {row.number: row.reason for row in read.skipped}


def to_mend(read: AttendeeList) -> dict[int, list[tuple[str, int | None]]]:
    """Return code and column of the problems of each row that has any."""
    return {row.number: [(problem.code, problem.column) for problem in row.problems] for row in read.problems}


@pytest.mark.parametrize(
    ("name", "vendor", "encoding", "separator"),
    [
        ("eventbrite.csv", "eventbrite", "utf_8", ","),
        ("luma.csv", "luma", "utf_8", ","),
        ("luma-newer.csv", "luma", "utf_8", ","),
        ("pretix.csv", "pretix", "utf_8", ","),
        ("pretix-check-in.csv", "pretix", "utf_8", ";"),
        ("meetup.tsv", "meetup", "utf_8", "\t"),
        ("google-forms.csv", "google_forms", "utf_8", ","),
        ("tito.csv", "tito", "utf_8", ","),
        ("typeform.csv", "typeform", "utf_8", ","),
        ("excel-italian.csv", "other", "cp1252", ";"),
        ("names-only.txt", "other", "utf_8", ","),
    ],
)
def test_vendor_encoding_and_separator(name: str, vendor: str, encoding: str, separator: str) -> None:
    read = listed(name)
    assert (read.filename, read.vendor, read.encoding, read.separator) == (name, vendor, encoding, separator)
    assert not read.has_broken_quotes


def test_eventbrite_order_of_two_is_two_people() -> None:
    read = listed("eventbrite.csv")
    assert {row.key: said(row) for row in read.ready} == {
        "ticket:100200300/500100": {
            "name": "Ada Prova",
            "email": "ada@esempio.invalid",
            "headline": "Agronoma",
            "organisation": "Orti Prova",
            "offers": ("potatura",),
            "needs": ("una mano per un orto di quartiere",),
        },
        "ticket:100200301/500101": {
            "name": "Bo Esempio",
            "email": "bo@esempio.invalid",
            "headline": "Meccanico",
            "organisation": "Officina Finta",
            "offers": ("riparare biciclette", "saldare"),
            "needs": ("chi disegna", "percorsi sicuri"),
        },
        "ticket:100200301/500102": {
            "name": "Cleo Finta",
            "email": "bo@esempio.invalid",
            "organisation": "Officina Finta",
        },
    }
    assert skipped(read) == {5: "declined", 6: "refunded"}
    assert to_mend(read) == {}


def test_luma_guest_without_any_name_is_a_problem_and_the_waiting_stay_out() -> None:
    read = listed("luma.csv")
    assert {row.key: row.name for row in read.ready} == {
        "guest:gst-A1": "Ada Prova",
        "guest:gst-B2": "Bo Esempio",
    }
    assert said(read.ready[0])["languages"] == ("it", "en")
    assert said(read.ready[0])["needs"] == ("partners", "funding")
    assert to_mend(read) == {4: [("name_missing", None)]}
    assert read.problems[0].email == "cleo@esempio.invalid"
    assert skipped(read) == {5: "pending", 6: "declined", 7: "waitlist", 8: "invited"}


def test_luma_guest_is_found_again_by_the_newer_id() -> None:
    assert listed("luma-newer.csv").ready[0].key == listed("luma.csv").ready[0].key


def test_pretix_attendee_goes_before_buyer_and_invoice() -> None:
    read = listed("pretix.csv")
    assert {row.key: said(row) for row in read.ready} == {
        "ticket:K7QMA/1": {
            "name": "Ada Prova",
            "email": "ada@esempio.invalid",
            "phone": "+390000000001",
            "headline": "agronoma",
            "organisation": "Orti Prova",
        },
        "ticket:K7QMA/2": {
            "name": "Bo Esempio",
            "email": "bo@esempio.invalid",
            "phone": "+390000000001",
            "organisation": "Studio Fatture Srl",
        },
    }
    assert skipped(read) == {4: "pending", 5: "cancelled", 6: "expired"}
    assert to_mend(read) == {7: [("name_missing", None)]}
    assert read.problems[0].email == "fay@esempio.invalid"


def test_pretix_speaks_german_too() -> None:
    assert [said(row) for row in listed("pretix-check-in.csv").ready] == [
        {"name": "Ada Prova", "email": "ada@esempio.invalid", "organisation": "Orti Prova"},
        {"name": "Jörg Beispiel", "email": "joerg@esempio.invalid", "organisation": "Fahrräder Übermut"},
    ]


def test_meetup_members_without_email_are_told_apart_by_id() -> None:
    read = listed("meetup.tsv")
    assert [(row.key, said(row)) for row in read.ready] == [
        ("guest:user 9000001", {"name": "Ada Prova"}),
        ("guest:user 9000002", {"name": "Bo"}),
        ("guest:user 9000003", {"name": "Bo"}),
    ]
    assert skipped(read) == {5: "declined", 6: "waitlist"}


def test_google_form_filled_in_twice_counts_once_with_the_later_answer() -> None:
    read = listed("google-forms.csv")
    assert skipped(read) == {2: "repeated"}
    assert read.skipped[0].instead == 4
    assert [said(row) for row in read.ready] == [
        {
            "name": "Bo Esempio",
            "email": "bo@esempio.invalid",
            "interests": ("orti", "biciclette"),
            "offers": ("saldare",),
            "access_needs": "posto vicino all'ingresso",
        },
        {
            "name": "Ada Prova",
            "email": "ada@esempio.invalid",
            "interests": ("orti", "cucina", "fotografia"),
            "needs": ("un orto",),
            "offers": ("potatura",),
        },
    ]
    assert to_mend(read) == {5: [("email_invalid", 1)]}


def test_tito_and_typeform_ids_become_keys() -> None:
    assert [row.key for row in listed("tito.csv").ready] == ["guest:ABCD-1", "guest:ABCD-2"]
    typeform = listed("typeform.csv").ready
    assert [row.key for row in typeform] == ["guest:0a1b2c", "guest:3d4e5f"]
    assert said(typeform[0])["headline"] == "coltivo, e insegno a farlo"


def test_spreadsheet_saved_in_italy_with_all_its_traps() -> None:
    read = listed("excel-italian.csv")
    assert {row.number: said(row) for row in read.ready} == {
        4: {
            "name": "Niccolò Provà",
            "email": "niccolo@esempio.invalid",
            "phone": "+39 333 0000001",
            "organisation": "Caffè Più",
            "interests": ("però", "città", "tè"),
        },
        6: {"name": "Zoè Esempìo"},
        7: {"name": "Cleo Finta", "email": "cleo@esempio.invalid"},
    }
    assert to_mend(read) == {8: [("too_many_cells", None)], 9: [("name_missing", None)]}
    assert [notice.code for notice in read.ready[2].notices] == ["phone_unreadable"]


def test_bare_names_are_all_people() -> None:
    read = listed("names-only.txt")
    assert [(row.number, row.name) for row in read.ready] == [
        (1, "Ada Prova"),
        (2, "Bo Esempio"),
        (4, "Cleo Finta"),
    ]
    assert not read.columns[0].is_certain
