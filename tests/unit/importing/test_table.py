"""Text to a table: separators, quotes, headers, limits."""

import pytest

from event_server.domain.messages import Refused
from event_server.importing.table import COLUMNS_LIMIT, ROWS_LIMIT, read_table


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(separator: str) -> None:
    table = read_table("Nome,Azienda,Email\nAda,Orti,a@x.invalid\nBo,,b@x.invalid\n".replace(",", separator))
    assert table.separator == separator
    assert table.headers == ("Nome", "Azienda", "Email")
    assert table.records == ((2, ("Ada", "Orti", "a@x.invalid")), (3, ("Bo", "", "b@x.invalid")))


@pytest.mark.parametrize("first", ["sep=;\r\n", '"sep=;"\n', "SEP=;\n"])
def test_line_that_names_the_separator_is_no_row(first: str) -> None:
    table = read_table(f"{first}Nome;Nota\nAda;a,b,c\n")
    assert (table.separator, table.records) == (";", ((2, ("Ada", "a,b,c")),))


def test_commas_in_answers_do_not_win_over_semicolons_between_them() -> None:
    rows = "".join(f"Guest {n};a, b, c, d;1,5\n" for n in range(30))
    assert read_table(f"Nome;Interessi;Quota\n{rows}").separator == ";"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end: str) -> None:
    assert read_table(f"Nome,Email{end}Ada,a@x.invalid{end}").records == ((2, ("Ada", "a@x.invalid")),)


def test_line_in_quotes_stays_in_its_cell_and_rows_keep_their_number() -> None:
    table = read_table('Nome,Nota\n\n"Prova, Ada","due\nrighe, ""sì"""\n,,\n Bo , x\n')
    assert table.records == ((3, ("Prova, Ada", 'due\nrighe, "sì"')), (5, ("Bo", "x")))


def test_open_quote_does_not_swallow_the_people_after_it() -> None:
    table = read_table('Nome,Email\n"Ada,a@x.invalid\nBo,b@x.invalid\nCleo,c@x.invalid\n')
    assert table.has_broken_quotes
    assert [cells for _, cells in table.records] == [
        ("Ada", "a@x.invalid"),
        ("Bo", "b@x.invalid"),
        ("Cleo", "c@x.invalid"),
    ]


def test_title_above_the_header_is_passed_over() -> None:
    table = read_table("Elenco iscritti\n\nNome;Email\nAda;a@x.invalid\n")
    assert (table.headers, table.records) == (("Nome", "Email"), ((4, ("Ada", "a@x.invalid")),))


def test_list_without_header_loses_nobody() -> None:
    table = read_table("Ada Prova;a@x.invalid\nBo Esempio;b@x.invalid\n")
    assert table.headers == ("", "")
    assert [number for number, _ in table.records] == [1, 2]


def test_people_above_something_like_a_header_are_kept() -> None:
    table = read_table("Ada Prova;a@x.invalid\nNome;Email\nBo Esempio;b@x.invalid\n")
    assert [number for number, _ in table.records] == [1, 2, 3]


def test_apostrophe_that_guards_a_formula_comes_off_and_others_stay() -> None:
    table = read_table("Nome,Telefono\n'Ndrea,'+39 333\n")
    assert table.records == ((2, ("'Ndrea", "+39 333")),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nome,Email\n", "list_without_people"),
        ("Nome,Email\n,\n , \n", "list_without_people"),
        ("Nome\n" + "Ada\n" * (ROWS_LIMIT + 1), "list_too_many_rows"),
        ("Nome" + ",Nota" * COLUMNS_LIMIT + "\nAda\n", "list_too_many_columns"),
        ("Ada;" * (COLUMNS_LIMIT + 1) + "\n", "list_too_many_columns"),
        ("Nome\n" + "\n" * 100_001 + "Ada\n", "list_too_many_rows"),
        ("Nome\n" + "x" * 200_000 + "\n", "list_unreadable"),
    ],
)
def test_list_beyond_a_limit_is_refused_as_a_whole(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_table(text)
    assert refused.value.code == code


def test_list_at_its_limits_is_read() -> None:
    table = read_table("Nome" + ",Nota" * (COLUMNS_LIMIT - 1) + "\n" + "Ada\n" * ROWS_LIMIT)
    assert (len(table.headers), len(table.records)) == (COLUMNS_LIMIT, ROWS_LIMIT)
