"""Limits of the real server on loopback: headers, bodies, waiting, stopping."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from site_double import ORIGIN
from uvicorn import Server
from websockets.asyncio.client import connect

from event_server.web import http_protocol
from event_server.web.server import uvicorn_config

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from site_double import Site

SOON = 5.0
LOCALHOST = "127.0.0.1"
HEAD = b"Host: localhost:8080\r\nConnection: close\r\n"


@asynccontextmanager
async def listening(site: Site) -> AsyncIterator[int]:
    config = uvicorn_config(site.app, site.services.settings)
    config.host, config.port = LOCALHOST, 0
    server = Server(config)
    # Signals are the test runner's.
    serving = asyncio.create_task(server._serve())
    try:
        async with asyncio.timeout(SOON):
            while not server.started:
                await asyncio.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        async with asyncio.timeout(SOON):
            await serving


async def talk(port: int, *chunks: bytes) -> bytes:
    """Return what the server says until it closes the connection."""
    reader, writer = await asyncio.open_connection(LOCALHOST, port)
    try:
        async with asyncio.timeout(SOON):
            for chunk in chunks:
                writer.write(chunk)
                await writer.drain()
            return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


async def test_ordinary_request_is_answered(site: Site) -> None:
    async with listening(site) as port:
        answer = await talk(port, b"GET /health HTTP/1.1\r\n" + HEAD + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("half", [b"", b"GET / HTTP/1.1\r\nHost: loc", b"POST /b HTTP/1.1\r\n" + HEAD])
async def test_half_sent_headers_are_dropped(
    site: Site, monkeypatch: pytest.MonkeyPatch, half: bytes
) -> None:
    monkeypatch.setattr(http_protocol, "HEADER_SECONDS", 0.2)
    async with listening(site) as port:
        assert await talk(port, half) == b""


async def test_half_sent_body_is_dropped(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "BODY_SECONDS", 0.2)
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n"
    head = b"POST /b HTTP/1.1\r\n" + HEAD + f"Origin: {ORIGIN}\r\n{form}".encode()
    async with listening(site) as port:
        assert await talk(port, head, b"secret=half") == b""


@pytest.mark.parametrize("ending", [b"", b"\r\n"])
async def test_headers_without_end_are_refused(site: Site, ending: bytes) -> None:
    long = b"X-Long: " + b"a" * http_protocol.HEADER_BYTES + b"\r\n"
    async with listening(site) as port:
        answer = await talk(port, b"GET /health HTTP/1.1\r\n" + HEAD + long + ending)
    assert b" 200 " not in answer
    assert b" 400 " in answer


async def test_header_deadline_does_not_end_a_socket(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "HEADER_SECONDS", 0.2)
    monkeypatch.setattr(http_protocol, "BODY_SECONDS", 0.2)
    row = await site.event("Ada Prova")
    secret = await site.services.logins.make("guest", "p1", row.id)
    async with listening(site) as port:
        url = f"ws://{LOCALHOST}:{port}/e/{row.id}/ws"
        headers = {"Authorization": f"Bearer {secret}"}
        origin = f"http://{LOCALHOST}:{port}"
        async with connect(url, additional_headers=headers, origin=origin, open_timeout=SOON) as socket:  # type: ignore[arg-type]  # a plain origin
            await asyncio.sleep(0.4)
            async with asyncio.timeout(SOON):
                assert await socket.recv()
                await (await socket.ping())


@pytest.mark.parametrize("size", [64 * 1024 + 1, 50_000_000])
async def test_body_above_its_limit_is_refused_unread(site: Site, size: int) -> None:
    row = await site.event("Ada Prova")
    guest = await site.guest(row, "p1")
    refused = await guest.post(f"/e/{row.id}/card", headers={"content-length": str(size)}, content=b"name=x")
    assert refused.status_code == 413


async def test_body_without_a_length_is_counted(site: Site) -> None:
    row = await site.event("Ada Prova")
    guest = await site.guest(row, "p1")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(80):
            yield b"a" * 1024

    headers = {"content-type": "application/x-www-form-urlencoded"}
    refused = await guest.post(f"/e/{row.id}/card", headers=headers, content=endless())
    assert refused.status_code == 413


async def test_binary_rubbish_is_no_form(site: Site) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    refused = await site.browser().post("/b", headers=headers, content=b"\x00\xff" * 50)
    assert refused.status_code in {403, 422}
