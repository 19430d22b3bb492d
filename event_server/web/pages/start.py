"""The start page: one's events, the way in, and a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from event_server.domain.messages import Refused

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.storage.events import EventRow
    from event_server.web.visit import Visit


@dataclass(frozen=True, slots=True)
class StartPage:
    """Context of ``start.html``.

    Attributes:
        account: Name of who is signed in, or empty.
        events: Their events, newest first.
        evenings: Events at which this browser is a guest.
        is_new: Nobody has an account yet.
        has_demo: A demonstration evening can be made here.
    """

    account: str
    events: tuple[EventRow, ...]
    evenings: tuple[EventRow, ...]
    is_new: bool
    has_demo: bool


async def show(visit: Visit) -> Response:
    """Show the start page."""
    services = visit.services
    account = await services.accounts.get(visit.account) if visit.account else None
    mine = await services.events.list_for(account.id) if account is not None else []
    rows = [await services.events.get(row.event) for _, row in visit.logins.held if row.kind == "guest"]
    page = StartPage(
        account=account.name if account is not None else "",
        events=tuple(mine),
        evenings=tuple(row for row in rows if row is not None),
        is_new=account is None and await services.accounts.count() == 0,
        has_demo=account is not None and "demo" in visit.request.app.state.paths,
    )
    return visit.render("start.html", page)


async def find(visit: Visit) -> Response:
    """Go to the event whose short code was typed."""
    form = await visit.form()
    await visit.services.throttle.hit("join_code")
    row = await visit.services.events.by_join_code(form.text("code"))
    if row is None:
        raise Refused("code_unknown", field="code")
    return visit.redirect("join", code=row.join_code)
