"""What stands between a route and its handler: who is it, may they, which event, and what if not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from event_server.domain.messages import Refused
from event_server.storage.errors import StorageFailed
from event_server.web.auth import authorise, read_logins
from event_server.web.middleware import BodyLimit
from event_server.web.permissions import DESK, SIGNED_IN, allowed
from event_server.web.refusals import sentence, status_of
from event_server.web.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from event_server.web.services import Services

log = structlog.get_logger(__name__)

SMALL_BODY = 64 * 1024
KEPT_OUT = frozenset({"login_needed", "not_allowed"})
"""Refusals of those who could not see the page they would be sent back to."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Context of ``error.html``.

    Attributes:
        is_staff: The page belongs to the organizers' side.
        join_code: By which the visitor may come in, where there is an event, or empty.
    """

    code: str
    sentence: str
    is_staff: bool = False
    join_code: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of routes.

    Attributes:
        method: ``GET`` (HEAD comes with it) or ``POST``.
        name: What permissions, addresses and logs call it.
        back: Name of the route a refused form returns to; without it the refusal is a page of its own.
        most: Bytes a body may have.
    """

    method: str
    path: str
    handler: Callable[[Visit], Awaitable[Response]]
    name: str
    back: str = ""
    most: int = SMALL_BODY


class Endpoint:
    """The ASGI app of one row."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._limited = BodyLimit(self._serve, row.most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        scope.setdefault("state", {})["route"] = self._row.name
        await self._limited(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        services: Services = request.app.state.services
        visit = Visit(request, services, self._row.name)
        try:
            visit = await _let_in(visit)
            response = await self._row.handler(visit)
        except Refused as refused:
            goes_back = self._row.back and refused.code not in KEPT_OUT and wants_page(request)
            response = (
                visit.go_back(self._row.back, refused) if goes_back else refusal_response(visit, refused)
            )
        except StorageFailed:
            response = refusal_response(visit, Refused("not_stored"))
        await response(scope, receive, send)


async def _let_in(visit: Visit) -> Visit:
    """Return the visit with its login and its event, if it may be made.

    Raises:
        Refused: ``login_needed``, ``not_allowed`` or ``no_such_event``.
    """
    services, request = visit.services, visit.request
    event = str(request.path_params.get("event", ""))
    logins = await read_logins(services, request)
    grant = await authorise(services, logins, event, visit.route)
    if not event:
        return Visit(request, services, visit.route, logins, grant)
    row = await services.events.get(event)
    if row is None:
        raise Refused("no_such_event")
    try:
        room = await services.rooms.open(event)
    except KeyError as error:
        raise Refused("no_such_event") from error
    return Visit(request, services, visit.route, logins, grant, row, room)


def wants_page(request: Request) -> bool:
    """Tell whether a person asks rather than a script."""
    return "text/html" in request.headers.get("accept", "text/html")


def refusal_response(visit: Visit, refused: Refused) -> Response:
    """Return the refusal as a page, as JSON for scripts, or the way to sign in."""
    roles = allowed(visit.route)
    is_staff = bool(roles) and roles <= DESK | SIGNED_IN
    if not wants_page(visit.request):
        words = sentence(visit.texts, refused)
        body = {"code": refused.code, "detail": refused.detail, "sentence": words}
        return visit.finish(JSONResponse(body, status_of(refused.code)))
    if refused.code == "login_needed" and is_staff and visit.request.method == "GET":
        return visit.go(f"{visit.url('login')}?next={quote(visit.request.url.path)}")
    page = ErrorPage(
        code=refused.code,
        sentence=sentence(visit.texts, refused),
        is_staff=is_staff,
        join_code=visit.event_row.join_code if visit.event_row is not None else "",
    )
    return visit.render("error.html", page, status=status_of(refused.code))


class Refusals:
    """Middleware: turns refusals outside of any route, and faults of ours, into answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; say no in words where somebody said no."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if begun:
                raise
            refused = error if isinstance(error, Refused) else Refused("server_error")
            if refused is not error:
                log.exception("fault", route=scope.get("state", {}).get("route", "none"))
            request = Request(scope, receive)
            await refusal_response(Visit(request, request.app.state.services), refused)(scope, receive, send)


async def on_http_error(_: Request, error: Exception) -> Response:
    """Turn what Starlette says about unknown addresses and methods into refusals."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    raise Refused({404: "not_found", 405: "method_not_allowed"}.get(status, "form_unreadable"))
