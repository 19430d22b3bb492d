"""What a phone's connection looks like to the organizers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from event_server.domain.messages import AttendeeId
    from event_server.views.scene import Scene

STALE_SECONDS = 20.0
"""Seconds of silence after which a phone counts as asleep."""

Dot = Literal["live", "stale", "offline", "absent"]


def dot(scene: Scene, attendee: AttendeeId) -> Dot:
    """Return how a person shows on the dashboard; ``absent`` when a tablemate misses them."""
    running = scene.state.running
    if running is not None and any(about == attendee for _, about in running.missing):
        return "absent"
    presence = scene.presence.get(attendee)
    if presence is None or not presence.sockets:
        return "offline"
    return "live" if scene.now - presence.seen_at <= STALE_SECONDS else "stale"
