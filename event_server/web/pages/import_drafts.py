"""Lists that were uploaded and not yet applied: kept in memory for an hour, for whoever brought them.

The steps of an import come back to the same list. It stays here rather than in a hidden field: five megabytes
of names and addresses would travel over the venue's Wi-Fi at every step and lie in the browser's history. It
stays out of the database, because nothing is stored until it is applied. After a restart it is uploaded anew.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from event_server.web.templating import new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from event_server.domain.messages import AttendeeId
    from event_server.importing.attendee_list import AttendeeList
    from event_server.importing.fields import Field

KEPT_SECONDS: Final = 3600.0
MOST_DRAFTS: Final = 16
"""Lists in memory at most, of all events; the one longest untouched gives way."""


@dataclass(slots=True)
class Draft:
    """An uploaded list and what its organizer has said about it so far.

    Attributes:
        listed: The list as it reads with these choices.
        mapping: Column -> field, where the organizer knows better than the guess.
        fixes: Row -> field -> value typed in.
        left_out: Rows that stay out.
        decided: Row -> the attendee it is.
        touched_at: When it was last looked at, POSIX seconds.
        applied: (new, changed) once it was applied.
        lock: Held while it is being applied.
    """

    id: str
    event: str
    account: str
    data: bytes
    listed: AttendeeList
    mapping: dict[int, Field] = field(default_factory=dict)
    fixes: dict[int, dict[Field, str]] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    decided: dict[int, AttendeeId] = field(default_factory=dict)
    touched_at: float = 0.0
    applied: tuple[int, int] | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Drafts:
    """The drafts of one server."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._drafts: dict[str, Draft] = {}

    def add(self, event: str, account: str, data: bytes, listed: AttendeeList) -> Draft:
        """Keep a list and return its draft."""
        self._forget()
        while len(self._drafts) >= MOST_DRAFTS:
            del self._drafts[min(self._drafts, key=lambda id_: self._drafts[id_].touched_at)]
        draft = Draft(new_id(), event, account, data, listed, touched_at=self._now())
        self._drafts[draft.id] = draft
        return draft

    def get(self, draft: str, event: str, account: str) -> Draft | None:
        """Return the draft with this id, if it is of this event and account; a look keeps it alive."""
        self._forget()
        found = self._drafts.get(draft)
        if found is None or (found.event, found.account) != (event, account):
            return None
        found.touched_at = self._now()
        return found

    def drop(self, draft: str) -> None:
        """Forget a list that was applied or given up."""
        self._drafts.pop(draft, None)

    def _forget(self) -> None:
        oldest = self._now() - KEPT_SECONDS
        self._drafts = {id_: draft for id_, draft in self._drafts.items() if draft.touched_at >= oldest}
