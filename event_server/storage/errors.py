"""What can go wrong with stored things, as the rest of the server hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

FailureReason: TypeAlias = Literal["full", "read_only", "io", "busy", "damaged", "unavailable"]


class Conflict(Exception):  # noqa: N818 - somebody else was first, which is no fault
    """Somebody else wrote to the journal meanwhile; nothing was written. Read on and decide again."""


class Repeated(Conflict):
    """Commands of the batch already stand in the journal; nothing was written.

    Attributes:
        requests: (actor, command id) of each; their effect is recorded, so they are accepted.
    """

    def __init__(self, requests: frozenset[tuple[str, str]]) -> None:
        super().__init__(f"{len(requests)} commands of the batch are recorded already")
        self.requests = requests


class StorageFailed(Exception):  # noqa: N818 - the wording of guarantee G6
    """Something could not be stored or read; nothing was written.

    Attributes:
        reason: ``full``, ``read_only``, ``io``, ``busy`` (another process holds the database), ``damaged``
            or ``unavailable``.
    """

    def __init__(self, reason: FailureReason = "unavailable") -> None:
        super().__init__(reason)
        self.reason = reason


class JournalUnreadable(Exception):  # noqa: N818 - names what is the matter
    """A row of a journal means nothing to this server: a newer one wrote it, or it is damaged.

    Attributes:
        event: The id of the event.
        version: The row.
    """

    def __init__(self, event: str, version: int, problem: str) -> None:
        super().__init__(f"event {event}, row {version}: {problem}; was it written by a newer server?")
        self.event = event
        self.version = version


class DatabaseTooNew(Exception):  # noqa: N818 - names what is the matter
    """The database was last used by a newer server; this one must not touch it."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database is of revision {revision}, which this server does not know; update it"
        )
        self.revision = revision


class ServerRunning(Exception):  # noqa: N818 - names what is the matter
    """Another process works in the data folder.

    Attributes:
        pid: Its process id, or none if it left none.
    """

    def __init__(self, folder: Path, pid: int | None) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"server_running: {who} works in {folder}; stop it first")
        self.pid = pid


class FolderDamaged(Exception):  # noqa: N818 - names what is the matter
    """A file of the data folder is not what it must be."""
