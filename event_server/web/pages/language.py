"""The choice of a language, remembered by the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from event_server.domain.messages import Refused
from event_server.web.cookies import LANGUAGE, LANGUAGE_SECONDS
from event_server.web.local_path import local_path
from event_server.web.origins import is_secure

if TYPE_CHECKING:
    from starlette.responses import Response

    from event_server.web.visit import Visit


async def choose(visit: Visit) -> Response:
    """Remember the language and go back to where the choice was made."""
    form = await visit.form()
    language = form.text("language")
    if language not in visit.services.catalogs.languages:
        raise Refused("language_invalid", field="language")
    response = visit.go(local_path(form.text("next")))
    secure = is_secure(visit.services.settings, visit.request.scope)
    response.set_cookie(
        LANGUAGE, language, max_age=LANGUAGE_SECONDS, httponly=True, samesite="lax", secure=secure
    )
    return response
