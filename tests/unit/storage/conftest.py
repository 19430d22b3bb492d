"""A real database in a folder of its own, and a clock that a test moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from event_server.storage.database import Database
from event_server.storage.folder import DataFolder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class TestClock:
    """Stands still until it is moved."""

    __test__ = False

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture
async def database(folder: DataFolder) -> AsyncIterator[Database]:
    database = await Database.open(folder.database_url())
    try:
        await database.migrate()
        yield database
    finally:
        await database.close()
