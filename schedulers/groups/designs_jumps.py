"""Jumps that are stored, for even numbers of tables and others whose smallest field is small.

Such matrices (:mod:`schedulers.groups.jumps`) have rounds and seats on an equal footing: turned over, rounds
become seats, and nobody meets anybody twice all the same. So one matrix serves for both, and for all smaller
ones. These were found by the search of this package, given a minute and more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from schedulers.problem import IntArray

# Number of tables: matrices of jumps, row by row, a digit each; after 9 come letters.
JUMPS: dict[int, tuple[str, ...]] = {
    10: (
        "00000 08174 02935 04362 06247 05789 07526 03498 01653",
        "00000000 05324879 02785361 06853297 03649518 09571682 07498125 08936754",
    ),
    12: (
        "00000 06589 081b4 02836 09a7b 036a8 0b34a 01952 07461 05713",
        "000000 078125 08a47b 0b7851 0a43b6 065793 091b68 036a89 02b6a7",
    ),
}


def stored_jumps(tables: int, seats: int, rounds: int) -> IntArray | None:
    """Return jumps, shape ``(rounds, seats)``, or ``None`` if none are stored for them."""
    for stored in JUMPS.get(tables, ()):
        jumps = np.array([[int(digit, 36) for digit in row] for row in stored.split()], dtype=np.int64)
        for turned in (jumps, jumps.T):
            if rounds <= len(turned) and seats <= turned.shape[1]:
                return turned[:rounds, :seats]
    return None
