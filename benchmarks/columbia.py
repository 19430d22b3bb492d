"""Evenings at which everybody met everybody of the other side: what any pairing would have brought is known.

The data are those of the speed-dating experiment at Columbia University, published in 2006. They carry no
licence and are no part of this project: whoever has them names their folder in ``AFFINITY_DATA``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from schedulers.affinity import AffinityProfile, ComponentWeights, content
from schedulers.learning import Rating, Ratings, answer_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from schedulers.lessons import FloatArray
    from schedulers.matrices import Matrix
    from schedulers.problem import BoolArray, IntArray

FILE = "columbia_part.csv"
ACTIVITIES = (
    *("sports", "tvsports", "exercise", "dining", "museums", "art", "hiking", "gaming", "clubbing"),
    *("reading", "tv", "theater", "movies", "concerts", "music", "shopping", "yoga"),
)
"""What people said from 1 to 10 how much it interests them."""

AN_INTEREST = 7
"""From this on an activity is an interest: 7 matters a little, 8 more, 9 and 10 very much."""

SOCIAL = ComponentWeights(exchange=0, interests=60, values=0, goals=0, novelty=0, sector=40)

Row = dict[str, str]


@dataclass(frozen=True, eq=False)
class Crowd:
    """One evening: ``n_left`` people of one side, then those of the other, all under one index.

    Attributes:
        yes: Shape ``(n, n)``: 1 where the row's person wanted to see the column's again, 0 where not.
        value: Shape ``(n, n)``: the same with how much they liked each other, as answers count.
        met: Shape ``(n, n)``, symmetric: of whom both answers are known.
    """

    number: int
    n_left: int
    profiles: tuple[AffinityProfile, ...]
    yes: FloatArray
    value: FloatArray
    met: BoolArray

    @property
    def n(self) -> int:
        """Return the number of people."""
        return len(self.profiles)

    @property
    def shortest(self) -> int:
        """Return the number of people on the smaller side."""
        return min(self.n_left, self.n - self.n_left)

    @cached_property
    def matches(self) -> FloatArray:
        """Return 1 where both said yes, shape ``(n, n)``."""
        return np.where(self.met, self.yes * self.yes.T, 0.0)

    @cached_property
    def content(self) -> Matrix:
        """Return how well people fit by what they said before the evening."""
        return content(self.profiles, SOCIAL)

    def ratings(self, rounds: Iterable[tuple[int, IntArray]]) -> Ratings:
        """Return both sides' answers of ``rounds``: their numbers, and who met, shape ``(pairs, 2)``."""
        return Ratings.of(
            Rating(author, about, number, float(self.value[author, about]))
            for number, pairs in rounds
            for one, other in pairs.tolist()
            for author, about in ((one, other), (other, one))
        )


def read_crowds(path: Path) -> list[Crowd]:
    """Return the evenings in ``path``, by number."""
    evenings: dict[int, list[Row]] = defaultdict(list)
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            evenings[int(row["wave"])].append(row)
    return [_crowd(number, rows) for number, rows in sorted(evenings.items())]


def _crowd(number: int, rows: list[Row]) -> Crowd:
    people = {int(row["iid"]): row for row in reversed(rows)}
    order = sorted(people, key=lambda person: (people[person]["gender"] != "1", person))
    place = {person: k for k, person in enumerate(order)}
    yes, value = np.full((2, len(order), len(order)), np.nan)
    for row in rows:
        if row["pid"] and int(float(row["pid"])) in place and row["dec"]:
            cell = place[int(row["iid"])], place[int(float(row["pid"]))]
            yes[cell] = float(row["dec"])
            value[cell] = _answer(row)
    return Crowd(
        number=number,
        n_left=sum(people[person]["gender"] == "1" for person in order),
        profiles=tuple(_profile(people[person]) for person in order),
        yes=yes,
        value=value,
        met=~np.isnan(yes) & ~np.isnan(yes.T),
    )


def _profile(row: Mapping[str, str]) -> AffinityProfile:
    marks = {activity: float(row[activity]) for activity in ACTIVITIES if row[activity]}
    levels = {activity: min(3, int(mark) - AN_INTEREST + 1) for activity, mark in marks.items()}
    return AffinityProfile(
        interests={activity: level for activity, level in levels.items() if level > 0},
        sector=row["field_cd"],
    )


def _answer(row: Mapping[str, str]) -> float:
    """Return an answer's value: marks from 1 to 10 are read as marks from 1 to 5 with steps between."""
    mark = 1 + 4 * (min(10.0, max(1.0, float(row["like"]))) - 1) / 9 if row["like"] else None
    value = answer_value("yes" if float(row["dec"]) else "no", mark, None)
    if value is None:
        raise ValueError("an answer always says yes or no")
    return value
