"""How quick and how good the planner of groups is.

Prints ``name value bar ok|MISSED`` for everything that is promised: CPU seconds of this process, medians over
the seeds; shares are the worst of them. All plans are checked; exit 1 if one is false or a bar is missed.
With ``--peers``, prints what else one could do beside it instead (:mod:`benchmarks.group_peers`).
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from typing import TYPE_CHECKING

from benchmarks.group_evenings import evening_bars
from benchmarks.group_golfers import golfer_bars, peer_lines
from benchmarks.group_peers import peer_table
from benchmarks.pair_runs import FalsePlanError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print what ``arguments`` ask for; return the exit code."""
    wanted = _parser().parse_args(arguments)
    is_good = True
    try:
        if wanted.peers:
            print(*peer_table(range(wanted.seeds)), sep="\n")
            return 0
        for bar in chain(golfer_bars(range(wanted.seeds)), evening_bars(range(wanted.seeds))):
            print(bar, flush=True)
            is_good &= bar.is_held
    except FalsePlanError as false:
        print(f"FALSE {false}", file=sys.stderr)
        return 1
    for line in peer_lines():
        print(line)
    return 0 if is_good else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3, metavar="K", help="runs of each row")
    parser.add_argument("--peers", action="store_true", help="a table of peers, in Markdown")
    return parser


if __name__ == "__main__":
    sys.exit(main())
