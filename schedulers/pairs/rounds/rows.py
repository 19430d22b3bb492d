"""The rules of a round over its columns: a row for every rule.

Every person is in exactly one column or sits out. Written so, trios, tables with two hosts and due
must-meets are rows like any other, and the prices of the rows tell which columns can matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from schedulers.pairs.rounds.task import TRIO, RoundTask

if TYPE_CHECKING:
    from schedulers.pairs.rounds.columns import Columns
    from schedulers.problem import IntArray

FloatArray: TypeAlias = NDArray[np.float64]


class Cell(NamedTuple):
    """Of ``people``, at least ``least`` and at most ``most`` sit out."""

    people: IntArray
    least: int
    most: int


class Waiting(NamedTuple):
    """How many sit out of a round in all, and of which people: the cells share nobody."""

    cells: tuple[Cell, ...]
    least: int
    most: int

    @property
    def people(self) -> IntArray:
        """Return the people who may sit out, in the order of their columns."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *(c.people for c in self.cells if c.most)])


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """``least <= matrix @ x <= most`` over the columns, followed by one column for each sit-out.

    ``spans`` says which rows belong to which rule. All coefficients are 1.
    """

    matrix: sparse.csr_matrix
    least: FloatArray
    most: FloatArray
    spans: dict[str, slice]


def rows_of(task: RoundTask, columns: Columns, waiting: Waiting) -> Rows:
    """Return the rules of a round in which people sit out as ``waiting`` says."""
    outs = waiting.people
    draft = _Draft(len(columns) + len(outs))
    draft.add("people", _people_rows(task, columns, outs), [(1, 1)] * task.p)
    at = len(columns)
    for cell in waiting.cells:
        if cell.most:
            draft.row("cells", np.arange(at, at + len(cell.people)), cell.least, cell.most)
            at += len(cell.people)
    if len(outs):
        draft.row("waiting", np.arange(len(columns), at), waiting.least, waiting.most)
    draft.row("tables", np.arange(len(columns)), 0, task.tables)
    is_trio = columns.members[:, 2] >= 0
    if task.trio:
        # An even number of others cannot all sit at tables of two, so that the trio is certain.
        trios = (task.p - waiting.least) % 2
        draft.row("trio", np.flatnonzero(is_trio), trios * (waiting.least == waiting.most), min(1, task.p))
    for part in odd_parts(task):
        trios_inside = np.flatnonzero(is_trio & np.isin(columns.members[:, 0], part))
        inside = len(columns) + np.flatnonzero(np.isin(outs, part))
        draft.row("parts", np.concatenate([trios_inside, inside]), 1, task.p)
    for hosts in shared_tables(task):
        draft.row("hosts", np.flatnonzero(np.isin(columns.members, hosts).any(axis=1)), 0, 1)
    for pair in task.musts:
        draft.row("musts", np.flatnonzero(np.isin(columns.members, pair).sum(axis=1) == len(pair)), 1, 1)
    return draft.rows()


def odd_parts(task: RoundTask) -> list[IntArray]:
    """Return the parts of the room that have nobody to meet outside and an odd number of people.

    In each of them somebody is left over, unless it holds the trio. The relaxation alone would not see
    it: it lets three people meet by halves.
    """
    number, label = connected_components(sparse.csr_matrix(task.possible), directed=False)
    parts = [np.flatnonzero(label == part) for part in range(number)]
    return [part for part in parts if len(part) % 2] if number > 1 else []


def shared_tables(task: RoundTask) -> list[IntArray]:
    """Return for each table that is fixed for several people who these are."""
    hosts = (np.flatnonzero(task.fixed == table) for table in np.unique(task.fixed[task.fixed >= 0]))
    return [people for people in hosts if len(people) > 1]


class _Draft:
    """Rows under construction."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._blocks: list[sparse.csr_matrix] = []
        self._limits: list[tuple[float, float]] = []
        self._spans: dict[str, slice] = {}

    def add(self, rule: str, block: sparse.csr_matrix, limits: list[tuple[float, float]]) -> None:
        start = self._spans[rule].start if rule in self._spans else len(self._limits)
        self._blocks.append(block)
        self._limits += limits
        self._spans[rule] = slice(start, len(self._limits))

    def row(self, rule: str, columns: IntArray, least: float, most: float) -> None:
        place = (np.zeros(len(columns), dtype=np.int64), columns)
        block = sparse.csr_matrix((np.ones(len(columns)), place), shape=(1, self._width))
        self.add(rule, block, [(least, most)])

    def rows(self) -> Rows:
        least, most = np.array(self._limits, dtype=np.float64).reshape(-1, 2).T
        return Rows(sparse.vstack(self._blocks, format="csr"), least.copy(), most.copy(), self._spans)


def _people_rows(task: RoundTask, columns: Columns, outs: IntArray) -> sparse.csr_matrix:
    person = np.concatenate([columns.members.ravel(), outs])
    column = np.concatenate([np.repeat(np.arange(len(columns)), TRIO), len(columns) + np.arange(len(outs))])
    real = person >= 0
    shape = (task.p, len(columns) + len(outs))
    return sparse.csr_matrix((np.ones(real.sum()), (person[real], column[real])), shape=shape)
