"""What the server writes to its logs, set up as `girotondo serve` does it, for reading in a test."""

from __future__ import annotations

import io
import logging
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from event_server.cli.console import set_up_logs
from event_server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@contextmanager
def logs_of_server(monkeypatch: pytest.MonkeyPatch, level: str) -> Iterator[io.StringIO]:
    """Give the stream that everything is logged to at ``level``; afterwards logs are as they were."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level_before, configured = root.handlers[:], root.level, structlog.get_config()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", written)
        root.handlers[:] = []
        try:
            set_up_logs(Settings(log_level=level))  # type: ignore[arg-type]  # one of the levels
            yield written
        finally:
            root.handlers[:] = handlers
            root.setLevel(level_before)
            structlog.configure(**configured)
