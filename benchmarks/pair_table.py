"""The planner of pairs and its peers side by side: one row an evening, as text, as Markdown, as data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.instances import evening
from benchmarks.pair_runs import GOOD_GAP, Run, measure_peer, rank, search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.pair_peers import Peer

OURS = "girotondo"
PEER_BUDGET_SECONDS = 30.0
"""A peer that used as much for one row gets no further seed."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The runs of one way to plan on one row: medians, and the most must-meets missed."""

    seconds: float
    gap: float | None
    proof_seconds: float | None
    unmet: int

    @classmethod
    def of(cls, runs: Sequence[Run]) -> Figures:
        """Return the figures of ``runs``, of which there is at least one."""
        return cls(
            seconds=median(run.seconds for run in runs),
            gap=_median_of_known([run.gap for run in runs]),
            proof_seconds=_median_of_known([run.proof_seconds for run in runs]),
            unmet=max(len(run.plan.unmet) for run in runs),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One kind and size of evening: who planned it how well, and which peers were better somewhere."""

    kind: str
    n: int
    rounds: int
    figures: dict[str, Figures]
    beaten_by: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return what the row is about."""
        return f"{self.kind} n={self.n} R={self.rounds}"

    def times(self, who: str) -> float:
        """Return how many times as long ``who`` took as the planner."""
        return self.figures[who].seconds / max(self.figures[OURS].seconds, 1e-6)

    def data(self) -> dict[str, Any]:
        """Return the row as JSON takes it; gaps are fractions."""
        figures = {
            who: {
                "seconds": found.seconds,
                "times": self.times(who),
                "gap": found.gap,
                "proof_seconds": found.proof_seconds,
                "unmet": found.unmet,
            }
            for who, found in self.figures.items()
        }
        return {"kind": self.kind, "n": self.n, "rounds": self.rounds, "figures": figures}


def rounds_for(n: int) -> int:
    """Return ten rounds, or fewer in a small room, where ten would be nearly everybody."""
    return max(1, min(10, n // 4))


def compare(kind: str, n: int, *, seeds: Iterable[int], peers: Iterable[Peer], seconds: float) -> Row:
    """Let the planner and ``peers`` plan the same evenings, one a seed.

    Args:
        kind: The kind of evening.
        n: The number of people.
        seeds: What to draw the evenings from.
        peers: Those who are not afraid of ``n`` people take part.
        seconds: How long the planner may go on searching for a proof, by the clock.

    Raises:
        FalsePlanError: If anybody's plan breaks a rule or states what is not true.
    """
    runs: dict[str, list[Run]] = {OURS: []}
    beaten_by = []
    for seed in seeds:
        problem = evening(kind, n, rounds_for(n), seed=seed)
        ours = search(problem, seconds=seconds, seed=seed)
        runs[OURS].append(ours.run(GOOD_GAP))
        for peer in peers:
            theirs = runs.setdefault(peer.name, [])
            if n > peer.most_people or sum(run.seconds for run in theirs) > PEER_BUDGET_SECONDS:
                continue
            theirs.append(measure_peer(peer, problem, seed=seed, bound=ours.bound))
            if rank(problem, theirs[-1].plan) > rank(problem, ours.last):
                beaten_by.append(f"{peer.name}, seed {seed}")
    figures = {who: Figures.of(found) for who, found in runs.items() if found}
    return Row(kind, n, rounds_for(n), figures, beaten_by)


def as_text(row: Row) -> str:
    """Return ``row`` as one line."""
    return " | ".join([row.name, *(f"{who} {_cell(row, who)}" for who in row.figures)])


def as_markdown(rows: Sequence[Row], peers: Sequence[Peer]) -> str:
    """Return ``rows`` as a table; a dash where a peer was not asked."""
    names = [peer.name for peer in peers]
    lines = [
        "| evening | girotondo | proven after | " + " | ".join(names) + " |",
        "|---" * (3 + len(names)) + "|",
    ]
    for row in rows:
        cells = [row.name, _cell(row, OURS), _seconds(row.figures[OURS].proof_seconds)]
        cells += [_cell(row, name) if name in row.figures else "-" for name in names]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(row: Row, who: str) -> str:
    """Return gap, CPU seconds, how many times the planner's that is, and must-meets missed, if any."""
    found = row.figures[who]
    cell = f"{_percent(found.gap)} / {_seconds(found.seconds)}"
    if who != OURS:
        cell += f" ({_short(row.times(who))}x)"
    return cell + (f", {found.unmet} unmet" if found.unmet else "")


def _percent(gap: float | None) -> str:
    if gap is None:
        return "-"
    if gap == 0:
        return "0"
    return f"{_short(100 * gap)} %"


def _seconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{_short(seconds)} s"


def _short(value: float) -> str:
    """Return two digits, or all before the point."""
    return f"{value:.2g}" if abs(value) < 10 else f"{value:.0f}"


def _median_of_known(values: Sequence[float | None]) -> float | None:
    """Return the median, where what is not known is worse than anything; ``None`` if it is that."""
    middle = median(math.inf if value is None else value for value in values)
    return middle if math.isfinite(middle) else None
