"""Migrations: the steps by which the tables came to be, run in-process at every start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from event_server.storage.errors import DatabaseTooNew

if TYPE_CHECKING:
    from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest shape, all steps or none, in the transaction of ``connection``.

    Raises:
        DatabaseTooNew: If the tables have a shape that this server does not know.
    """
    config = Config()
    # Alembic reads "%" as the beginning of a name, also in the path of an installation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    current = MigrationContext.configure(connection).get_current_revision()
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseTooNew(current)
    command.upgrade(config, "head")
