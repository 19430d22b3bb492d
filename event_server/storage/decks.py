"""Questions that organizers wrote for an event; what is not kept here is as shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, insert, select

from event_server.domain.questions import Deck
from event_server.storage.tables import prompt_decks

if TYPE_CHECKING:
    from sqlalchemy import Delete

    from event_server.storage.database import Database


class DeckStore:
    """One deck for each event and language that has its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def deck(self, event: str, language: str) -> Deck | None:
        """Return the deck of ``event`` in ``language``, or none where it has none of its own."""
        query = select(prompt_decks.c.deck).where(
            prompt_decks.c.event == event, prompt_decks.c.language == language
        )
        async with self._database.reading() as connection:
            text = await connection.scalar(query)
        return None if text is None else msgspec.json.decode(text, type=Deck)

    async def write(self, event: str, language: str, deck: Deck) -> None:
        """Keep ``deck`` in the place of what there was."""
        text = msgspec.json.encode(deck).decode()
        async with self._database.writing() as connection:
            await connection.execute(_without(event, language))
            await connection.execute(insert(prompt_decks).values(event=event, language=language, deck=text))

    async def reset(self, event: str, language: str) -> None:
        """Forget the event's own deck; harmless where there is none."""
        async with self._database.writing() as connection:
            await connection.execute(_without(event, language))


def _without(event: str, language: str) -> Delete:
    return delete(prompt_decks).where(prompt_decks.c.event == event, prompt_decks.c.language == language)
