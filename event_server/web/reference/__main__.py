"""Writes the pages anew: ``python -m event_server.web.reference``."""

from __future__ import annotations

from event_server.web.reference.pages import PROJECT, written

for path, text in written().items():
    (PROJECT / path).write_text(text, encoding="utf-8")
