"""QR codes as SVG for pages under a strict content policy, and as text for a terminal."""

from typing import Final

import msgspec
import segno

_QUIET_ZONE: Final = 4  # ISO/IEC 18004 asks for four modules around the code
_HALVES: Final = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}


class QrPath(msgspec.Struct, frozen=True, kw_only=True):
    """A code to draw: ``<svg viewBox="0 0 size size"><path d="d" fill="…"/></svg>``, quiet zone included.

    Draw it dark on a light ground, in the dark theme too: many cameras do not read the opposite.
    """

    size: int
    d: str


def qr_path(text: str) -> QrPath:
    """Return the code of ``text`` as one SVG path.

    Capitals, digits and ``$%*+-./:`` alone make a code a third less dense: short links are written so.

    Raises:
        ValueError: If ``text`` is longer than a code can hold.
    """
    rows = _modules(text)
    runs = [
        f"M{start} {y}h{end - start}v1H{start}z" for y, row in enumerate(rows) for start, end in _runs(row)
    ]
    return QrPath(size=len(rows), d="".join(runs))


def qr_text(text: str) -> str:
    """Return the code of ``text`` for a terminal with light letters on a dark ground, two modules a line.

    Raises:
        ValueError: If ``text`` is longer than a code can hold.
    """
    rows = _modules(text)
    rows.append([False] * len(rows))
    pairs = zip(rows[::2], rows[1::2], strict=False)
    return "\n".join("".join(_HALVES[pair] for pair in zip(*lines, strict=True)) for lines in pairs)


def _modules(text: str) -> list[list[bool]]:
    """Return the modules of the code, dark ones true, with the quiet zone."""
    code = segno.make_qr(text, error="m")
    return [[bool(module) for module in row] for row in code.matrix_iter(border=_QUIET_ZONE)]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return start and end of each run of dark modules."""
    edges = [
        x for x, (before, here) in enumerate(zip([False, *row], [*row, False], strict=True)) if before != here
    ]
    return list(zip(edges[::2], edges[1::2], strict=True))
