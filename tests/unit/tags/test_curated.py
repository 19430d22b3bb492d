"""The curated list: every tag has its names, and no spelling means two."""

from __future__ import annotations

from typing import Any

import pytest

from event_server.tags.book import TagBook
from event_server.tags.curated import LANGUAGES, TagListInvalid, curated, sorted_by_name, tag_list
from event_server.tags.mistyped import _alike, _apart, meant_by
from event_server.tags.spelling import folded, words_of


def tag(it: str = "potatura", en: str = "pruning", *also: str) -> dict[str, Any]:
    return {"it": it, "en": en, "also": list(also)}


def theme(**tags: dict[str, Any]) -> dict[str, Any]:
    named = {name.replace("_", "-"): said for name, said in tags.items()}
    return {"it": "Natura", "en": "Nature", "tags": named}


def test_packaged_list_is_read_and_long_enough_to_be_useful() -> None:
    found = curated()
    assert len(found.tags) >= 350
    assert sum(len(theme.tags) for theme in found.themes) == len(found.tags)
    assert all(10 <= len(theme.tags) <= 30 for theme in found.themes), "a theme is to be looked through"


def test_packaged_list_repeats_no_spelling_within_a_tag() -> None:
    repeated = {}
    for known in curated().tags.values():
        said = [folded(spelling) for spelling in (*known.names.values(), *known.also)]
        names = len(set(said[: len(LANGUAGES)]))
        if len(set(said)) != names + len(known.also) or folded(known.id) in map(folded, known.also):
            repeated[known.id] = said
    assert repeated == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_spelling_leads_to_its_tag_and_name(language: str) -> None:
    book = TagBook()
    for known in curated().tags.values():
        for spelling in known.spellings:
            assert book.key(spelling) == known.id
            assert book.label(spelling, language) == known.names[language]


def test_names_are_sorted_for_readers_of_each_language() -> None:
    names = [known.name("it") for known in sorted_by_name(curated().themes[0].tags, "it")]
    assert names == sorted(names, key=folded)


def test_words_set_apart_are_no_tags_and_would_be_taken_for_typing_errors() -> None:
    assert _apart() & set(curated().meanings) == set()
    for word in _apart():
        assert len({meant.tag for meant in _alike(words_of(word))}) == 1, word
        assert meant_by(word) is None


@pytest.mark.parametrize(
    ("themes", "said"),
    [
        (
            {"a": theme(one=tag("alberi", "trees"), two=tag("boschi", "trees"))},
            "two: 'trees' already means one",
        ),
        (
            {"a": theme(one=tag("caffè", "coffee"), two=tag("bar", "pub", "Caffe"))},
            "'Caffe' already means one",
        ),
        ({"a": theme(one=tag()), "b": theme(one=tag("alberi", "trees"))}, "one: the id stands twice"),
        ({"a": theme(one=tag("orti", "gardens", "orti, giardini"))}, "cannot stand in a list with commas"),
        ({"a": theme(one=tag("orti", "gardens", " "))}, "cannot stand"),
        ({"a": theme(one=tag("orti", "gardens", "x" * 41))}, "longer than 40"),
        ({"a": theme(Één=tag())}, "an id is of small letters"),
        ({"a": theme(one={"it": "orti", "also": []})}, "a: 'en' is missing"),
        ({"a": {"it": "Natura", "en": "Nature"}}, "a: 'tags' is missing"),
    ],
)
def test_list_that_contradicts_itself_is_refused(themes: dict[str, Any], said: str) -> None:
    with pytest.raises(TagListInvalid, match=said):
        tag_list(themes)
