"""Problem files and plan files: JSON on paper's side, a :class:`Problem` and a :class:`Plan` on ours.

Reading is strict: an unknown key or id, an asymmetric weight or a value out of range is an error that
names it. Nothing here plans anything, so that a plan can be verified without a solver.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import numpy as np

from schedulers.formats import (
    AttendeeEntry,
    PlanFile,
    PricesEntry,
    ProblemFile,
    TableEntry,
    UnmetEntry,
)
from schedulers.plan_kind import FalseProof
from schedulers.problem import Balance, BoolArray, InvalidProblem, MustMeet, Problem, Table, pair_matrix
from schedulers.schedule import Prices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from schedulers.schedule import Plan


Content = TypeVar("Content", bound=msgspec.Struct)


class UnreadableFile(ValueError):  # noqa: N818 -- the words of the field
    """A file that cannot be read as what it should be; the message names the file and the reason."""


@dataclass(frozen=True, eq=False, slots=True)
class NamedProblem:
    """A problem together with the ids by which its people are known: ``ids[i]`` is person ``i``."""

    ids: tuple[str, ...]
    problem: Problem


def read_problem(path: Path) -> NamedProblem:
    """Return the problem in the file at ``path``.

    Raises:
        UnreadableFile: If there is no such file or it is no problem file.
        InvalidProblem: If what it says is wrong.
    """
    return named_problem(_read(path, ProblemFile), folder=path.parent)


def read_plan(path: Path) -> PlanFile:
    """Return the content of the plan file at ``path``.

    Raises:
        UnreadableFile: If there is no such file or it is no plan file.
    """
    return _read(path, PlanFile)


def write_problem(path: Path, named: NamedProblem) -> None:
    """Write ``named`` to ``path``, whole or not at all."""
    _write(path, problem_content(named))


def write_plan(path: Path, plan: Plan, *, ids: Sequence[str], problem: Problem) -> None:
    """Write ``plan`` to ``path``, whole or not at all."""
    _write(path, plan_content(plan, ids=ids, problem=problem))


def named_problem(content: ProblemFile, *, folder: Path) -> NamedProblem:
    """Return what ``content`` says; ``folder`` is where its ``weights_file`` lies.

    Raises:
        InvalidProblem: Naming the first thing that is wrong.
    """
    if content.rounds < 0:
        raise InvalidProblem(f"rounds must not be negative, got {content.rounds}")
    ids = _ids(content.attendees)
    index = {name: i for i, name in enumerate(ids)}
    forbidden = _pairs(content.forbidden, index, key="forbidden")
    allowed = ~(pair_matrix(len(ids), forbidden) | _kept_apart(content))
    problem = Problem(
        _weights(content, folder),
        [Table(entry.seats, least=entry.least, x=entry.x, y=entry.y) for entry in content.tables],
        content.rounds,
        allowed=allowed,
        present=_presence(content),
        sides=_sides(content.attendees),
        must_meet=[_must(entry, index) for entry in content.must_meet],
        met=_pairs(content.met, index, key="met"),
        fixed=_fixed(content),
        balance=_balance(content),
        odd=content.odd,
        fairness=content.fairness,
        rotation=content.rotation,
    )
    return NamedProblem(ids, problem)


def problem_content(named: NamedProblem) -> ProblemFile:
    """Return ``named`` as a problem file; who may not meet is listed pair by pair, without the reason."""
    problem, ids = named.problem, named.ids
    first, second = np.nonzero(np.triu(~problem.allowed, 1))
    return ProblemFile(
        format="girotondo-problem/1",
        rounds=problem.rounds,
        tables=[TableEntry(table.seats, table.least, table.x, table.y) for table in problem.tables],
        attendees=[_attendee(named, i) for i in range(problem.n)],
        weights=problem.weights.tolist(),
        forbidden=[(ids[i], ids[j]) for i, j in zip(first.tolist(), second.tolist(), strict=True)],
        must_meet=[
            [ids[must.first], ids[must.second], *([] if must.by is None else [must.by])]
            for must in problem.musts
        ],
        met=[(ids[i], ids[j]) for i, j in problem.met],
        balance={rule.attribute: rule.weight for rule in problem.balance},
        odd=problem.odd,
        fairness=problem.fairness,
        rotation=problem.rotation,
    )


def plan_content(plan: Plan, *, ids: Sequence[str], problem: Problem) -> PlanFile:
    """Return ``plan`` as a plan file."""
    rounds: list[list[list[str]]] = []
    sitting_out: list[list[str]] = []
    for r, row in enumerate(plan.seats.tolist()):
        tables: list[list[str]] = [[] for _ in problem.tables]
        for person, table in enumerate(row):
            if table >= 0:
                tables[table].append(ids[person])
        rounds.append(tables)
        waiting = problem.present[:, r] & (plan.seats[r] < 0)
        sitting_out.append([ids[person] for person in np.flatnonzero(waiting).tolist()])
    return PlanFile(
        format="girotondo-plan/1",
        rounds=rounds,
        sitting_out=sitting_out,
        value=plan.value,
        bound=plan.bound,
        gap=plan.gap,
        search_bound=plan.search_bound,
        floor=plan.floor,
        floor_bound=plan.floor_bound,
        repeats=plan.repeats,
        repeats_bound=plan.repeats_bound,
        unmet=[UnmetEntry("must_meet", [ids[must.first], ids[must.second]], must.by) for must in plan.unmet],
        seed=plan.seed,
        stages=[(stage.name, round(stage.seconds, 4), stage.gap) for stage in plan.stages],
        certificate=None if plan.certificate is None else _prices_content(plan.certificate, ids),
    )


def prices_in(content: PricesEntry, ids: Sequence[str]) -> Prices:
    """Return the prices that ``content`` states; ``ids[i]`` is person ``i``.

    Raises:
        FalseProof: If it names somebody unknown.
    """
    index = {name: i for i, name in enumerate(ids)}

    def person(name: str) -> int:
        if name not in index:
            raise FalseProof(f"it names {name!r}, who is no attendee")
        return index[name]

    return Prices(
        scale=content.scale,
        prices=tuple(content.prices),
        bonus=content.bonus,
        sit_out=content.sit_out,
        often=content.often,
        held=content.held,
        musts=tuple((person(first), person(second)) for first, second in content.musts),
        odd_sets=tuple((tuple(map(person, people)), price) for people, price in content.odd_sets),
    )


def _prices_content(prices: Prices, ids: Sequence[str]) -> PricesEntry:
    return PricesEntry(
        kind="prices",
        scale=prices.scale,
        held=prices.held,
        bonus=prices.bonus,
        prices=list(prices.prices),
        sit_out=prices.sit_out,
        often=prices.often,
        musts=[(ids[first], ids[second]) for first, second in prices.musts],
        odd_sets=[([ids[person] for person in people], price) for people, price in prices.odd_sets],
    )


def _read(path: Path, kind: type[Content]) -> Content:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise UnreadableFile(f"{path.name}: {error.strerror or error}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{path.name}: {error}") from error


def _write(path: Path, content: msgspec.Struct) -> None:
    """Write beside ``path`` first: a full disk must not leave half a file under the real name."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(msgspec.json.encode(content) + b"\n")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error


