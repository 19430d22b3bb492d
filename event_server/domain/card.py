"""What is known of an event besides its journal."""

from __future__ import annotations

import msgspec


class EventCard(msgspec.Struct, frozen=True, kw_only=True):
    """Name, place and time of an event, and how it is found.

    Attributes:
        starts_at: When the evening is due to begin, POSIX seconds, or none.
        timezone: IANA name, for clock times.
        languages: Languages of the screens, the first is the event's own.
        epoch: Random; changes when phones must forget what they kept (a restore, an erasure).
        join_code: Short code of the event's own QR.
        initials_only: The projector shows no full names.
    """

    id: str
    title: str
    place: str = ""
    starts_at: float | None = None
    timezone: str = "Europe/Rome"
    languages: tuple[str, ...] = ("it", "en")
    epoch: str = ""
    join_code: str = ""
    initials_only: bool = False
