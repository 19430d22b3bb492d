"""Which questions the screens of an event ask, and the address at which they are cached."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from event_server.domain.questions import Deck
from event_server.web.static import HASH_LENGTH

if TYPE_CHECKING:
    from event_server.web.static import Assets
    from event_server.web.visit import Visit


@lru_cache(maxsize=8)
def shipped_deck(assets: Assets, language: str) -> Deck:
    """Return the questions that come with Girotondo."""
    return msgspec.json.decode(assets.body(_file(language)), type=Deck)


async def deck_of(visit: Visit, language: str) -> Deck:
    """Return the questions of the visit's event: its own, or as shipped."""
    own = await visit.services.decks.deck(visit.event.id, language)
    return shipped_deck(visit.services.assets, language) if own is None else own


async def deck_url(visit: Visit) -> str:
    """Return where the questions in the visit's language lie; another address whenever they change."""
    own = await visit.services.decks.deck(visit.event.id, visit.language)
    if own is None:
        return visit.services.assets.url(_file(visit.language))
    return visit.url("deck", language=visit.language, hash=deck_hash(msgspec.json.encode(own)))


def deck_hash(body: bytes) -> str:
    """Return what tells one content from another in an address."""
    return hashlib.sha256(body).hexdigest()[:HASH_LENGTH]


def _file(language: str) -> str:
    return f"prompts/{language}.json"
