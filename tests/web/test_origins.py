"""Where unsafe requests and handshakes of sockets may come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from site_double import open_site

from event_server.settings import Settings
from event_server.web.origins import is_own_request, is_secure

if TYPE_CHECKING:
    from pathlib import Path

    from site_double import Site

OWN, PUBLIC = "http://192.168.1.5:8080", "https://serata.example"


def scope(host: str, *, server: str = "192.168.1.5", scheme: str = "http", **headers: str) -> dict[str, Any]:
    named = {"host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
    return {
        "type": "http",
        "method": "POST",
        "scheme": scheme,
        "server": (server, 8080),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("192.168.1.5:8080", {"origin": OWN}),
        ("localhost:8080", {"origin": "http://localhost:8080"}),
        ("127.0.0.1:8080", {"origin": "http://127.0.0.1:8080"}),
        ("[::1]:8080", {"origin": "http://[::1]:8080"}),
        ("laptop.local:8080", {"origin": "http://laptop.local:8080"}),
        ("localhost:8080", {"origin": "http://localhost:8080", "sec_fetch_site": "same-origin"}),
        ("localhost:8080", {"origin": "null", "sec_fetch_site": "same-origin"}),
        ("localhost:8080", {"sec_fetch_site": "none"}),
        ("192.168.1.5:8080", {"authorization": "Bearer SECRET"}),
    ],
)
def test_own_pages_and_programs_may_send(host: str, headers: dict[str, str]) -> None:
    assert is_own_request(Settings(), scope(host, **headers))


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("192.168.1.5:8080", {"origin": "http://evil.example"}),
        ("192.168.1.5:8080", {"origin": "http://192.168.1.5:9090"}),
        ("192.168.1.5:8080", {"origin": "https://192.168.1.5:8080"}),
        ("192.168.1.5:8080", {"origin": "null"}),
        ("192.168.1.5:8080", {}),
        ("192.168.1.5:8080", {"origin": OWN, "sec_fetch_site": "cross-site"}),
        ("192.168.1.5:8080", {"origin": OWN, "sec_fetch_site": "same-site"}),
        # A name of the public DNS that somebody points at our address.
        ("evil.example:8080", {"origin": "http://evil.example:8080"}),
        ("evil.example:8080", {"origin": "http://evil.example:8080", "sec_fetch_site": "same-origin"}),
        ("evil.example:8080", {"origin": "null", "sec_fetch_site": "same-origin"}),
        ("evil.example:8080", {"sec_fetch_site": "same-origin"}),
        # An address, but not ours.
        ("192.168.1.6:8080", {"origin": "http://192.168.1.6:8080"}),
        ("local:8080", {"origin": "http://local:8080"}),
        ("[bad", {"origin": "http://[bad"}),
        ("192.168.1.5:8080", {"authorization": "Basic YTpi"}),
    ],
)
def test_nobody_else_may_send(host: str, headers: dict[str, str]) -> None:
    assert not is_own_request(Settings(), scope(host, **headers))


@pytest.mark.parametrize(
    ("host", "headers", "allowed"),
    [
        ("serata.example", {"origin": PUBLIC}, True),
        ("127.0.0.1:8080", {"origin": PUBLIC}, True),
        ("serata.example", {"origin": "http://serata.example"}, False),
        ("serata.example", {"origin": "https://altra.example"}, False),
        ("localhost:8080", {"origin": "http://localhost:8080"}, False),
        ("serata.example", {"origin": "null", "sec_fetch_site": "same-origin"}, True),
        ("altra.example", {"origin": "null", "sec_fetch_site": "same-origin"}, False),
    ],
)
def test_public_urls_alone_count_where_they_are_set(
    host: str, headers: dict[str, str], allowed: bool
) -> None:
    assert is_own_request(Settings(public_urls=(PUBLIC,)), scope(host, **headers)) is allowed


def test_public_address_tells_that_the_way_is_encrypted() -> None:
    settings = Settings(public_urls=(PUBLIC,))
    assert is_secure(settings, scope("serata.example"))
    assert not is_secure(settings, scope("localhost:8080"))
    assert is_secure(Settings(), scope("localhost", scheme="wss"))


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
async def test_post_from_elsewhere_is_refused_before_anything_happens(site: Site, origin: str | None) -> None:
    row = await site.event("Ada Prova")
    token = await site.badge(row, "p1")
    refused = await site.browser(origin=origin).post("/b", data={"secret": token})
    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers
    claim = await site.services.claims.find(token)
    assert claim is not None
    assert claim.bound_at is None


async def test_reading_needs_no_origin(site: Site) -> None:
    assert (await site.browser(origin=None).get("/")).status_code == 200


async def test_handshake_from_elsewhere_is_refused(site: Site) -> None:
    row = await site.event("Ada Prova")
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    handshake = scope("localhost:8080", origin="http://evil.example") | {
        "type": "websocket",
        "scheme": "ws",
        "path": f"/e/{row.id}/ws",
        "raw_path": b"",
        "query_string": b"",
        "root_path": "",
        "subprotocols": [],
    }
    await site.app(handshake, receive, send)
    assert [message["type"] for message in sent] == ["websocket.close"]


async def test_forwarded_headers_count_from_trusted_proxies_only(tmp_path: Path) -> None:
    headers = {"x-forwarded-proto": "https"}
    for proxies, status in (((), 403), (("127.0.0.1",), 303)):
        async with open_site(tmp_path, trusted_proxies=proxies) as site:
            answer = await site.browser(origin="https://localhost:8080", **headers).post("/logout")
            assert answer.status_code == status
