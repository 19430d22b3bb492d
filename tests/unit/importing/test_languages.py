"""Languages by whatever name: one code, and back to the name a reader knows."""

import pytest

from event_server.importing.languages import language_tags, language_word


@pytest.mark.parametrize(
    "written", ["Italiano", "italian", "IT", "it", "Italienisch", "italiano (madrelingua)"]
)
def test_one_language_has_one_code_whatever_it_is_called(written: str) -> None:
    assert language_tags(written) == ("it",)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("it", "it", "italiano"), ("it", "en", "Italian"), ("klingon", "it", "klingon"), ("xx", "en", "xx")],
)
def test_code_is_called_by_its_name_and_other_words_stay(code: str, language: str, name: str) -> None:
    assert language_word(code, language) == name


def test_names_lead_back_to_their_codes() -> None:
    for code in ("it", "en", "uk", "wo", "tl"):
        for language in ("it", "en"):
            assert language_tags(language_word(code, language)) == (code,)
