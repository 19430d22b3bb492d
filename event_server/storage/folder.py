"""The data folder: database, secret and lock of one server."""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from sqlalchemy import URL

from event_server.storage.errors import FolderDamaged, ServerRunning

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

SECRET_BYTES = 32

_OWNER_ONLY_FILE = 0o600
_OWNER_ONLY_FOLDER = 0o700


class DataFolder:
    """A folder that holds everything one server keeps; made when it is missing, for its owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.path.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)

    def database_url(self) -> str:
        """Return the URL of the embedded database."""
        url = URL.create("sqlite+aiosqlite", database=str(self.path / "girotondo.db"))
        return url.render_as_string(hide_password=False)

    def secret(self) -> bytes:
        """Return the secret of this server, made when it is first asked for.

        Badges printed once stay good only as long as it lives: it belongs into the backup of the folder.

        Raises:
            FolderDamaged: If the file is there, but is no secret.
        """
        path = self.path / "secret"
        with suppress(FileExistsError):
            self._make_secret(path)
        secret = path.read_bytes()
        if len(secret) != SECRET_BYTES:
            raise FolderDamaged(f"{path} must hold {SECRET_BYTES} bytes, it holds {len(secret)}")
        return secret

    def _make_secret(self, path: Path) -> None:
        """Write a new secret whole or not at all, and never over another one."""
        if path.exists():
            return
        draft = path.with_name(f"secret.{secrets.token_hex(8)}")
        _write_synced(draft, secrets.token_bytes(SECRET_BYTES))
        try:
            path.hardlink_to(draft)
        finally:
            draft.unlink()
        _sync_folder(self.path)

    def lock(self) -> FolderLock:
        """Take the folder for this process until the lock is released or the process ends.

        Raises:
            ServerRunning: If another process, or another lock of this one, holds it.
        """
        return FolderLock(self.path)


class FolderLock:
    """Says that one process works in the folder; the system itself takes it away from a dead one."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, _OWNER_ONLY_FILE)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._file, 32, 0).strip()
            os.close(self._file)
            raise ServerRunning(folder, int(holder) if holder.isdigit() else None) from None
        # A full disk must not keep anybody from starting: the pid is a courtesy, the lock is what counts.
        with suppress(OSError):
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, b"%d\n" % os.getpid(), 0)

    def release(self) -> None:
        """Let others in; harmless to repeat."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _write_synced(path: Path, content: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY_FILE)
    try:
        os.write(file, content)
        os.fsync(file)
    finally:
        os.close(file)


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
