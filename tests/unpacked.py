"""A proof as whoever downloads it does: unpacked into a folder, and checked by the real command."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from event_server.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files of an archive."""

    folder: Path

    @property
    def problem(self) -> dict[str, Any]:
        return json.loads((self.folder / "problem.json").read_bytes())

    @property
    def plan(self) -> dict[str, Any]:
        return json.loads((self.folder / "plan.json").read_bytes())

    def verify(self) -> tuple[int, str]:
        """Return what ``girotondo verify`` ends with, and what it says."""
        paths = [str(self.folder / name) for name in ("problem.json", "plan.json")]
        result = CliRunner().invoke(app, ["verify", *paths])
        return result.exit_code, result.stdout + result.stderr


def unpacked(archive: bytes, folder: Path) -> Unpacked:
    """Return ``archive`` unpacked into ``folder``."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        files.extractall(folder)
    return Unpacked(folder / "girotondo-proof")
