"""The dashboard: the page around the live screen, its poll, and buttons for browsers without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from event_server.domain import commands as c
from event_server.domain.messages import Refused
from event_server.exporting.qr import qr_path
from event_server.runtime.hub import Viewer
from event_server.web.i18n import N_
from event_server.web.pages.poll import newest
from event_server.web.permissions import COMMANDS, allowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from event_server.domain.state import LiveEvent
    from event_server.views.control import ControlView
    from event_server.views.room import RoomView
    from event_server.views.scene import View
    from event_server.web.visit import Visit

LINKS: Final = ("control", "plan", "people", "results", "settings", "door", "projector", "badges")
SURE: Final = frozenset({"FinishEvent", "CloseEvent"})
"""What cannot be taken back; a box must be ticked for it."""

BUTTONS: Final = {
    "OpenLobby": N_("Open the doors"),
    "CallToTables": N_("Call to the tables"),
    "StartRound": N_("Start the round"),
    "CancelCall": N_("Take the call back"),
    "EndRound": N_("End the round"),
    "Pause": N_("Pause"),
    "Resume": N_("Go on"),
    "ExtendRound": N_("One minute more"),
    "StartBreak": N_("Start the break"),
    "FinishEvent": N_("End the evening"),
    "RevealContacts": N_("Show the contacts now"),
    "CloseEvent": N_("Close the event for good"),
}


@dataclass(frozen=True, slots=True)
class ControlPage:
    """Context of ``organizer/control.html``.

    Attributes:
        control: First view of the clock and the buttons.
        room: First view of the tables.
        setup: What never changes: addresses, who asks and what they may.
        buttons: (command, label, must be sure) for the forms without scripts.
    """

    control: ControlView
    room: RoomView
    setup: dict[str, Any]
    buttons: tuple[tuple[str, str, bool], ...]


async def show(visit: Visit) -> Response:
    """Show the dashboard with its first view in it."""
    sections: Mapping[str, Any] = _sections(visit)
    setup = await _setup(visit)
    possible = set(setup["may"]) & set(sections["control"].allowed)
    buttons = tuple((name, label, name in SURE) for name, label in BUTTONS.items() if name in possible)
    page = ControlPage(control=sections["control"], room=sections["room"], setup=setup, buttons=buttons)
    return visit.render("organizer/control.html", page)


async def view(visit: Visit) -> Response:
    """Give the newest sections; 304 when nothing but the time has changed."""
    sections = _sections(visit)
    timeless = {name: msgspec.structs.replace(section, now=0) for name, section in sections.items()}
    return newest(visit.request, sections, timeless=timeless)


async def steer(visit: Visit) -> Response:
    """Do what a button says, for browsers without scripts."""
    form = await visit.form()
    name = form.text("do")
    if name in SURE and not form.flag("sure"):
        raise Refused("confirm_missing")
    await visit.submit(_command(name, visit.room.state, visit.services.clock.now()))
    return visit.redirect("control")


def _command(name: str, state: LiveEvent, now: float) -> c.Command:
    """Return the command of a button."""
    match name:
        case "ExtendRound":
            return c.ExtendRound(ends_at=(state.deadline or now) + 60)
        case "StartBreak":
            return c.StartBreak(ends_at=now + state.rules.break_seconds)
        case _ if name in BUTTONS:
            command: c.Command = getattr(c, name)()
            return command
        case _:
            raise Refused("form_unreadable")


def _sections(visit: Visit) -> Mapping[str, View]:
    return visit.room.views(
        Viewer(
            kind="organizer",
            login=visit.grant.login,
            account=visit.account,
            language=visit.language,
        )
    )


async def _setup(visit: Visit) -> dict[str, Any]:
    """Return what the live screen needs besides its views."""
    event, role = visit.event, visit.grant.role
    account = await visit.services.accounts.get(visit.account)
    links = [name for name in LINKS if role in allowed(name)]
    return {
        "event": event.id,
        "timezone": event.timezone,
        "account": visit.account,
        "organizer": account.name if account is not None else "",
        "name": f"{event.id}.{visit.account}",
        "may": sorted(command.__name__ for command, roles in COMMANDS.items() if role in roles),
        "tables": visit.room.state.rules.tables,
        "socket": f"{visit.url('control')}/ws",
        "poll": visit.url("control_view"),
        "post": visit.url("control_commands"),
        "urls": {"start": visit.url("start"), **{name: visit.url(name) for name in links}},
        "join": join_link(visit),
    }


def join_link(visit: Visit) -> dict[str, Any]:
    """Return the short address of the event as it is read aloud, and its code for cameras."""
    address = visit.absolute("join", code=visit.event.join_code)
    return {"address": address.partition("://")[2], "qr": qr_path(address)}
