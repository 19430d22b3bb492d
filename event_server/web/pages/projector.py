"""The projector: the page around the live screen on the wall, and its poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from event_server.views.projector import ProjectorView, projector_view
from event_server.web.decks import deck_url
from event_server.web.pages.control import join_link
from event_server.web.pages.poll import newest

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class ProjectorPage:
    """Context of ``projector/screen.html``.

    Attributes:
        view: The first view.
        setup: What never changes: addresses, opening questions, the way in.
    """

    view: ProjectorView
    setup: dict[str, Any]


async def show(visit: Visit) -> Response:
    """Show the wall with its first view in it."""
    setup = {
        "event": visit.event.id,
        "timezone": visit.event.timezone,
        "name": f"{visit.event.id}.projector",
        "socket": f"{visit.url('projector')}/ws",
        "poll": visit.url("projector_view"),
        "prompts": await deck_url(visit),
        "join": join_link(visit),
    }
    page = ProjectorPage(view=projector_view(visit.scene()), setup=setup)
    return visit.render("projector/screen.html", page)


async def view(visit: Visit) -> Response:
    """Give the newest view; 304 when nothing but the time has changed."""
    shown = projector_view(visit.scene())
    return newest(visit.request, shown, timeless=msgspec.structs.replace(shown, now=0))
