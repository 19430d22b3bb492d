"""Messages of the organizers to the room."""

from __future__ import annotations

from event_server.views.scene import Millis, Scene, View, ms

MESSAGE_SECONDS = 300.0
"""How long a message stays on the screens."""


class RoomMessage(View, frozen=True):
    """A message of the organizers."""

    id: str
    text: str
    at: Millis


def newest_message(scene: Scene, *readers: str) -> RoomMessage | None:
    """Return the last message to any of ``readers`` (``all`` or an attendee), or none that is recent."""
    for posted in reversed(scene.state.posted):
        recent = scene.now - posted.at <= MESSAGE_SECONDS
        if recent and posted.to in readers and posted.id in scene.messages:
            return RoomMessage(id=posted.id, text=scene.messages[posted.id], at=ms(posted.at))
    return None
