"""What a command carries beside the journal: personal data, written in the same transaction, keyed by ids."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from event_server.domain.messages import AttendeeId
from event_server.domain.profile import Profile


class PrivateRow(msgspec.Struct, frozen=True, kw_only=True):
    """Part of a transaction that is no fact."""


class ProfileRow(PrivateRow, frozen=True):
    """The profile of an attendee, new or replaced.

    Attributes:
        source_key: How the list a person came from finds them again, or empty.
    """

    attendee: AttendeeId
    profile: Profile
    source_key: str = ""


class NoteRow(PrivateRow, frozen=True):
    """A private note; empty text deletes it."""

    author: AttendeeId
    about: AttendeeId
    round: int
    text: str


class MessageRow(PrivateRow, frozen=True):
    """The text of a message to the room."""

    message: str
    text: str


class TagMergeRow(PrivateRow, frozen=True):
    """A free tag that means another tag, at every event of this server.

    Attributes:
        alias: Key of the free tag.
        target: Key of what it means, or empty to take that back.
    """

    alias: str
    target: str


class ErasureRow(PrivateRow, frozen=True):
    """Everything personal of an attendee goes: profile, notes by and about them, claims, logins, answers."""

    attendee: AttendeeId


Private: TypeAlias = ProfileRow | NoteRow | MessageRow | TagMergeRow | ErasureRow
