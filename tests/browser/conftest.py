"""Every test here drives a real Chromium, one at a time."""

from __future__ import annotations

import pytest
import pytest_asyncio
from browser.chromium import running_chromium


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if "tests/browser" in item.path.as_posix()]
    for item in here:
        item.add_marker(pytest.mark.browser)
        # Two browsers at once would starve each other on a small machine.
        item.add_marker(pytest.mark.xdist_group("browser"))


@pytest_asyncio.fixture
async def chromium():
    async with running_chromium() as running:
        yield running
