"""Shares in words: always rounded against us."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from event_server.web.shares import MOST_DECIMALS, missing_text, reached_text


@pytest.mark.parametrize(
    ("gap", "missing", "reached"),
    [
        (0.0, "0%", "100%"),
        (0.00034, "0.034%", "99.966%"),
        (0.013824, "1.4%", "98.6%"),
        (1e-12, "0.000001%", "99.999999%"),
        (1.0, "100%", "0%"),
    ],
)
def test_as_many_decimals_as_the_gap_needs(gap: float, missing: str, reached: str) -> None:
    assert (missing_text(gap, "en"), reached_text(gap, "en")) == (missing, reached)


def test_italian_writes_a_comma() -> None:
    assert (missing_text(0.00034, "it"), reached_text(0.00034, "it")) == ("0,034%", "99,966%")


@given(st.floats(min_value=0, max_value=1))
def test_never_better_than_the_truth_and_never_far_from_it(gap: float) -> None:
    missing, reached = (float(text(gap, "en").rstrip("%")) / 100 for text in (missing_text, reached_text))
    assert missing >= gap - 1e-15
    assert reached <= 1 - gap + 1e-15
    assert missing - gap <= max(gap / 10, 10 ** -(MOST_DECIMALS + 2)) + 1e-15
