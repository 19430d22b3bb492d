"""What is kept for later events: what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from schedulers.lessons import Lessons


def lessons(given: list[float], received: list[float], count: float = 4) -> Lessons:
    counts = np.full(len(given), float(count))
    return Lessons(
        given_sum=np.array(given),
        given_count=counts,
        received_sum=np.array(received),
        received_count=counts + 1,
    )


def test_impossible_lessons_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        Lessons(
            given_sum=np.ones(2), given_count=np.ones(2), received_sum=np.ones(2), received_count=np.ones(3)
        )
    with pytest.raises(ValueError, match="finite"):
        lessons([np.nan], [0])
    with pytest.raises(ValueError, match="negative"):
        lessons([0], [0], count=-1)
