"""``girotondo serve``: the server, from the first start on."""

from __future__ import annotations

import asyncio
import gc
import socket
from typing import TYPE_CHECKING, Annotated

import typer
import uvloop

from event_server.cli.console import clear_errors, fail, read_settings, set_up_logs
from event_server.storage.folder import DataFolder
from event_server.web.app import create_app
from event_server.web.server import BACKLOG, StoppingServer, open_services, uvicorn_config

if TYPE_CHECKING:
    from event_server.settings import Settings
    from event_server.web.services import Services

ALL_ADDRESSES = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to
PASSWORD_LINK_SECONDS = 3600.0
# Few objects of a request outlive it: looking for cycles seldom takes a third off the cost of a connection.
GC_THRESHOLDS = (50_000, 50, 1000)


def serve_command(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; 0.0.0.0 for the whole network.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for any that is free.")] = None,
) -> None:
    """Start the server; the first start makes the data folder and prints the organizer's one-time link."""
    settings = read_settings()
    changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update=changes)
    with clear_errors():
        folder = DataFolder(settings.data)
        with folder.lock():
            set_up_logs(settings)
            uvloop.run(serve(settings, folder))


def password_command(email: Annotated[str, typer.Argument(help="E-mail of the account.")]) -> None:
    """Print a one-time link for a new password; the server must not run."""
    settings = read_settings()
    set_up_logs(settings)
    with clear_errors():
        folder = DataFolder(settings.data)
        with folder.lock():
            link = asyncio.run(_password_link(settings, folder, email))
    typer.echo(link)


async def _password_link(settings: Settings, folder: DataFolder, email: str) -> str:
    async with open_services(settings, folder) as services:
        account = await services.accounts.by_email(email)
        if account is None:
            fail(f"no account has the e-mail {email}")
        secret = await services.links.make("password", account.id, ttl=PASSWORD_LINK_SECONDS)
        return f"{printed_url(settings, settings.port)}/password#{secret}"


async def serve(settings: Settings, folder: DataFolder) -> None:
    """Serve until a signal says to stop; everything is closed when this returns."""
    # Taken before anything is printed: a port in use is an error, not a link that leads elsewhere.
    listener = listen(settings)
    try:
        async with open_services(settings, folder) as services:
            port = int(listener.getsockname()[1])
            await _greet(services, printed_url(settings, port))
            server = StoppingServer(uvicorn_config(create_app(services), settings))
            gc.set_threshold(*GC_THRESHOLDS)
            gc.freeze()
            await server.serve(sockets=[listener])
    finally:
        listener.close()


def listen(settings: Settings) -> socket.socket:
    """Return a socket bound to the address of ``settings``."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        # Whoever follows the printed link at once waits a moment instead of being refused.
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise OSError(
            error.errno, f"cannot listen on {settings.host}:{settings.port}: {error.strerror}"
        ) from error
    return listener


async def _greet(services: Services, url: str) -> None:
    """Print where the server is, and the way in for the first organizer."""
    typer.echo(f"Girotondo: {url}")
    if await services.accounts.count() == 0:
        ttl = services.settings.first_link_hours * 3600
        secret = await services.links.make("setup", "", ttl=ttl)
        typer.echo(f"Organizer's link, works once: {url}/setup#{secret}")


def printed_url(settings: Settings, port: int) -> str:
    """Return where to reach the server: its public address, or the one it listens on."""
    if settings.public_urls:
        return settings.public_urls[0]
    host = lan_address() if settings.host in ALL_ADDRESSES else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def lan_address() -> str:
    """Return the address of this machine that others in its network see, or loopback without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the system only says by which address it would be.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
