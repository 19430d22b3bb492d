"""Cells to values: addresses, tags, levels, and what people write for "nothing"."""

import re
from typing import Final

from event_server.domain.names import clean_text
from event_server.domain.profile import TAG_LIMIT, distinct_tags

_ADDRESS: Final = re.compile(
    r"(?P<name>[^<>]*)<\s*(?:mailto:)?(?P<email>[^<>\s]+@[^<>\s]+)\s*>", re.IGNORECASE
)
_TAG_SEPARATORS: Final = re.compile(r"[,;\n\r|•]")
_BULLET: Final = re.compile(r"^[\s*·\u2013\u2014-]+")
_NOTHING: Final = frozenset(
    {
        "",
        "-",
        "--",
        "\u2013",
        "\u2014",
        "/",
        ".",
        "x",
        "n/a",
        "n.a.",
        "na",
        "none",
        "nothing",
        "null",
        "nessuno",
        "nessuna",
    }
    | {"niente", "nulla", "n.d.", "nd", "no"},
)
_LEVEL: Final = re.compile(r"\s*([1-5])(?:\.0)?(?:\s*/\s*5|\b.*)?")
_MANGLED_NUMBER: Final = re.compile(r"\d[.,]?\d*e\+?\d+", re.IGNORECASE)


def split_address(cell: str) -> tuple[str, str]:
    """Return name and e-mail of a cell such as ``Ada Prova <ADA@ESEMPIO.INVALID>``; either may be empty."""
    if found := _ADDRESS.fullmatch(cell.strip()):
        return found["name"].strip().strip("\"'").strip(), found["email"].lower()
    return cell.strip(), ""


def email_of(cell: str) -> str:
    """Return the e-mail in ``cell``, in small letters, without display name and ``mailto:``."""
    plain, email = split_address(cell)
    return email or plain.lower().removeprefix("mailto:").strip()


def tags_of(cell: str) -> tuple[str, ...]:
    """Return the tags in ``cell``, parted by comma, semicolon, line, bar or bullet; each once."""
    parts = (_BULLET.sub("", part).strip().rstrip(".") for part in _TAG_SEPARATORS.split(cell))
    return distinct_tags(tuple(part for part in parts if said(part)))


def said(cell: str) -> str:
    """Return ``cell`` on one line, or an empty text if it only says "nothing"."""
    text = clean_text(cell)
    return "" if text.casefold() in _NOTHING else text


def shortened(text: str, limit: int = TAG_LIMIT) -> str:
    """Return ``text`` cut between words to at most ``limit`` code points, the last an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    whole, space, _ = cut.rpartition(" ")
    return f"{(whole if space and not text[limit - 1].isspace() else cut).rstrip(' ,.;:')}…"


def level_of(cell: str) -> int | None:
    """Return a level from 1 to 5 that ``cell`` begins with, or ``None``."""
    found = _LEVEL.fullmatch(cell)
    return int(found[1]) if found else None


def phone_of(cell: str) -> str:
    """Return a phone number as written; empty if a spreadsheet has made ``3.93E+11`` of it."""
    text = clean_text(cell).removeprefix("tel:").removesuffix(".0").strip()
    return "" if _MANGLED_NUMBER.fullmatch(text) else text
