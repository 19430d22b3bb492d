"""How good pairings by affinity are, and how quick: a line each, ``name value bar``.

Needs data that are no part of this project: ``AFFINITY_DATA`` names the folder of ``columbia_part.csv`` and
``offers_needs/``. With ``OMP_NUM_THREADS=1`` the time is that of one core. Exit 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import affinity_speed, columbia, offers_needs
from benchmarks.affinity_bars import first_event, later_event, predictions
from benchmarks.pair_bars import Bar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.affinity_figures import Line

FOLDER = "AFFINITY_DATA"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reps", type=int, default=60, metavar="N", help="runs of every evening (60)")
    reps = parser.parse_args(arguments).reps
    folder = Path(os.environ.get(FOLDER, ""))
    wanted = [columbia.FILE, *(f"{offers_needs.FOLDER}/{name}" for name in offers_needs.FILES)]
    missing = [name for name in wanted if not (folder / name).is_file()]
    if not os.environ.get(FOLDER) or missing:
        print(f"skipped: {FOLDER} names no folder with {', '.join(missing or wanted)}")
        return 0
    is_good = True
    for line in lines(folder, reps):
        print(line, flush=True)
        is_good = is_good and (not isinstance(line, Bar) or line.is_held)
    return 0 if is_good else 1


def lines(folder: Path, reps: int) -> Iterator[Line]:
    """Measure everything from the data in ``folder``, each evening ``reps`` times."""
    crowds = columbia.read_crowds(folder / columbia.FILE)
    delegates = offers_needs.read_delegates(folder / offers_needs.FOLDER)
    yield from chain(
        affinity_speed.bars(),
        first_event(crowds, reps),
        later_event(crowds, reps),
        predictions(crowds, reps),
        offers_needs.bars(delegates, reps),
    )


if __name__ == "__main__":
    sys.exit(main())
