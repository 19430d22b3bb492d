"""Headers that every response carries, whatever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from event_server.web.routes import ROWS

if TYPE_CHECKING:
    from site_double import Site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def paths_of(event: str, code: str) -> list[str]:
    values = {"{event}": event, "{code}": code, "{attendee}": "p1", "{id}": "p1"}
    paths = []
    for row in ROWS:
        path = row.path
        for name, value in values.items():
            path = path.replace(name, value)
        if row.method == "GET" and "{" not in path:
            paths.append(path)
    return [*paths, "/static/css/base.css", "/static/nothing.css", "/nothing", "/language"]


async def test_every_page_carries_the_same_strict_headers(site: Site) -> None:
    account = await site.account()
    row = await site.event("Ada Prova", account=account)
    for browser in (site.browser(), await site.guest(row, "p1"), await site.staff(account)):
        for path in paths_of(row.id, row.join_code):
            headers = (await browser.get(path)).headers
            assert headers["content-security-policy"] == POLICY, path
            assert headers["referrer-policy"] == "no-referrer", path
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["cross-origin-opener-policy"] == "same-origin", path
            assert "server" not in headers, path


async def test_pages_hold_no_inline_code_and_no_inline_style(site: Site) -> None:
    account = await site.account()
    row = await site.event("Ada Prova", account=account)
    for browser in (site.browser(), await site.guest(row, "p1"), await site.staff(account)):
        for path in paths_of(row.id, row.join_code):
            page = (await browser.get(path)).text
            for inline in ("<style", " style=", " onclick=", " onload=", "javascript:", "<script>"):
                assert inline not in page, (path, inline)


async def test_pages_about_people_are_not_kept_by_caches(site: Site) -> None:
    row = await site.event("Ada Prova")
    guest = await site.guest(row, "p1")
    for path in ("card", "my-data.json", "claims"):
        assert (await guest.get(f"/e/{row.id}/{path}")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/nothing", "/e/nope/card", "/static/nothing.css", "/j/NOPE"])
async def test_refusals_are_json_for_scripts(site: Site, path: str) -> None:
    refused = await site.browser(accept="application/json").get(path)
    assert refused.status_code in {401, 404}
    assert set(refused.json()) == {"code", "detail", "sentence"}


async def test_wrong_method_is_refused(site: Site) -> None:
    assert (await site.browser().get("/language")).status_code == 405
