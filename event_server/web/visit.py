"""A visit: one request with everything its handler needs to load, decide and answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from urllib.parse import quote

from starlette.responses import HTMLResponse, RedirectResponse

from event_server.domain.commands import Request as CommandRequest
from event_server.domain.messages import Refused
from event_server.web.auth import Grant, Logins, authorise, signed
from event_server.web.cookies import FLASH, Flash, write_secrets
from event_server.web.forms import Form, read_form
from event_server.web.origins import is_secure, scheme_of
from event_server.web.refusals import sentence
from event_server.web.speech import spoken_language
from event_server.web.templating import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from event_server.domain.commands import Command
    from event_server.domain.private import Private
    from event_server.runtime.room import Room
    from event_server.storage.events import EventRow
    from event_server.storage.logins import LoginKind
    from event_server.views.scene import Scene
    from event_server.web.i18n import Catalog
    from event_server.web.services import Services

MOST_ID_CHARACTERS = 64
_PARAM = re.compile(r"\{(\w+)(?::\w+)?\}")


class Page(Protocol):
    """A context dataclass: all that a template may use besides what every page may."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ShownRefusal:
    """A refusal as templates see it; ``field`` names the input it is about, or is empty."""

    code: str
    sentence: str
    field: str
    detail: dict[str, str | float]


@dataclass(slots=True)
class Presented:
    """What the browser gets besides the page: set while a handler works, written with its response."""

    logins: Logins | None = None
    forget_flash: bool = False


