"""Forms, read strictly."""

from __future__ import annotations

import pytest
from starlette.datastructures import FormData

from event_server.domain.messages import Refused
from event_server.web.forms import Form


def form(**fields: str) -> Form:
    return Form(FormData(list(fields.items())))


def test_absent_text_is_empty() -> None:
    assert (form().text("name"), form().lines("tags"), form().flag("on")) == ("", (), False)


def test_lines_are_parted_at_commas_semicolons_and_line_ends() -> None:
    assert form(tags=" orti, musica;energia\r\n\n, ").lines("tags") == ("orti", "musica", "energia")


@pytest.mark.parametrize(("text", "number"), [("8", 8), (" 1,5 ", 1.5), ("-2", -2), ("0.25", 0.25)])
def test_number_is_read_with_point_or_comma(text: str, number: float) -> None:
    assert form(n=text).number("n") == number


@pytest.mark.parametrize("text", ["", "x", "1e9", "nan", "inf", "1,2,3", "٣", "9" * 20])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="number_invalid"):
        form(n=text).number("n")


def test_half_a_round_is_refused() -> None:
    with pytest.raises(Refused, match="number_invalid"):
        form(n="1.5").integer("n")


def test_empty_number_takes_its_default() -> None:
    assert form(n="").integer("n", 4) == 4


def test_moment_is_local_time() -> None:
    assert form(at="2027-01-15T20:00").moment("at", "Europe/Rome") == 1_800_039_600
    assert form(at="").moment("at", "Europe/Rome") is None


@pytest.mark.parametrize(("text", "zone"), [("tomorrow", "Europe/Rome"), ("2027-01-15T20:00", "Mars/Crater")])
def test_wrong_moment_is_refused(text: str, zone: str) -> None:
    with pytest.raises(Refused, match="moment_invalid"):
        form(at=text).moment("at", zone)


async def test_text_is_no_upload() -> None:
    with pytest.raises(Refused, match="upload_missing"):
        await form(list="name,email").upload("list")
