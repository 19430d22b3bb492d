"""What it costs to mix sectors and seniority at tables, and how far they are mixed then.

Prints a row a room and strength: the value against not mixing, and the share of meetings between two who are
alike, with the least that there could be. Guests are made up: a third of what they care for goes with their
sector, some of which are larger; one in ten has not said a sector, or a seniority. The same seeds make the
same rows.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from event_server.domain.affinity import GOALS, PRESETS, VALUES
from event_server.planning.briefing import Briefing, Planned
from event_server.planning.mixing import mixed
from event_server.planning.problems import task_of
from schedulers.schedule import MaxIterations
from schedulers.solve import plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from event_server.planning.problems import Task
    from schedulers.schedule import Plan

SECTORS, TAGS_OF_SECTOR = 8, 6
UNSAID = 0.1
OF_OWN_SECTOR = 1 / 3
ROOMS = ((24, 4, 5), (40, 5, 6), (100, 5, 6), (300, 6, 6))
"""People, seats of a table, rounds."""

TIMES = (0.0, 0.5, 1.0, 2.0)
"""Strengths, as multiples of what an event uses."""

STOP = MaxIterations(60)


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one room at one strength, over all seeds.

    Attributes:
        worth: Value as a share of what it is without mixing.
        alike: Attribute -> share of meetings between two who are alike; ``least``: what it could be.
    """

    room: tuple[int, int, int]
    preset: str
    times: float
    worth: float
    repeats: int
    alike: dict[str, float]
    least: dict[str, float]

    def __str__(self) -> str:
        people, seats, rounds = self.room
        shares = " | ".join(f"{self.alike[name]:.1%} ({self.least[name]:.1%})" for name in self.alike)
        head = f"| {people} at tables of {seats}, {rounds} rounds | {self.preset} | {self.times:g} "
        return f"{head}| {self.worth - 1:+.1%} | {self.repeats} | {shares} |"


def rows(seeds: Sequence[int]) -> Iterator[Row]:
    """Measure every room with both mixes, at every strength."""
    for room in ROOMS:
        for preset in PRESETS:
            tasks = [task_of(_briefing(room, preset, seed)) for seed in seeds]
            plain = [_planned(task, 0.0) for task in tasks]
            for times in TIMES:
                plans = [_planned(task, times) for task in tasks] if times else plain
                yield _row(room, preset, times, tasks, plans, plain)


def _row(
    room: tuple[int, int, int],
    preset: str,
    times: float,
    tasks: Sequence[Task],
    plans: Sequence[Plan],
    plain: Sequence[Plan],
) -> Row:
    said = [mix for task, made in zip(tasks, plans, strict=True) for mix in mixed(task, made.seats)]
    shares = {
        name: np.mean([(mix.alike, mix.least) for mix in said if mix.attribute == name], axis=0)
        / np.mean([mix.meetings for mix in said])
        for name in ("sector", "seniority")
    }
    return Row(
        room=room,
        preset=preset,
        times=times,
        worth=sum(made.value for made in plans) / sum(made.value for made in plain),
        repeats=sum(made.repeats for made in plans),
        alike={name: float(share[0]) for name, share in shares.items()},
        least={name: float(share[1]) for name, share in shares.items()},
    )


def _planned(task: Task, times: float) -> Plan:
    balance = [rule._replace(weight=times * rule.weight) for rule in task.problem.balance] if times else []
    return plan(replace(task.problem, balance=balance), stop=STOP, seed=1)


def _briefing(room: tuple[int, int, int], preset: str, seed: int) -> Briefing:
    count, seats, rounds = room
    random = np.random.default_rng(seed)
    sizes = 1 / np.sqrt(np.arange(1, SECTORS + 1))
    return Briefing(
        event="measured",
        basis=1,
        seed=1,
        rounds=rounds,
        tables=-(-count // seats),
        seats=seats,
        odd="sit_out",
        colleagues_apart=True,
        people=tuple(_guest(i, count, sizes / sizes.sum(), random) for i in range(count)),
        weights=PRESETS[preset],
        mix_sectors=True,
        mix_seniority=True,
    )


def _guest(number: int, count: int, sizes: np.ndarray, random: np.random.Generator) -> Planned:
    sector = int(random.choice(SECTORS, p=sizes))

    def tags(most: int) -> tuple[str, ...]:
        own = sector * TAGS_OF_SECTOR + random.integers(TAGS_OF_SECTOR, size=most)
        of_any = random.integers(SECTORS * TAGS_OF_SECTOR, size=most)
        chosen = np.where(random.random(most) < OF_OWN_SECTOR, own, of_any)
        return tuple(f"tag {tag}" for tag in sorted(set(chosen.tolist())))

    return Planned(
        id=f"p{number:04}",
        here=True,
        organisation=f"organisation {random.integers(max(2, count // 3))}",
        sector="" if random.random() < UNSAID else f"sector {sector}",
        seniority=None if random.random() < UNSAID else int(random.integers(1, 6)),
        interests=dict.fromkeys(tags(4), 2),
        offers=tags(2),
        needs=tags(2),
        values=tuple(random.choice(VALUES, 3, replace=False).tolist()),
        goals=tuple(random.choice(GOALS, 2, replace=False).tolist()),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3, metavar="K", help="rooms of each kind (3)")
    seeds = range(parser.parse_args(arguments).seeds)
    print("| room | preset | strength | value | repeats | same sector (least) | same seniority (least) |")
    print("|---|---|---|---|---|---|---|")
    for row in rows(seeds):
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
