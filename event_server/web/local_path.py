"""Paths of this server that came back from a browser."""

from __future__ import annotations

import re

_LOCAL = re.compile(r"/(?:[A-Za-z0-9._~-][A-Za-z0-9._~/-]*)?", re.ASCII)


def local_path(text: str) -> str:
    """Return ``text`` if it is a plain path of this server, else the start page: never another host."""
    return text if _LOCAL.fullmatch(text) and "//" not in text else "/"
