"""Lessons fade by half in half a year, sums and counts alike, and add up."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from event_server.domain.lessons import HALF_LIFE_DAYS, Lesson, added, faded

DAY = 86400.0
TAUGHT = Lesson(given_sum=-0.5, given_count=4, received_sum=1.25, received_count=5)


def test_half_is_left_after_the_half_life_and_all_on_the_same_day() -> None:
    assert faded(TAUGHT, 0) == TAUGHT
    assert faded(TAUGHT, HALF_LIFE_DAYS * DAY) == Lesson(
        given_sum=-0.25, given_count=2, received_sum=0.625, received_count=2.5
    )


def test_a_clock_that_went_back_lets_nothing_grow() -> None:
    assert faded(TAUGHT, -DAY) == TAUGHT


@given(st.floats(0, 400), st.floats(0, 400))
def test_fading_twice_is_fading_for_both_times(first: float, second: float) -> None:
    twice, once = faded(faded(TAUGHT, first * DAY), second * DAY), faded(TAUGHT, (first + second) * DAY)
    assert msgspec.structs.astuple(twice) == pytest.approx(msgspec.structs.astuple(once))


def test_lessons_add_up_and_none_are_nothing() -> None:
    assert added([TAUGHT, faded(TAUGHT, HALF_LIFE_DAYS * DAY)]) == Lesson(
        given_sum=-0.75, given_count=6, received_sum=1.875, received_count=7.5
    )
    assert added([]) == Lesson()
