"""Lines of the benchmark of affinity: a bar, or a figure of which nothing is promised."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.pair_bars import Bar


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of which nothing is promised."""

    name: str
    value: float

    def __str__(self) -> str:
        return f"{self.name} {self.value:.6g} -"


Line = Bar | Figure