@dataclass(frozen=True)
class Visit:
    """One request that was let in.

    Attributes:
        route: Name of the route.
        grant: As whom.
    """

    request: Request
    services: Services
    route: str = ""
    logins: Logins = field(default_factory=Logins)
    grant: Grant = field(default_factory=Grant)
    event_row: EventRow | None = None
    open_room: Room | None = None
    presented: Presented = field(default_factory=Presented)

    @property
    def event(self) -> EventRow:
        """Return the event of the address; refuses ``not_found`` where there is none."""
        if self.event_row is None:
            raise Refused("not_found")
        return self.event_row

    @property
    def room(self) -> Room:
        """Return the live event of the address; refuses ``not_found`` where there is none."""
        if self.open_room is None:
            raise Refused("not_found")
        return self.open_room

    @property
    def attendee(self) -> str:
        """Return the attendee who asks, or an empty text."""
        return self.grant.subject if self.grant.kind == "guest" else ""

    @property
    def account(self) -> str:
        """Return the account that asks, or an empty text."""
        return self.grant.subject if self.grant.kind == "staff" else ""

    def path(self, name: str) -> str:
        """Return a parameter of the address."""
        return str(self.request.path_params[name])

    async def form(self) -> Form:
        """Return what was sent, read once."""
        known: Form | None = getattr(self.request.state, "form", None)
        if known is None:
            known = self.request.state.form = await read_form(self.request)
        return known

    @cached_property
    def language(self) -> str:
        """Return the language of the answer: chosen, of the profile, of the browser."""
        return spoken_language(self.services.catalogs, self.request, self.open_room, self.attendee)

    def scene(self) -> Scene:
        """Return the event of the address at this moment, as the visitor's language calls things."""
        return self.room.scene(self.language)

    @property
    def texts(self) -> Catalog:
        """Return the texts of the visit's language: ``gettext``, ``ngettext``."""
        return self.services.catalogs[self.language]

    def gettext(self, message: str, **values: object) -> str:
        """Return ``message`` translated, with each ``%(name)s`` replaced."""
        return self.texts.gettext(message, **values)

    _ = gettext

    # Addresses

    def url(self, name: str, /, **params: str | int) -> str:
        """Return the path of a route; the event of this visit is filled in."""
        template: str = self.request.app.state.paths[name]
        known = {"event": self.event_row.id} if self.event_row is not None else {}
        values = {**known, **params}
        return _PARAM.sub(lambda match: quote(str(values[match[1]]), safe=""), template)

    def absolute(self, name: str, **params: str | int) -> str:
        """Return the full address of a route, as it goes into links and QR codes."""
        return f"{self.base_url}{self.url(name, **params)}"

    @property
    def base_url(self) -> str:
        """Return where the server is reached: the first public address, else as this browser reached it."""
        settings = self.services.settings
        if settings.public_urls:
            return settings.public_urls[0]
        host = self.request.headers.get("host", "localhost")
        return f"{scheme_of(settings, self.request.scope)}://{host}"

    # Commands

    async def submit(
        self,
        command: Command,
        *,
        private: Sequence[Private] = (),
        expect: int | None = None,
        place: int = 0,
    ) -> None:
        """Have ``command`` decided and recorded; it is authorised anew, as the login of this visit.

        Args:
            command: A guest is always its own author.
            private: Personal data for the same transaction.
            expect: Control version; by default the form's field of this name.
            place: Number of the command when one form causes several.

        Raises:
            Refused: ``login_needed``, ``not_allowed`` or what the domain says.
            StorageFailed: If it could not be recorded.
        """
        form = await self.form()
        grant = await authorise(
            self.services, self.logins, self.event.id, type(command), kind=self.grant.kind
        )
        sent_id = form.text("id")[:MOST_ID_CHARACTERS] or new_id()
        if expect is None and form.text("expect"):
            expect = form.integer("expect")
        await self.room.submit(
            CommandRequest(
                actor=grant.actor,
                id=f"{sent_id}:{place}" if place else sent_id,
                command=signed(grant, command),
                expect=expect,
            ),
            private,
        )

    # Answers

    def render(
        self, template: str, page: Page, *, status: int = 200, refused: Refused | None = None
    ) -> Response:
        """Return a page in the visit's language; with ``refused`` it says what went wrong."""
        flash = self.services.flashes.read(self.request)
        self.presented.forget_flash = flash is not None
        shown = self.shown(refused) if refused is not None else None
        context = {
            "page": page,
            "refused": shown,
            "flash": self._shown_flash(flash),
            "languages": self.services.catalogs.languages,
            "event": self.event_row,
            "role": self.grant.role.value,
            "route": self.route,
            "here": self.request.url.path if self.request.method == "GET" else "/",
            "url": self.url,
        }
        return self.finish(
            HTMLResponse(self.services.templates.render(template, self.language, context), status)
        )

    def shown(self, refused: Refused) -> ShownRefusal:
        """Return ``refused`` for a template."""
        return ShownRefusal(
            code=refused.code,
            sentence=sentence(self.texts, refused),
            field=str(refused.detail.get("field", "")),
            detail=refused.detail,
        )

    def _shown_flash(self, flash: Flash | None) -> tuple[str, str] | None:
        """Return (kind, sentence) of what waits to be said."""
        if flash is None:
            return None
        if flash.kind == "bad":
            return "bad", sentence(self.texts, Refused(flash.message, **flash.values))
        return flash.kind, self.texts.gettext(flash.message, **flash.values)

    def redirect(self, name: str, /, *, flash: str | None = None, **values: str | int) -> Response:
        """Return a redirect (303) to a route; what its path does not need goes into the flash's sentence."""
        needed = {match[1] for match in _PARAM.finditer(self.request.app.state.paths[name])}
        params = {key: value for key, value in values.items() if key in needed}
        said: dict[str, str | float] = {key: value for key, value in values.items() if key not in needed}
        return self.go(self.url(name, **params), Flash("ok", flash, said) if flash else None)

    def go_back(self, name: str, refused: Refused) -> Response:
        """Return a redirect to where a refused form came from, with the refusal to be shown there."""
        return self.go(self.url(name, **self.request.path_params), Flash("bad", refused.code, refused.detail))

    def go(self, path: str, flash: Flash | None = None) -> Response:
        """Return a redirect (303) to a path of this server."""
        response = RedirectResponse(path, 303)
        if flash is not None:
            secure = is_secure(self.services.settings, self.request.scope)
            self.services.flashes.write(response, flash, secure=secure)
        return self.finish(response)

    def finish(self, response: Response) -> Response:
        """Return ``response`` with the cookies that this visit owes."""
        if self.presented.logins is not None:
            scope = self.request.scope
            write_secrets(response, self.services.settings, scope, self.presented.logins.secrets)
        if self.presented.forget_flash:
            response.delete_cookie(FLASH, httponly=True, samesite="lax")
        return response

    # Logins

    async def log_in(self, kind: LoginKind, subject: str, event: str = "", *, ttl: float) -> None:
        """Give the browser a fresh login; the one it takes the place of ends now."""
        secret = await self.services.logins.make(kind, subject, event, ttl=ttl)
        row = await self.services.logins.login(secret)
        if row is None:
            raise Refused("login_needed")
        held = self.presented.logins or self.logins
        for old in held.alike(row):
            await self.services.logins.revoke(old)
        self.presented.logins = held.with_secret(secret, row)

    async def log_out(self, kind: str, event: str = "") -> None:
        """End the login of one kind, of one event where it is for one."""
        held = self.presented.logins or self.logins
        ended = [item for item in held.held if (item[1].kind, item[1].event) == (kind, event)]
        for secret, _ in ended:
            await self.services.logins.revoke(secret)
        self.presented.logins = Logins(tuple(item for item in held.held if item not in ended))