def _ids(attendees: Sequence[AttendeeEntry]) -> tuple[str, ...]:
    seen: set[str] = set()
    for entry in attendees:
        if entry.id in seen:
            raise InvalidProblem(f"two attendees have the id {entry.id!r}")
        seen.add(entry.id)
    return tuple(entry.id for entry in attendees)


def _person(name: str, index: dict[str, int], *, key: str) -> int:
    if name not in index:
        raise InvalidProblem(f"{key} names {name!r}, who is no attendee")
    return index[name]


def _pairs(pairs: Sequence[tuple[str, str]], index: dict[str, int], *, key: str) -> list[tuple[int, int]]:
    found = []
    for first, second in pairs:
        if first == second:
            raise InvalidProblem(f"{key} pairs {first!r} with themselves")
        found.append((_person(first, index, key=key), _person(second, index, key=key)))
    return found


def _must(entry: Sequence[str | int], index: dict[str, int]) -> MustMeet:
    match entry:
        case [str(first), str(second)]:
            by = None
        case [str(first), str(second), int(last)]:
            by = last
        case _:
            raise InvalidProblem(f"must_meet needs two ids and perhaps a round, not {list(entry)!r}")
    ((one, other),) = _pairs([(first, second)], index, key="must_meet")
    return MustMeet(one, other, by)


