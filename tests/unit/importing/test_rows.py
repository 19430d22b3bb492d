"""Rows to people: what is mended on the way, what stops a row, what finds it again."""

from event_server.importing.attendee_list import AttendeeList, read_list
from event_server.importing.fields import Field
from event_server.importing.rows import RowStatus


def read(text: str, **choices: object) -> AttendeeList:
    """Return a list written as text."""
    return read_list(text.encode(), **choices)


def codes(listed: AttendeeList) -> list[list[str]]:
    """Return the codes of problems and notices of each row."""
    return [[found.code for found in (*row.problems, *row.notices)] for row in listed.rows]


def test_name_and_address_in_one_cell_fill_both() -> None:
    listed = read("Nome,Note\nAda Prova <ADA@Esempio.invalid>,\n")
    assert (listed.rows[0].name, listed.rows[0].email) == ("Ada Prova", "ada@esempio.invalid")
    listed = read('Email,Note\n"""Prova, Ada"" <mailto:ada@esempio.invalid>",\n')
    assert (listed.rows[0].name, listed.rows[0].email) == ("Prova, Ada", "ada@esempio.invalid")


def test_address_alone_is_no_name() -> None:
    listed = read("Nome,Note\nada@esempio.invalid,\n")
    assert codes(listed) == [["name_missing"]]
    assert listed.rows[0].email == "ada@esempio.invalid"


def test_long_answers_are_cut_between_words_and_said_so() -> None:
    answer = "qualcuno che conosca bene i bandi regionali per le cooperative"
    listed = read(f"Nome;Cerco\nAda;{answer}\n")
    assert listed.ready[0].profile.needs == ("qualcuno che conosca bene i bandi…",)
    assert codes(listed) == [["tag_shortened"]]


def test_tags_beyond_twelve_are_left_out_and_counted() -> None:
    listed = read("Nome;Interessi\nAda;" + ",".join(f"tema {n}" for n in range(15)) + "\n")
    assert len(listed.ready[0].profile.interests) == 12
    assert [(notice.code, notice.detail) for notice in listed.rows[0].notices] == [
        ("tags_left_out", {"limit": 12, "count": 3}),
    ]


def test_tags_part_at_every_mark_people_use() -> None:
    listed = read('Nome,Interessi\nAda,"orti, musica; cucina|vino\n- UX/UI\n• Orti"\n')
    assert listed.ready[0].profile.interests == ("orti", "musica", "cucina", "vino", "UX/UI")


def test_languages_become_codes_whatever_language_names_them() -> None:
    listed = read(
        "Nome;Lingue\nAda;Italiano (madrelingua), English B2\nBo;it/tedesco e francese\nCleo;Klingon\n"
    )
    assert [row.profile.languages for row in listed.ready] == [("it", "en"), ("it", "de", "fr"), ("Klingon",)]


def test_words_for_nothing_are_nothing() -> None:
    listed = read("Nome;Azienda;Cerco;Telefono\nAda;-;Nessuno;n/a\n")
    assert listed.ready[0].profile.organisation == ""
    assert listed.ready[0].profile.needs == ()
    assert codes(listed) == [[]]


def test_all_problems_of_a_row_are_told_at_once() -> None:
    listed = read(f"Nome;Email;Azienda\n{'x' * 81};ada;{'y' * 1001}\n")
    assert codes(listed) == [["cell_too_long", "name_too_long", "email_invalid", "text_shortened"]]
    assert [problem.column for problem in listed.rows[0].problems] == [2, 0, 1]


def test_long_cell_in_a_column_nobody_needs_stops_nobody() -> None:
    assert read(f"Nome;Order Date\nAda;{'y' * 1001}\n").rows[0].status is RowStatus.READY


def test_name_of_the_team_and_unknown_status_are_flagged_not_stopped() -> None:
    listed = read("Nome;Stato\nStaff;forse domani\nAda;confermato\nBo;confermato\n")
    assert codes(listed) == [["name_reserved", "status_unknown"], [], []]
    assert len(listed.ready) == 3


def test_fix_of_the_organizer_mends_a_row() -> None:
    text = "Nome;Email\n;ada@esempio.invalid\nBo;bo\n"
    assert len(read(text).problems) == 2
    mended = read(text, fixes={2: {Field.NAME: "Ada Prova"}, 3: {Field.EMAIL: ""}})
    assert [(row.name, row.email) for row in mended.ready] == [
        ("Ada Prova", "ada@esempio.invalid"),
        ("Bo", ""),
    ]


def test_row_left_out_is_skipped_and_still_counted() -> None:
    listed = read("Nome;Email\n;ada@esempio.invalid\nBo;\n", left_out={2})
    assert [(row.status, row.reason) for row in listed.rows] == [("skipped", "left_out"), ("ready", "")]


def test_mapping_decides_what_a_column_is() -> None:
    listed = read("Chi;Che\nAda Prova;orti\n", mapping={1: Field.INTERESTS})
    assert listed.ready[-1].profile.interests == ("orti",)


def test_two_tickets_of_one_name_and_address_are_two_seats() -> None:
    text = "Order #,Attendee #,First Name,Last Name,Email,Attendee Status\n"
    text += "1,1,Ada,Prova,a@esempio.invalid,Attending\n1,2,Ada,Prova,a@esempio.invalid,Attending\n"
    assert [row.key for row in read(text).ready] == ["ticket:1/1", "ticket:1/2"]


def test_two_people_of_one_name_have_keys_of_their_own() -> None:
    assert [row.key for row in read("Nome;Azienda\nAda Prova;A\nada prova;B\n").ready] == [
        "name:ada prova",
        "name:ada prova#2",
    ]


def test_order_without_ticket_number_is_found_by_order_and_name() -> None:
    listed = read("Order ID,Nome,Email\n7,Ada Prova,a@esempio.invalid\n7,Bo Esempio,a@esempio.invalid\n")
    assert [row.key for row in listed.ready] == ["order:7/ada prova", "order:7/bo esempio"]
