"""Templates: data blocks that cannot break out, strict names, times as the reader writes them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from event_server.web.templating import data_block, once

if TYPE_CHECKING:
    from site_double import Site


@given(st.text())
def test_data_block_holds_any_text_and_ends_where_it_should(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    block = str(data_block("view", {"name": text}))
    found = re.fullmatch(r'<script type="application/json" id="view">(.*)</script>', block, re.DOTALL)
    assert found is not None
    assert "<" not in found[1]
    assert json.loads(found[1]) == {"name": text}


def test_each_form_has_its_own_id() -> None:
    assert once() != once()


@pytest.mark.parametrize(
    ("language", "filter_name", "shown"),
    [
        ("it", "clock", "20:00"),
        ("en", "clock", "20:00"),
        ("it", "day", "venerdì 15 gennaio 2027"),
        ("en", "day", "Friday, January 15, 2027"),
        ("it", "moment", "ven 15 gen, 20:00"),
    ],
)
def test_times_are_those_of_the_event(site: Site, language: str, filter_name: str, shown: str) -> None:
    environment = site.services.templates._environments[language]
    assert environment.filters[filter_name](NOW, "Europe/Rome") == shown


def test_unknown_name_is_an_error_and_no_blank(site: Site) -> None:
    environment = site.services.templates._environments["it"]
    with pytest.raises(UndefinedError):
        environment.from_string("{{ page.nothing }}").render(page=object())


def test_every_template_compiles_in_every_language(site: Site) -> None:
    names = site.services.templates.names()
    assert "base.html" in names
    for environment in site.services.templates._environments.values():
        for name in names:
            environment.get_template(name)
