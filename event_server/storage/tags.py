"""Reads the tags that organizers merged. The journal writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from event_server.storage.tables import tag_merges

if TYPE_CHECKING:
    from event_server.storage.database import Database


class TagStore:
    """Merges of the whole server: one team learns for all its evenings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def merges(self) -> dict[str, str]:
        """Return key of a free tag -> key of the tag that it means."""
        query = select(tag_merges.c.alias, tag_merges.c.target).order_by(tag_merges.c.alias)
        async with self._database.reading() as connection:
            return dict((await connection.execute(query)).all())
