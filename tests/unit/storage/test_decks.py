from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from event_server.domain.questions import About, Deck
from event_server.storage.decks import DeckStore

if TYPE_CHECKING:
    from event_server.storage.database import Database

DECK = Deck(about=About(help=("{tag}?",)), opening=("Che cosa ti “porta” qui?",), deeper=("Perché?",))


@pytest.fixture
def decks(database: Database) -> DeckStore:
    return DeckStore(database)


async def test_a_deck_comes_back_as_it_was_for_its_event_and_language_only(decks: DeckStore) -> None:
    await decks.write("e1", "it", DECK)
    assert await decks.deck("e1", "it") == DECK
    assert await decks.deck("e1", "en") is None
    assert await decks.deck("e2", "it") is None


async def test_a_second_writing_takes_the_place_of_the_first(decks: DeckStore) -> None:
    await decks.write("e1", "it", DECK)
    await decks.write("e1", "it", Deck(opening=("E ora?",)))
    assert await decks.deck("e1", "it") == Deck(opening=("E ora?",))


async def test_reset_forgets_one_language_and_may_be_repeated(decks: DeckStore) -> None:
    await decks.write("e1", "it", DECK)
    await decks.write("e1", "en", DECK)
    await decks.reset("e1", "it")
    await decks.reset("e1", "it")
    assert (await decks.deck("e1", "it"), await decks.deck("e1", "en")) == (None, DECK)
