"""What values and goals are called on screens: English texts, which the catalogs translate."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


def N_(message: str) -> str:  # noqa: N802 - the name that extractors of gettext know
    """Mark ``message`` for translation later, and return it as it is."""
    return message


VALUE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "beauty": N_("beauty"),
        "care": N_("care"),
        "community": N_("community"),
        "courage": N_("courage"),
        "creativity": N_("creativity"),
        "curiosity": N_("curiosity"),
        "fairness": N_("fairness"),
        "freedom": N_("freedom"),
        "generosity": N_("generosity"),
        "growth": N_("growth"),
        "honesty": N_("honesty"),
        "humour": N_("humour"),
        "listening": N_("listening"),
        "nature": N_("nature"),
        "patience": N_("patience"),
        "reliability": N_("reliability"),
        "responsibility": N_("responsibility"),
        "simplicity": N_("simplicity"),
        "solidarity": N_("solidarity"),
        "trust": N_("trust"),
    }
)
"""Name of each of `VALUES`."""

GOAL_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hire": N_("find people to hire"),
        "seek": N_("find work"),
        "mentor": N_("guide somebody"),
        "mentee": N_("find a guide"),
        "raise": N_("raise money"),
        "invest": N_("invest in ideas"),
        "partner": N_("work together"),
        "learn": N_("learn something new"),
        "volunteer": N_("volunteer"),
        "friends": N_("make friends"),
    }
)
"""Name of each of `GOALS`: what one wants to do, so that it also ends "You both want to …"."""