def _kept_apart(content: ProblemFile) -> BoolArray:
    """Return who shares a group named in ``apart``; without that group one is free."""
    n = len(content.attendees)
    apart = np.zeros((n, n), dtype=np.bool_)
    for group in content.apart:
        codes = _codes([entry.groups.get(group) for entry in content.attendees])
        apart |= (codes[:, None] == codes[None, :]) & (codes >= 0)[:, None]
    return apart


def _codes(values: Sequence[str | int | None]) -> NDArray[np.int64]:
    """Return a number for every distinct value, in order of appearance, and -1 for ``None``."""
    seen: dict[str | int, int] = {}
    return np.array([-1 if v is None else seen.setdefault(v, len(seen)) for v in values], dtype=np.int64)


def _sides(attendees: Sequence[AttendeeEntry]) -> NDArray[np.int64]:
    codes = _codes([entry.side for entry in attendees])
    if (codes < 0).all():
        return np.zeros(0, dtype=np.int64)
    if (codes < 0).any():
        raise InvalidProblem(f"attendee {attendees[int(codes.argmin())].id!r} has no side, others have one")
    if codes.max() != 1:
        raise InvalidProblem(f"side must have exactly two values, not {codes.max() + 1}")
    return codes


def _presence(content: ProblemFile) -> BoolArray:
    present = np.ones((len(content.attendees), content.rounds), dtype=np.bool_)
    for i, entry in enumerate(content.attendees):
        for r in entry.absent:
            if not 0 <= r < content.rounds:
                raise InvalidProblem(f"attendee {entry.id!r} is absent in round {r}, which does not exist")
            present[i, r] = False
    return present


def _fixed(content: ProblemFile) -> NDArray[np.int64]:
    for entry in content.attendees:
        if entry.table is not None and not 0 <= entry.table < len(content.tables):
            raise InvalidProblem(f"attendee {entry.id!r} sits at table {entry.table}, which does not exist")
    return np.array([-1 if e.table is None else e.table for e in content.attendees], dtype=np.int64)


def _balance(content: ProblemFile) -> list[Balance]:
    return [
        Balance(name, weight, tuple(entry.attributes.get(name) for entry in content.attendees))
        for name, weight in content.balance.items()
    ]


def _attendee(named: NamedProblem, i: int) -> AttendeeEntry:
    problem = named.problem
    known = {rule.attribute: rule.values[i] for rule in problem.balance}
    return AttendeeEntry(
        named.ids[i],
        absent=np.flatnonzero(~problem.present[i]).tolist(),
        table=int(problem.fixed[i]) if problem.fixed[i] >= 0 else None,
        side=str(problem.sides[i]) if problem.sides.size else None,
        attributes={name: value for name, value in known.items() if value is not None},
    )


def _weights(content: ProblemFile, folder: Path) -> NDArray[Any]:
    n = len(content.attendees)
    if (content.weights is None) == (content.weights_file is None):
        raise InvalidProblem("either weights or weights_file must be given, and not both")
    if content.weights_file is not None:
        return _weights_beside(folder, content.weights_file, n)
    rows = content.weights or []
    if len(rows) != n or any(len(row) != n for row in rows):
        raise InvalidProblem(f"weights must have {n} rows of {n} numbers, one for every attendee")
    try:
        return np.array(rows, dtype=np.int64).reshape(n, n)
    except OverflowError as error:
        raise InvalidProblem("weights must lie between 0 and 1000") from error


def _weights_beside(folder: Path, name: str, n: int) -> NDArray[Any]:
    """Return the matrix in the file ``name`` in ``folder``; a problem file must not reach elsewhere."""
    if name != Path(name).name or "\\" in name or not name.endswith(".npy"):
        raise InvalidProblem(f"weights_file must be the plain name of a .npy file, not {name!r}")
    try:
        # Mapped, not loaded: a header may promise more than the file holds.
        weights = np.load(folder / name, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{name}: {error}") from error
    if not isinstance(weights, np.ndarray) or weights.shape != (n, n) or weights.dtype.kind not in "iu":
        raise InvalidProblem(f"{name} must hold integers of shape ({n}, {n})")
    return np.array(weights)
