"""Names of people: cleaned, compared, flagged."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from event_server.domain.messages import Refused
from event_server.domain.names import (
    MARKS_LIMIT,
    NAME_LIMIT,
    clean_name,
    clean_text,
    lookalikes,
    looks_like,
    name_key,
    reserved_word,
)

ACUTE = "\u0301"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("  Ada\t\n Prova ", "Ada Prova"),
        ("Zoe\u0308 Esempi\u0300o", "Zoë Esempìo"),
        ("Ada\u202eavorP", "AdaavorP"),
        ("A\u200bda\x00 Prova\u2066", "Ada Prova"),
        ("\u3164Bo\u2800", "Bo"),
        (f"Bo{ACUTE * 9} Esempio", unicodedata.normalize("NFC", f"Bo{ACUTE * 5}") + " Esempio"),
        (f"{ACUTE}Bo {ACUTE}X", "Bo X"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("Ada\u200d", "Ada"),
        ("D'Àrco-Finta jr.", "D'Àrco-Finta jr."),
    ],
)
def test_name_is_cleaned_of_what_could_deceive_or_spill(raw: str, shown: str) -> None:
    assert clean_name(raw) == shown


@pytest.mark.parametrize("raw", ["", "  \n", "\u202e\u200b", "\u3164\u2800", ACUTE, "---", "?!"])
def test_name_without_a_letter_is_refused(raw: str) -> None:
    with pytest.raises(Refused) as refused:
        clean_name(raw)
    assert refused.value.code == "name_missing"


def test_name_of_80_code_points_is_kept_and_of_81_refused_not_cut() -> None:
    assert clean_name("x" * NAME_LIMIT) == "x" * NAME_LIMIT
    with pytest.raises(Refused) as refused:
        clean_name("x" * (NAME_LIMIT + 1))
    assert (refused.value.code, refused.value.detail) == ("name_too_long", {"limit": 80, "length": 81})


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from([ACUTE, "\u200d", " ", "\u0323", "e"]))))
def test_cleaning_twice_changes_nothing_and_keeps_every_promise(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert clean == " ".join(clean.split())
    marks = 0
    for char in clean:
        category = unicodedata.category(char)
        assert not category.startswith("C") or char in "\u200c\u200d"
        marks = marks + 1 if category.startswith("M") else marks if char in "\u200c\u200d" else 0
        assert marks <= MARKS_LIMIT


@pytest.mark.parametrize(
    "other",
    [
        "ADA PROVA",
        "\u0410d\u0430 \u0420r\u043ev\u0430",
        "Ada-Pr0va",
        "Adà  Prova",
        "Ad\u0430.Prova",
        "ADA PR\u039fVA",
        "\uff21da Prova",
    ],
)
def test_names_that_look_alike_are_seen_through(other: str) -> None:
    assert looks_like("Ada Prova", other)


@pytest.mark.parametrize("other", ["Ada Provetta", "Ida Prova", "Prova Ada", "Ada"])
def test_names_that_differ_at_a_glance_are_let_be(other: str) -> None:
    assert not looks_like("Ada Prova", other)


def test_names_of_symbols_alone_are_told_apart() -> None:
    assert not looks_like("☀☀", "☁☁")
    assert name_key("☀") != name_key("☁")


def test_lookalikes_groups_the_people_of_one_look() -> None:
    names = {"a": "Ada Prova", "b": "Bo Esempio", "c": "\u0410d\u0430 Prova", "d": "Cleo", "e": "ada prova"}
    assert lookalikes(names) == [("a", "c", "e")]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Staff", "staff"),
        ("S.T.A.F.F", "staff"),
        ("5taff", "staff"),
        ("Bo dello STAFF", "staff"),
        ("\u041erganizer", "organizer"),
        ("Ada (Organizzazione)", "organizzazione"),
        ("Ada Prova", None),
        ("Bo Staffetta", None),
    ],
)
def test_name_that_passes_for_the_team_is_flagged(name: str, word: str | None) -> None:
    assert reserved_word(name) == word


def test_name_key_forgives_order_case_accents_and_punctuation() -> None:
    assert name_key("Niccolò D'Esempio") == name_key("d esempio, NICCOLO")
    assert name_key("Niccolò") != name_key("Niccola")
