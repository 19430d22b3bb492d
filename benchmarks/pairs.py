"""How good and how quick the planner of pairs is, beside what else one could do.

Prints a line an evening: gap to the planner's proven bound, CPU seconds of this process, and how many
times the planner's seconds that is. The planner's clock is read at its first plan within .01 % of the
bound. All plans are checked; exit 1 if one is false, if a peer plans better, or if a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.instances import KINDS
from benchmarks.pair_bars import Bar, bars
from benchmarks.pair_peers import PEERS
from benchmarks.pair_runs import FalsePlanError, warm_up
from benchmarks.pair_table import Row, as_markdown, as_text, compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.pair_peers import Peer

SIZES = (20, 40, 100, 200, 500, 1000, 2000)
QUICK_SIZES = (20, 40, 100)
QUICK_SECONDS = 0.6


@dataclass
class Report:
    """What was measured so far."""

    rows: list[Row] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Return whether no peer was better and no bar is missed."""
        return not any(row.beaten_by for row in self.rows) and all(bar.is_held for bar in self.bars)

    def data(self) -> dict[str, Any]:
        """Return the report as JSON takes it; what never happened is null."""
        measured = [
            {
                "name": bar.name,
                "value": bar.value if math.isfinite(bar.value) else None,
                "limit": bar.limit,
                "held": bar.is_held,
            }
            for bar in self.bars
        ]
        return {"rows": [row.data() for row in self.rows], "bars": measured}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print what ``arguments`` ask for; return the exit code."""
    wanted = _parser().parse_args(arguments)
    wanted.seeds = wanted.seeds or (1 if wanted.quick else 3)
    wanted.seconds = wanted.seconds or (QUICK_SECONDS if wanted.quick else 5.0)
    peers = [peer for peer in PEERS if peer.is_quick or not wanted.quick]
    report = Report()
    try:
        warm_up(peers)
        if wanted.bars:
            _measure_bars(report, range(wanted.seeds))
        else:
            _measure_rows(report, wanted, peers)
    except FalsePlanError as false:
        print(f"FALSE {false}", file=sys.stderr)
        return 1
    if wanted.markdown:
        print(as_markdown(report.rows, peers))
    if wanted.json:
        wanted.json.write_text(json.dumps(report.data(), indent=1) + "\n", encoding="utf-8")
    return 0 if report.is_good else 1


def _measure_bars(report: Report, seeds: Sequence[int]) -> None:
    for bar in bars(seeds):
        report.bars.append(bar)
        print(bar, flush=True)


def _measure_rows(report: Report, wanted: argparse.Namespace, peers: Sequence[Peer]) -> None:
    for kind in wanted.kinds:
        for n in wanted.sizes or (QUICK_SIZES if wanted.quick else SIZES):
            row = compare(kind, n, seeds=range(wanted.seeds), peers=peers, seconds=wanted.seconds)
            report.rows.append(row)
            print(as_text(row), flush=True)
            for who in row.beaten_by:
                print(f"BETTER on {row.name}: {who}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--sizes", nargs="+", type=int, metavar="N", help="numbers of people")
    parser.add_argument("--seeds", type=int, metavar="K", help="evenings a row; medians are shown")
    parser.add_argument("--seconds", type=float, help="longest search for a proof, by the clock")
    parser.add_argument("--quick", action="store_true", help="small rooms, one seed, no slow peers")
    parser.add_argument("--bars", action="store_true", help="only what is promised: name value bar ok|MISSED")
    parser.add_argument(
        "--markdown", action="store_true", help="print the table of docs/schedulers.md at the end"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    return parser


if __name__ == "__main__":
    sys.exit(main())
