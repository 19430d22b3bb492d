"""What columns are taken for, and how sure that is."""

import pytest

from event_server.importing.columns import guess_columns, header_signature
from event_server.importing.fields import Field
from event_server.importing.vendors import Vendor


def guessed(header: str, *cells: str) -> tuple[Field, bool]:
    """Return the field of a lone column beside a name, and whether it is certain."""
    rows = [("Ada Prova", cell) for cell in cells or ("qualcosa",)]
    column = guess_columns(("Nome completo", header), rows, vendor=Vendor.OTHER)[1]
    return column.field, column.is_certain


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("E-mail *", Field.EMAIL),
        ("INDIRIZZO E-MAIL", Field.EMAIL),
        ("phone_number", Field.PHONE),
        ("Numero di cellulare", Field.PHONE),
        ("Società", Field.ORGANISATION),
        ("Company name", Field.ORGANISATION),
        ("Che cosa cerchi, di preciso?", Field.NEEDS),
        ("What are you looking for tonight?", Field.NEEDS),
        ("What would you like help with?", Field.NEEDS),
        ("In cosa puoi aiutare?", Field.OFFERS),
        ("What can you help others with?", Field.OFFERS),
        ("Di cosa ti piace parlare?", Field.INTERESTS),
        ("Quali lingue parli?", Field.LANGUAGES),
        ("Pronomi", Field.PRONOUNS),
        ("Esigenze di accessibilità", Field.ACCESS_NEEDS),
        ("Order Date", Field.IGNORE),
        ("Home Address 1", Field.IGNORE),
        ("Nome evento", Field.IGNORE),
    ],
)
def test_header_is_understood_in_two_languages(header: str, field: Field) -> None:
    assert guessed(header)[0] is field


@pytest.mark.parametrize(
    ("header", "field"), [("Intressi", Field.INTERESTS), ("Organizazione", Field.ORGANISATION)]
)
def test_typing_error_is_forgiven_but_shown(header: str, field: Field) -> None:
    assert guessed(header) == (field, False)


def test_unknown_question_is_left_out_and_shown() -> None:
    assert guessed("Se fossi un albero?", "pero") == (Field.IGNORE, False)


def test_state_is_a_country_unless_its_values_are_statuses() -> None:
    assert guessed("Stato", "Italia", "Francia")[0] is Field.IGNORE
    assert guessed("Stato", "confermato", "annullato")[0] is Field.STATUS


def test_addresses_speak_for_a_column_without_header() -> None:
    assert guessed("", "ada@esempio.invalid", "bo@esempio.invalid") == (Field.EMAIL, False)


def test_name_is_the_first_name_beside_a_surname() -> None:
    columns = guess_columns(("Nome", "Cognome"), [("Ada", "Prova")], vendor=Vendor.OTHER)
    assert [column.field for column in columns] == [Field.FIRST_NAME, Field.LAST_NAME]
    assert guess_columns(("Nome",), [("Ada Prova",)], vendor=Vendor.OTHER)[0].field is Field.NAME


def test_mapping_of_the_organizer_overrules_and_is_certain() -> None:
    rows = [("Ada Prova", "orti")]
    columns = guess_columns(
        ("Nome", "Altro"),
        rows,
        vendor=Vendor.OTHER,
        mapping={1: Field.OFFERS, 0: Field.IGNORE, 9: Field.EMAIL},
    )
    assert [(column.field, column.confidence) for column in columns] == [
        (Field.IGNORE, 1.0),
        (Field.OFFERS, 1.0),
    ]


def test_column_shows_examples_and_counts() -> None:
    rows = [("Ada", "a"), ("Bo", ""), ("Cleo", "b"), ("Dario", "a"), ("Elio", "c"), ("Fay", "d" * 100)]
    column = guess_columns(("Nome", "Interessi"), rows, vendor=Vendor.OTHER)[1]
    assert (column.examples, column.filled, column.distinct) == (("a", "b", "c"), 5, 4)


def test_signature_is_that_of_the_headers_alone() -> None:
    assert header_signature(("Nome", "E-mail")) == header_signature(("nome ", "E mail"))
    assert header_signature(("Nome", "E-mail")) != header_signature(("E-mail", "Nome"))
    assert header_signature(("Nome", "")) != header_signature(("Nome",))
