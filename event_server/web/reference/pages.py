"""Which pages are made from the code, and where they lie."""

from __future__ import annotations

from pathlib import Path

from event_server.web.reference.phases import phases_page
from event_server.web.reference.protocol import protocol_page

PROJECT = Path(__file__).resolve().parents[3]


def written() -> dict[str, str]:
    """Return the text of every such page by its path in the project."""
    return {"docs/protocol.md": protocol_page(), "docs/develop/phases.md": phases_page()}
