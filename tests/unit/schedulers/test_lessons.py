"""What is kept for later events: adding up, fading, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from schedulers.lessons import COLUMNS, Lessons, faded, no_lessons


def lessons(given: list[float], received: list[float], count: float = 4) -> Lessons:
    counts = np.full(len(given), float(count))
    return Lessons(
        given_sum=np.array(given),
        given_count=counts,
        received_sum=np.array(received),
        received_count=counts + 1,
    )


def figures(some: Lessons) -> list[list[float]]:
    return [getattr(some, name).tolist() for name in COLUMNS]


def test_half_is_left_after_a_half_life_of_180_days() -> None:
    assert figures(faded(lessons([0.8], [-0.4]), 180)) == [[0.4], [2.0], [-0.2], [2.5]]
    assert figures(faded(lessons([0.8], [-0.4]), 60, half_life=30)) == [[0.2], [1.0], [-0.1], [1.25]]


def test_nothing_has_faded_on_the_same_day() -> None:
    assert figures(faded(lessons([0.8], [-0.4]), 0)) == figures(lessons([0.8], [-0.4]))


def test_everybody_may_have_days_of_their_own() -> None:
    assert faded(lessons([1, 1], [0, 0]), np.array([0.0, 360.0])).given_sum.tolist() == [1, 0.25]


def test_lessons_of_two_events_add_up() -> None:
    both = lessons([0.5, 0], [0, 1], count=2) + lessons([0.25, 1], [-1, 1], count=3)
    assert figures(both) == [[0.75, 1], [5, 5], [-1, 2], [7, 7]]
    assert figures(both + no_lessons(2)) == figures(both)


def test_lessons_of_different_people_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="2 people and of 3"):
        _ = no_lessons(2) + no_lessons(3)


def test_impossible_lessons_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        Lessons(
            given_sum=np.ones(2), given_count=np.ones(2), received_sum=np.ones(2), received_count=np.ones(3)
        )
    with pytest.raises(ValueError, match="finite"):
        lessons([np.nan], [0])
    with pytest.raises(ValueError, match="negative"):
        lessons([0], [0], count=-1)


@pytest.mark.parametrize(("days", "half_life"), [(-1, 180), (1, 0), (float("nan"), 180)])
def test_fading_backwards_is_refused(days: float, half_life: float) -> None:
    with pytest.raises(ValueError, match="fade"):
        faded(no_lessons(1), days, half_life)
