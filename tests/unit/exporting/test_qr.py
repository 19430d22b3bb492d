"""QR codes: the drawing is the code that the encoder made, whole and with its quiet zone."""

import re

import pytest
import segno

from event_server.exporting.qr import qr_path, qr_text

LINK = "HTTPS://GIROTONDO.EXAMPLE.INVALID/J/K7QM2R2VDH9TXP4LC"
QUIET = 4
MODULES = [
    [bool(module) for module in row] for row in segno.make_qr(LINK, error="m").matrix_iter(border=QUIET)
]


def test_path_draws_exactly_the_dark_modules() -> None:
    path = qr_path(LINK)
    drawn = [[False] * path.size for _ in range(path.size)]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", path.d)
    assert re.sub(r"M\d+ \d+h\d+v1H\d+z", "", path.d) == ""
    for x, y, length, back in (map(int, run) for run in runs):
        assert back == x
        for at in range(x, x + length):
            assert not drawn[y][at]
            drawn[y][at] = True
    assert drawn == MODULES


def test_terminal_text_draws_exactly_the_dark_modules() -> None:
    halves = {"█": (False, False), "▀": (False, True), "▄": (True, False), " ": (True, True)}
    drawn: list[list[bool]] = []
    for line in qr_text(LINK).split("\n"):
        upper, lower = zip(*(halves[char] for char in line), strict=True)
        drawn += [list(upper), list(lower)]
    assert drawn[: len(MODULES)] == MODULES
    assert not any(drawn[-1])


def test_link_in_capitals_makes_a_coarser_code() -> None:
    assert qr_path(LINK).size < qr_path(LINK.lower()).size


def test_text_that_no_code_can_hold_is_an_error() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr_path("x" * 5_000)
