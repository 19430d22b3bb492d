"""Which tag a word means: in two languages, merged, mistyped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from event_server.tags import book as book_module
from event_server.tags.book import TagBook, free_key
from event_server.tags.curated import curated
from event_server.tags.spelling import folded

BOOK = TagBook()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("orti urbani", "urban gardening"),
        ("Orti  Urbani", "orto urbano"),
        ("caffè", "CAFFE"),
        ("contabilita'", "contabilità"),
        ("storia dell\u2019arte", "storia dell'arte"),
        ("start-up", "Start up"),
        ("fai da te", "DIY"),
    ],
)
def test_words_that_mean_one_tag_have_one_key(one: str, other: str) -> None:
    assert BOOK.key(one) == BOOK.key(other)
    assert not BOOK.is_free(one)


def test_tag_is_called_by_its_name_in_the_language_asked() -> None:
    assert [BOOK.label("orto urbano", language) for language in ("it", "en", "de")] == [
        "orti urbani",
        "urban gardening",
        "urban gardening",
    ]


def test_free_tag_keeps_its_accents_and_is_called_as_it_was_written() -> None:
    assert BOOK.key("  Fòla  Romagnola ") == "fòla romagnola"
    assert BOOK.key("fola romagnola") != BOOK.key("fòla romagnola")
    assert BOOK.label("Fòla Romagnola", "en") == "Fòla Romagnola"


@pytest.mark.parametrize("decomposed", ["fo\u0300la"])
def test_one_word_in_two_encodings_is_one_tag(decomposed: str) -> None:
    assert BOOK.key(decomposed) == BOOK.key("fòla")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("potatra", "potatura"),
        ("pallavollo", "pallavolo"),
        ("cucina di stagone", "cucina di stagione"),
        ("intelligenza artificale", "intelligenza artificiale"),
        ("programmazzioen", "programmazione"),
        ("photograhpy", "photography"),
    ],
)
def test_typing_error_means_what_was_to_be_typed(typed: str, meant: str) -> None:
    assert BOOK.key(typed) == BOOK.key(meant)
    assert BOOK.mended(typed) == meant


@pytest.mark.parametrize(
    "word",
    [
        "tango",
        "tagno",
        "sacchi",
        "banking",
        "elezioni",
        "lingua danese",
        "lavoratori",
        "fòla",
        "cucina di mare",
    ],
)
def test_word_of_its_own_is_not_mended(word: str) -> None:
    assert BOOK.mended(word) == word


def test_short_word_is_never_a_typing_error() -> None:
    assert BOOK.is_free("danzo")
    assert BOOK.mended("danzo") == "danzo"


@given(st.sampled_from(sorted(curated().meanings)), st.integers(0, 40), st.sampled_from("aeiou lrst"))
def test_one_wrong_letter_never_leads_to_another_tag(spelling: str, at: int, letter: str) -> None:
    typed = spelling[:at] + letter + spelling[at + 1 :]
    meanings = curated().meanings
    expected = {meanings[spelling], meanings.get(folded(typed)), free_key(typed)}
    assert BOOK.key(typed) in expected


# Merges


def test_organizers_word_counts_before_a_guess() -> None:
    merged = TagBook({"potatra": "espalier"})
    assert merged.key("Potatra") == "espalier"
    assert merged.mended("potatra") == "potatra"


def test_merged_word_means_a_curated_tag_in_every_language() -> None:
    merged = TagBook({"orticelli": "urban-gardening"})
    assert merged.key("Orticelli") == merged.key("urban gardening")
    assert merged.label("Orticelli", "en") == "urban gardening"
    assert not merged.is_free("orticelli")


def test_merges_lead_on_to_the_end_of_the_chain() -> None:
    merged = TagBook({"a": "b", "b": "c", "c": "vino"})
    assert {merged.key(text) for text in ("a", "b", "c")} == {merged.key("wine")}
    free = TagBook({"a": "b", "b": "C"})
    assert {free.key(text) for text in ("a", "b", "c")} == {"c"}


def test_merges_in_a_circle_are_one_tag() -> None:
    circle = TagBook({"x": "b", "b": "c", "c": "b"})
    assert {circle.key(text) for text in ("x", "b", "c")} == {"b"}


def test_word_merged_into_itself_is_no_typing_error() -> None:
    apart = TagBook({"potatra": "potatra"})
    assert apart.key("Potatra") == "potatra"
    assert apart.mended("Potatra") == "Potatra"
    assert apart.label("Potatra", "en") == "Potatra"


def test_curated_word_cannot_be_merged_away() -> None:
    assert TagBook({"vino": "birra"}).key("vino") == "wine"


def test_text_is_read_once() -> None:
    texts = [f"qualcosa di libero {number}" for number in range(200)]
    first = [BOOK.key(text) for text in texts]
    before = book_module._read.cache_info().misses
    assert [BOOK.key(text) for text in texts] == first
    assert book_module._read.cache_info().misses == before
