"""What the composition root makes once and every page may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from event_server.demo.crowd import Crowd
    from event_server.runtime.clock import Clock
    from event_server.runtime.registry import Registry
    from event_server.settings import Settings
    from event_server.storage.accounts import AccountStore
    from event_server.storage.claims import ClaimStore
    from event_server.storage.database import Database
    from event_server.storage.decks import DeckStore
    from event_server.storage.events import EventStore
    from event_server.storage.links import LinkStore
    from event_server.storage.logins import LoginStore
    from event_server.storage.pending_claims import PendingClaimStore
    from event_server.storage.people import PeopleStore
    from event_server.web.cookies import Flashes
    from event_server.web.i18n import Catalogs
    from event_server.web.static import Assets
    from event_server.web.templating import Templates
    from event_server.web.throttle import Throttle


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a handler may reach besides its request.

    Attributes:
        secret: 32 bytes of this server; signs flashes and derives badge tokens.
        rooms: Live events in memory.
    """

    settings: Settings
    secret: bytes
    clock: Clock
    rooms: Registry
    database: Database
    events: EventStore
    people: PeopleStore
    accounts: AccountStore
    claims: ClaimStore
    decks: DeckStore
    pending: PendingClaimStore
    logins: LoginStore
    links: LinkStore
    catalogs: Catalogs
    assets: Assets
    templates: Templates
    flashes: Flashes
    throttle: Throttle
    crowd: Crowd
