"""A copy of the database while the server runs."""

from __future__ import annotations

import asyncio
import os
import secrets
import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from event_server.storage.database import BUSY_MS
from event_server.storage.errors import StorageFailed

_OWNER_ONLY: Final = 0o600


class BackupImpossible(Exception):  # noqa: N818 - names what is the matter
    """The database cannot be copied there, or not by us."""


async def backup(url: str, target: Path) -> None:
    """Copy the embedded database at ``url`` to ``target``, whole and checked, or not at all.

    The server's secret is not in it: copy the file ``secret`` of the data folder too, or badges printed
    before stop working.

    Raises:
        BackupImpossible: If ``target`` exists, or the database is not the embedded one.
        StorageFailed: If it could not be read or written.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise BackupImpossible("only the embedded database is copied; use the tools of PostgreSQL")
    try:
        await asyncio.to_thread(_make, Path(parsed.database), target)
    except FileExistsError:
        raise BackupImpossible(f"{target} exists already") from None
    except (sqlite3.Error, OSError) as error:
        raise StorageFailed("io") from error


def _make(source: Path, target: Path) -> None:
    if target.exists():
        raise FileExistsError(target)
    draft = target.absolute().with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        _copy(source.absolute(), draft)
        _publish(draft, target.absolute())
    finally:
        draft.unlink(missing_ok=True)


def _copy(source: Path, draft: Path) -> None:
    """Copy one consistent moment; the source is opened read-only and its log is never folded in."""
    draft.touch(mode=_OWNER_ONLY, exist_ok=False)
    with sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, isolation_level=None) as connection:
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute("VACUUM INTO ?", (str(draft),))
    connection.close()
    with sqlite3.connect(f"{draft.as_uri()}?mode=ro", uri=True) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    copy.close()
    if verdict != "ok":
        raise sqlite3.DatabaseError("the copy is damaged")


def _publish(draft: Path, target: Path) -> None:
    """Give a finished copy its name, never over another file; durable when this returns."""
    target.hardlink_to(draft)
    for path in (target, target.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
