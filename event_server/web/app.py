"""The composition root: everything the server is made of, put together once."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from event_server.web.endpoint import Refusals, on_http_error
from event_server.web.forgetting import forget_daily
from event_server.web.i18n import Catalogs
from event_server.web.middleware import AccessLog, OriginCheck, SecurityHeaders
from event_server.web.routes import paths, routes
from event_server.web.static import Assets
from event_server.web.templating import Templates
from event_server.web.wire import Bye, encode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from event_server.web.services import Services

PACKAGE = Path(__file__).resolve().parents[1]
STATIC = PACKAGE / "static"
LOCALE = PACKAGE / "locale"
COME_BACK_MS = (500, 5000)
"""When phones come back after a restart: spread out, so that they do not all knock at once."""

TEMPLATES = (PACKAGE.parent / "templates", PACKAGE / "templates")
"""In the source tree templates stand at the top level, in the wheel inside the package."""


@cache
def package_files() -> tuple[Catalogs, Assets, Templates]:
    """Return what is read from the package, once: it does not change while the process runs."""
    catalogs, assets = Catalogs(LOCALE), Assets(STATIC)
    return catalogs, assets, Templates(TEMPLATES, catalogs, assets)


def create_app(services: Services) -> Starlette:
    """Return the server as an ASGI app. It closes the rooms when it stops; the database is its opener's."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # Deadlines of evenings under way must be kept before anybody asks for a page.
        rows = await services.events.all_events()
        await services.rooms.open_all(row.id for row in rows if row.closed_at is None)
        forgetting = asyncio.create_task(forget_daily(services))
        try:
            yield
        finally:
            forgetting.cancel()
            await asyncio.gather(forgetting, return_exceptions=True)
            await services.rooms.close(farewell=encode(Bye(retry_ms=COME_BACK_MS)))

    app = Starlette(
        routes=routes(services.assets),
        middleware=_middleware(services),
        exception_handlers={HTTPException: on_http_error},
        lifespan=lifespan,
    )
    app.state.services = services
    app.state.paths = paths()
    return app


def _middleware(services: Services) -> list[Middleware]:
    """Return what every request passes, the outermost first."""
    settings = services.settings
    checks = [
        Middleware(AccessLog),
        Middleware(SecurityHeaders, settings=settings),
        Middleware(Refusals),
        Middleware(OriginCheck, settings=settings),
    ]
    if not settings.trusted_proxies:
        return checks
    trusted = [str(network) for network in settings.trusted_proxies]
    return [Middleware(ProxyHeadersMiddleware, trusted_hosts=trusted), *checks]
