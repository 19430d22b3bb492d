"""Shares as they are written: rounded against us, with as many decimals as the truth needs."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor, log10
from typing import TYPE_CHECKING

from babel.numbers import format_percent

if TYPE_CHECKING:
    from babel import Locale

MOST_DECIMALS = 6
_PATTERN = f"#,##0.{'#' * MOST_DECIMALS}%"


def missing_text(gap: float, locale: Locale | str) -> str:
    """Return ``gap``, 0 to 1, as percent, rounded up to two digits that count."""
    return _percent(Decimal(str(gap)), _decimals(gap), locale, rounding=ROUND_CEILING)


def reached_text(gap: float, locale: Locale | str) -> str:
    """Return what is reached where ``gap`` is missing, as percent, rounded down: 100 only if nothing is."""
    return _percent(1 - Decimal(str(gap)), _decimals(gap), locale, rounding=ROUND_FLOOR)


def _percent(part: Decimal, decimals: int, locale: Locale | str, *, rounding: str) -> str:
    step = Decimal(1).scaleb(-decimals - 2)
    return format_percent(part.quantize(step, rounding=rounding), format=_PATTERN, locale=locale)


def _decimals(gap: float) -> int:
    """Return the decimals of a percentage that show two digits of ``gap``, one at least."""
    return max(1, min(MOST_DECIMALS, 1 - floor(log10(gap * 100)))) if gap > 0 else 0
