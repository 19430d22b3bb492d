"""Templates: one environment for each language, strict about names, with what every page may use."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal, format_percent
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from event_server.web.i18n import language_name
from event_server.web.shares import missing_text, reached_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from event_server.web.i18n import Catalog, Catalogs
    from event_server.web.static import Assets

_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


class Templates:
    """Renders templates in the languages there are."""

    def __init__(self, folders: Sequence[Path], catalogs: Catalogs, assets: Assets) -> None:
        loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders if folder.is_dir()])
        self._environments = {
            language: _environment(loader, catalogs[language], assets) for language in catalogs.languages
        }

    def render(self, template: str, language: str, context: Mapping[str, Any]) -> str:
        """Return ``template`` filled with ``context``."""
        return self._environments[language].get_template(template).render(context)

    def names(self) -> list[str]:
        """Return the names of all templates."""
        return next(iter(self._environments.values())).list_templates()


def _environment(loader: ChoiceLoader, catalog: Catalog, assets: Assets) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]  # given by the extension
        catalog.translations, newstyle=True
    )
    environment.globals |= {
        "static": assets.url,
        "data": data_block,
        "once": once,
        "hidden_expect": hidden_expect,
        "catalog": lambda: data_block("catalog", catalog.script),
        "lang": catalog.language,
        "language_name": language_name,
    }
    environment.filters |= _filters(catalog)
    return environment


def _filters(catalog: Catalog) -> dict[str, Any]:
    """Return the filters that write times and numbers as the reader does; times are POSIX seconds."""
    locale = catalog.locale

    def clock(at: float, timezone: str) -> str:
        return format_time(local(at, timezone), "HH:mm", locale=locale)

    def day(at: float, timezone: str) -> str:
        return format_date(local(at, timezone), "full", locale=locale)

    def moment(at: float, timezone: str) -> str:
        return format_datetime(local(at, timezone), "EEE d MMM, HH:mm", locale=locale)

    def number(value: float) -> str:
        return format_decimal(value, locale=locale)

    def percent(value: float) -> str:
        return format_percent(value, locale=locale)

    def missing(gap: float) -> str:
        return missing_text(gap, locale)

    def reached(gap: float) -> str:
        return reached_text(gap, locale)

    shares = {"percent": percent, "missing": missing, "reached": reached}
    return {"clock": clock, "day": day, "moment": moment, "number": number, **shares}


def local(at: float, timezone: str) -> dt.datetime:
    """Return POSIX seconds as local time of ``timezone`` (IANA name)."""
    return dt.datetime.fromtimestamp(at, ZoneInfo(timezone))


def data_block(name: str, value: Any) -> Markup:
    """Return ``value`` as JSON in a block that is data to every browser and code to none.

    No character in it can end the block or begin another tag, whatever people wrote in their profiles.
    """
    text = msgspec.json.encode(value).decode()
    for char, escaped in _ESCAPES.items():
        text = text.replace(char, escaped)
    return Markup('<script type="application/json" id="{}">{}</script>').format(name, Markup(text))  # noqa: S704 - escaped above


def new_id() -> str:
    """Return a fresh id for a request or a row: 128 bits, safe in addresses."""
    return secrets.token_urlsafe(16)


def once() -> Markup:
    """Return the hidden field by which a form that is sent twice has one effect."""
    return Markup('<input type="hidden" name="id" value="{}">').format(new_id())


def hidden_expect(version: int) -> Markup:
    """Return the hidden field with the control version that the page shows."""
    return Markup('<input type="hidden" name="expect" value="{}">').format(escape(version))
