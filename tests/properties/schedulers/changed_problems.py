"""What a change makes of a problem, in the plainest words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import assume

from schedulers.problem import Problem, Table
from schedulers.wishes.rules import (
    AddRound,
    AddTable,
    Attend,
    Change,
    Drop,
    FreeSeat,
    LargerTables,
    MeetAgain,
    Permit,
    Postpone,
)


def changed(problem: Problem, change: Change) -> list[Problem]:
    """Return ``problem`` after ``change``, as it is in each round."""
    allowed, present, fixed = problem.allowed.copy(), problem.present.copy(), problem.fixed.copy()
    match change:
        case Drop(wish):
            problem = replace(problem, must_meet=[must for must in problem.musts if must != wish])
        case Postpone(wish, by):
            late = [must._replace(by=by) if must == wish else must for must in problem.musts]
            # Two equal wishes would count as one.
            assume(len(set(late)) == len(late))
            problem = replace(problem, must_meet=late)
        case Attend(person, r):
            present[person, r] = True
            problem = replace(problem, present=present)
        case Permit(i, j):
            if problem.sides.size:
                allowed &= problem.sides[:, None] != problem.sides[None, :]
            allowed[i, j] = allowed[j, i] = True
            problem = replace(problem, allowed=allowed, sides=np.zeros(0, dtype=int))
        case MeetAgain(i, j):
            problem = replace(problem, met=[pair for pair in problem.met if set(pair) != {i, j}])
        case FreeSeat(person):
            fixed[person] = -1
            problem = replace(problem, fixed=fixed)
        case AddTable(r):
            largest = max((table.seats for table in problem.tables), default=2)
            more = replace(problem, tables=[*problem.tables, Table(largest)])
            return [more if k == r else problem for k in range(problem.rounds)]
        case LargerTables(seats):
            tables = [replace(table, seats=max(seats, table.seats)) for table in problem.tables]
            problem = replace(problem, tables=tables)
        case AddRound():
            longer = np.concatenate([present, present[:, -1:]], axis=1)
            problem = replace(problem, rounds=problem.rounds + 1, present=longer)
    return [problem] * problem.rounds
