"""In which language somebody is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.web.cookies import LANGUAGE

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from event_server.domain.messages import AttendeeId
    from event_server.runtime.room import Room
    from event_server.web.i18n import Catalogs


def spoken_language(
    catalogs: Catalogs, connection: HTTPConnection, room: Room | None = None, attendee: AttendeeId = ""
) -> str:
    """Return the language of the answer: chosen on this device, of the profile, of the browser."""
    person = room.people.get(attendee) if room is not None else None
    return catalogs.choose(
        connection.cookies.get(LANGUAGE, ""),
        person.profile.language if person is not None else "",
        accept=connection.headers.get("accept-language", ""),
    )
