"""How commands speak: results to standard output, one clear line to standard error when they fail."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import structlog
import typer
from pydantic import ValidationError

from event_server.domain.messages import Refused
from event_server.settings import Settings
from event_server.storage.backup import BackupImpossible
from event_server.storage.errors import (
    DatabaseTooNew,
    FolderDamaged,
    JournalUnreadable,
    ServerRunning,
    StorageFailed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPECTED = (BackupImpossible, DatabaseTooNew, FolderDamaged, JournalUnreadable, ServerRunning)
"""Troubles whose own words say what was wrong and what to do."""


def fail(message: str) -> NoReturn:
    """End with ``message`` on standard error and exit code 1."""
    typer.echo(f"girotondo: {message}", err=True)
    raise typer.Exit(1)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn the troubles one must expect into one line each."""
    try:
        yield
    except EXPECTED as error:
        fail(str(error))
    except StorageFailed as error:
        fail(f"the database cannot be used: {error.reason.replace('_', ' ')}")
    except Refused as refused:
        fail(f"{refused.code}: {', '.join(f'{k}={v}' for k, v in refused.detail.items()) or 'refused'}")
    except OSError as error:
        fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")


def read_settings() -> Settings:
    """Return the settings, or end with what is wrong with them."""
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"GIROTONDO_{'_'.join(map(str, item['loc'])).upper()}: {item['msg']}" for item in error.errors()
        )
        fail(problems)


def set_up_logs(settings: Settings) -> None:
    """Write logs to standard error: ids only, one line each."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    # Below INFO libraries write what they carry: statements with their values, whole frames of sockets.
    least = max(level, logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(least)
    logging.basicConfig(level=least, format="%(levelname)s %(name)s: %(message)s", handlers=[handler])
    # What migrations do is of interest when they fail only.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    is_json = settings.log_format == "json"
    renderer = structlog.processors.JSONRenderer() if is_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Whatever standard error is when a line is written: a program around us may have replaced it.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
