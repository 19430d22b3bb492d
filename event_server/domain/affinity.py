"""What an evening holds to matter when two people are matched, and the fixed words for values and goals."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from event_server.domain.messages import Weights

if TYPE_CHECKING:
    from collections.abc import Mapping

VALUES: Final = (
    "beauty",
    "care",
    "community",
    "courage",
    "creativity",
    "curiosity",
    "fairness",
    "freedom",
    "generosity",
    "growth",
    "honesty",
    "humour",
    "listening",
    "nature",
    "patience",
    "reliability",
    "responsibility",
    "simplicity",
    "solidarity",
    "trust",
)
"""Values one may choose from. Only how many two people share counts; nobody is ever shown another's."""

VALUES_LIMIT: Final = 5
"""Values of one person at most: who chooses all chooses none."""

GOALS: Final = (
    "hire",
    "seek",
    "mentor",
    "mentee",
    "raise",
    "invest",
    "partner",
    "learn",
    "volunteer",
    "friends",
)
"""What one may want of an evening; which of them answer each other, the solver's model knows."""

GOALS_LIMIT: Final = 3
"""Goals of one person at most."""

IMPORTANCE: Final = range(1, 4)
"""How much an interest matters to its owner: 1 a little, 3 very much."""

MIDDLING: Final = 2
"""How much an interest matters of which nothing is said."""


MOST_WEIGHT: Final = 100

PRESETS: Final[Mapping[str, Weights]] = MappingProxyType(
    {
        "networking": Weights(),
        "social": Weights(exchange=0, interests=60, values=0, goals=0, novelty=0, sector=40),
    }
)
"""Weights that go together. They are a judgement, not a fit."""


def preset_of(weights: Weights) -> str:
    """Return the name of the preset that ``weights`` are, or an empty text."""
    return next((name for name, known in PRESETS.items() if known == weights), "")
