"""A new event: asked for on one page, made with its first fact."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from event_server.domain.commands import CreateEvent
from event_server.domain.commands import Request as CommandRequest
from event_server.domain.messages import Refused, Rules
from event_server.domain.state import LiveEvent
from event_server.storage.events import EventRow
from event_server.web.i18n import N_
from event_server.web.pages.evening_form import Details, EveningForm, read_details, read_rules, shown, typed
from event_server.web.templating import new_id

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class NewEventPage:
    """Context of ``organizer/event_new.html``."""

    form: EveningForm


async def show(visit: Visit) -> Response:
    """Show the form with the usual numbers."""
    languages = tuple(sorted(visit.services.catalogs.languages, key=lambda code: code != visit.language))
    form = shown(Details(languages=languages), Rules())
    return visit.render("organizer/event_new.html", NewEventPage(form=form))


async def create(visit: Visit) -> Response:
    """Make the event, with whoever asks as its organizer."""
    form = await visit.form()
    try:
        details = read_details(form, visit.services.catalogs.languages)
        rules = read_rules(form, LiveEvent(id=""))
    except Refused as refused:
        page = NewEventPage(form=typed(form))
        return visit.render("organizer/event_new.html", page, status=422, refused=refused)
    event = _event_id(visit.account, form.text("id"))
    if await visit.services.events.get(event) is None:
        row = EventRow(id=event, created_at=visit.services.clock.now(), **asdict(details))
        await visit.services.events.create(row, organizer=visit.account)
    room = await visit.services.rooms.open(event)
    if not room.state.version:
        create_it = CreateEvent(rules=rules)
        await room.submit(
            CommandRequest(actor=visit.grant.actor, id=form.text("id")[:64] or new_id(), command=create_it)
        )
    return visit.redirect(
        "people",
        event=event,
        flash=N_("Here is your evening. Now bring the people: add them, or import a list."),
    )


def _event_id(account: str, request: str) -> str:
    """Return the id of the event that a form makes: a form sent twice makes one event."""
    if not request:
        return new_id()
    return hashlib.sha256(f"{account}:{request}".encode()).hexdigest()[:32]
