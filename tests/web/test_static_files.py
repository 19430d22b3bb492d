"""Static files: cached for ever under their hash, asked for again without it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from site_double import Site


async def test_hashed_file_is_cached_for_ever(site: Site) -> None:
    found = await site.browser().get(site.services.assets.url("js/fragment.js"))
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert found.headers["content-type"] == "text/javascript; charset=utf-8"


async def test_plain_and_outdated_addresses_are_asked_for_again(site: Site) -> None:
    for path in ("/static/js/fragment.js", "/static/0123456789ab/js/fragment.js"):
        found = await site.browser().get(path)
        assert found.headers["cache-control"] == "public, no-cache"
        etag = found.headers["etag"]
        again = await site.browser().get(path, headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")


async def test_text_is_packed_for_those_who_can_unpack(site: Site) -> None:
    path = site.services.assets.url("css/base.css")
    async with site.browser().stream("GET", path, headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join([chunk async for chunk in packed.aiter_raw()])
    plain = await site.browser().get(path, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content


@pytest.mark.parametrize("path", ["../settings.py", "..%2fsettings.py", "%2e%2e/settings.py", "js", "js/"])
async def test_nothing_outside_the_folder_is_served(site: Site, path: str) -> None:
    assert (await site.browser().get(f"/static/{path}")).status_code == 404


def test_page_cannot_name_a_file_that_is_not_there(site: Site) -> None:
    with pytest.raises(LookupError):
        site.services.assets.url("js/nothing.js")
