"""Jumps that are stored: for numbers of tables with a small prime power, of which rings know little.

Such matrices (:mod:`schedulers.groups.jumps`) have rounds and seats on an equal footing: turned over, rounds
become seats, and nobody meets anybody twice all the same. So one matrix serves for both, and for all smaller
ones. These were found by the search of this package within a minute each.
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
        "00000000 0ab51964 02418695 0329784b 097654b1 058a4123 016b3758 08346b17 04a8b276",
    ),
    14: (
        "000000 0342db 08a624 0d743a 0a8719 0b358c 0c5d43 0518c7 09c1a2 02bc58 076b95",
        "0000000 017c23a 0a86427 093a14d 0d489b1 07bdc65 0569384 081b7d2 0654dac",
        "00000000 062a9d81 0db475c6 05781ab9 0891ab25 0183dca2 0ba7819d 0adb3874",
    ),
    15: (
        "000000 0d34c2 017e98 091aeb 0eb73d 042679 0a6914 03dca1 06814c 089b23 0ba8d7",
        "0000000 0327985 02ac751 07186d3 01b4a39 0b95478 0d438ce 04612ba 08deb26 0c8be94",
        "00000000 0c1b3e94 0a9cd367 08241d3b 023a4b58 0e659ac1 064921ea 035dc6a2 07c864b5",
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
