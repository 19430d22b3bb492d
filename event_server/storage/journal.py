"""The journal: the port, and a twin in memory that keeps the same promises."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

import msgspec

from event_server.domain.facts import Entry, Fact
from event_server.domain.private import ErasureRow, MessageRow, NoteRow, ProfileRow, TagMergeRow
from event_server.storage.attendees import AttendeeRow, new_code
from event_server.storage.erasure import blanked, erased_by
from event_server.storage.errors import Conflict, JournalUnreadable, Repeated, StorageFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from event_server.domain.messages import AttendeeId
    from event_server.domain.private import Private

__all__ = ["Conflict", "Draft", "Journal", "JournalUnreadable", "MemoryJournal", "Repeated", "StorageFailed"]

NoteKey: TypeAlias = "tuple[AttendeeId, AttendeeId, int]"
"""(author, about, round)"""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that is about to be recorded, and the request that caused it."""

    actor: str
    command_id: str
    fact: Fact


class Journal(Protocol):
    """Append-only facts of each event: the only truth about what happened."""

    async def append(
        self,
        event: str,
        after: int,
        drafts: Sequence[Draft],
        *,
        at: float,
        private: Sequence[Private] = (),
    ) -> list[Entry]:
        """Record all of ``drafts`` and ``private`` durably, or nothing.

        Args:
            event: Whose journal.
            after: The version the drafts were decided on; they become ``after + 1`` and so on.
            drafts: Facts of one or more requests; those of one request stand together.
            at: When, POSIX seconds.
            private: Rows of the same transaction. Who is erased goes from all tables, and what they said and
                what was said about them goes from the journal.

        Raises:
            Conflict: If the journal does not end at ``after``: read on and decide again.
            Repeated: If requests among the drafts have had their effect before.
            StorageFailed: If it could not be stored.
        """
        ...

    async def read(self, event: str, after: int = 0) -> list[Entry]:
        """Return the entries with versions above ``after``, in order; none for an unknown event.

        Raises:
            StorageFailed: If it could not be read.
            JournalUnreadable: If a row means nothing to this server.
        """
        ...


def placed(drafts: Sequence[Draft]) -> Iterator[tuple[int, Draft]]:
    """Yield each draft with its place among the facts of its request, counted from 0."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for draft in drafts:
        request = draft.actor, draft.command_id
        yield counts[request], draft
        counts[request] += 1


def recorded(after: int, drafts: Sequence[Draft], at: float) -> list[Entry]:
    """Return ``drafts`` as they stand in the journal once they are written."""
    return [
        Entry(version=version, at=at, actor=draft.actor, command_id=draft.command_id, fact=draft.fact)
        for version, draft in enumerate(drafts, after + 1)
    ]


@dataclass(slots=True)
class _Kept:
    """One event in memory."""

    entries: list[Entry] = field(default_factory=list)
    requests: set[tuple[str, str]] = field(default_factory=set)
    people: dict[AttendeeId, AttendeeRow] = field(default_factory=dict)
    notes: dict[NoteKey, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)

    def keep(self, row: Private) -> None:
        match row:
            case ProfileRow(attendee=attendee, profile=profile, source_key=source_key):
                before = self.people.get(attendee)
                code = before.code if before else new_code({row.code for row in self.people.values()})
                source_key = source_key or (before.source_key if before else "")
                self.people[attendee] = AttendeeRow(attendee, profile, code, source_key)
            case NoteRow(author=author, about=about, round=number, text=text):
                self.notes.pop((author, about, number), None)
                if text:
                    self.notes[author, about, number] = text
            case MessageRow(message=message, text=text):
                self.messages[message] = text
            case TagMergeRow() | ErasureRow():
                # A merge is for all events together; erasing comes when the whole transaction ends.
                pass

    def erase(self, attendee: AttendeeId) -> None:
        self.people.pop(attendee, None)
        self.notes = {key: text for key, text in self.notes.items() if attendee not in key[:2]}
        self.entries = [
            msgspec.structs.replace(entry, fact=blanked(entry.fact, attendee)) for entry in self.entries
        ]


class MemoryJournal:
    """A journal for tests and simulations; it also answers what the stores would read from the tables."""

    def __init__(self) -> None:
        self._events: defaultdict[str, _Kept] = defaultdict(_Kept)
        self._merges: dict[str, str] = {}

    async def append(
        self,
        event: str,
        after: int,
        drafts: Sequence[Draft],
        *,
        at: float,
        private: Sequence[Private] = (),
    ) -> list[Entry]:
        """Record all of ``drafts`` and ``private``, or nothing; see `Journal`."""
        kept = self._events[event]
        requests = {(draft.actor, draft.command_id) for draft in drafts}
        if repeated := requests & kept.requests:
            raise Repeated(frozenset(repeated))
        if after != len(kept.entries):
            raise Conflict
        entries = recorded(after, drafts, at)
        kept.entries.extend(entries)
        kept.requests |= requests
        for row in private:
            kept.keep(row)
            if isinstance(row, TagMergeRow):
                self._merge(row)
        for attendee in erased_by(drafts, private):
            kept.erase(attendee)
        return entries

    async def read(self, event: str, after: int = 0) -> list[Entry]:
        """Return the entries with versions above ``after``; see `Journal`."""
        return self._events[event].entries[after:]

    async def people(self, event: str) -> dict[AttendeeId, AttendeeRow]:
        """Return everybody on the list; see `PeopleStore`."""
        return dict(self._events[event].people)

    async def notes(self, event: str) -> dict[NoteKey, str]:
        """Return the private notes; see `PeopleStore`."""
        return dict(self._events[event].notes)

    async def messages(self, event: str) -> dict[str, str]:
        """Return the texts of the messages; see `PeopleStore`."""
        return dict(self._events[event].messages)

    async def merges(self) -> dict[str, str]:
        """Return which tags were merged; see `TagStore`."""
        return dict(self._merges)

    def _merge(self, row: TagMergeRow) -> None:
        self._merges.pop(row.alias, None)
        if row.target:
            self._merges[row.alias] = row.target
