"""``girotondo backup``: a copy of the database, also while the server runs."""

from __future__ import annotations

import asyncio
from pathlib import Path  # noqa: TC003 - typer reads annotations
from typing import Annotated

import typer

from event_server.cli.console import clear_errors, read_settings
from event_server.storage.backup import backup
from event_server.storage.folder import DataFolder


def backup_command(target: Annotated[Path, typer.Argument(help="File to write; it must not exist.")]) -> None:
    """Copy the database to a file. Keep the file ``secret`` of the data folder with it."""
    settings = read_settings()
    with clear_errors():
        url = settings.database_url or DataFolder(settings.data).database_url()
        asyncio.run(backup(url, target))
    typer.echo(f"written: {target}")
