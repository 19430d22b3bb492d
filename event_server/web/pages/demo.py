"""A demonstration evening in one click: an event with example people, and simulated guests who come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.demo.seed import DemoSeeder, demo_rules
from event_server.web.i18n import N_

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.visit import Visit

PEOPLE = 24
LOOPBACK = "127.0.0.1"


async def make(visit: Visit) -> Response:
    """Make the evening, let its guests come, and go to its dashboard."""
    services = visit.services
    seeder = DemoSeeder(services.database, services.rooms, services.clock)
    title = visit.gettext(N_("Demonstration evening"))
    evening = await seeder.make(visit.account, title, people=PEOPLE, rules=demo_rules(PEOPLE))
    # Guests are programs on this machine: they come by the port that this request came by.
    host, port = visit.request.scope["server"]
    address = host if host not in {"0.0.0.0", "::"} else LOOPBACK  # noqa: S104 - compared with, not bound to
    await services.crowd.come(evening, f"ws://{address}:{port}/e/{evening.event}/ws")
    return visit.redirect("control", event=evening.event)
