"""Languages: chosen, of the profile, of the browser; and every text translated."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from site_double import hidden

from event_server.locale.update import LOCALE, PROJECT, extracted, untranslated
from event_server.web.app import PACKAGE
from event_server.web.i18n import Catalogs
from event_server.web.refusals import SENTENCES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from site_double import Site

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def catalogs() -> Catalogs:
    return Catalogs(LOCALE)


@pytest.fixture(scope="module")
def italian() -> Catalog:
    return read_po(BytesIO((LOCALE / "it/LC_MESSAGES/girotondo.po").read_bytes()), locale="it")


@pytest.mark.parametrize(
    ("wishes", "accept", "language"),
    [
        ((), "", "it"),
        ((), "en", "en"),
        ((), "de-DE, en-GB;q=0.8, it;q=0.2", "en"),
        ((), "de, fr", "it"),
        ((), "en;q=0, it", "it"),
        ((), "en;q=x;;,,;", "it"),
        (("it",), "en", "it"),
        (("xx", "en"), "it", "en"),
    ],
)
def test_language_is_chosen(catalogs: Catalogs, wishes: tuple[str, ...], accept: str, language: str) -> None:
    assert catalogs.choose(*wishes, accept=accept) == language


async def test_chosen_language_is_remembered(site: Site) -> None:
    browser = site.browser()
    assert '<html lang="en">' in (await browser.get("/login")).text
    chosen = await browser.post("/language", data={"language": "it", "next": "/login"})
    assert chosen.headers["location"] == "/login"
    assert '<html lang="it">' in (await browser.get("/login")).text


async def test_unknown_language_is_refused(site: Site) -> None:
    assert (await site.browser().post("/language", data={"language": "xx"})).status_code == 422


async def test_language_switch_names_the_page_it_came_from(site: Site) -> None:
    assert hidden(await site.browser().get("/setup"), "next") == "/setup"


def test_every_text_is_translated(italian: Catalog) -> None:
    assert untranslated(italian) == []


def test_catalog_holds_exactly_the_texts_of_the_sources(italian: Catalog) -> None:
    in_sources = {message.id for message in extracted() if message.id}
    assert {message.id for message in italian if message.id} == in_sources


def test_translations_name_the_same_values(italian: Catalog) -> None:
    for message in italian:
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        known = {name for text in ids for name in PLACEHOLDER.findall(text)}
        for text in texts if message.id else ():
            assert set(PLACEHOLDER.findall(text)) <= known, message.id


def codes_in_sources() -> set[str]:
    """Return every code that some ``Refused("…")`` in the package names."""
    codes = set()
    for path in (PROJECT / "event_server").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Refused"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                codes.add(node.args[0].value)
    return codes


def test_every_refusal_has_a_sentence() -> None:
    codes = codes_in_sources()
    assert "wrong_phase" in codes
    assert codes - set(SENTENCES) == set()


def test_scripts_get_their_texts_and_no_others(catalogs: Catalogs) -> None:
    script = catalogs["it"].script
    assert script["plural_forms"][:4] == [1, 0, 1, 1]
    assert len(script["plural_forms"]) == 200
    assert "Sign in" not in script["messages"]
    assert script["messages"]


def test_sources_of_texts_lie_in_the_project() -> None:
    assert PACKAGE.parent == PROJECT
