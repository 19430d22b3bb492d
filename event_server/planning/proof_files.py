"""The proof to take away: an archive of problem, plan and advice that ``girotondo verify`` confirms."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from event_server.planning.briefing import MOST_PROVEN
from event_server.planning.problems import task_of
from event_server.planning.stating import falsehoods, prices_of
from schedulers.files import NamedProblem, plan_content, problem_content
from schedulers.proof import price_bound
from schedulers.schedule import SITS_OUT, Plan, plan_of

if TYPE_CHECKING:
    from event_server.domain.commands import PublishPlan
    from event_server.planning.briefing import Briefing
    from event_server.planning.problems import Task
    from schedulers.problem import IntArray

WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
"""The oldest moment an archive knows: the same proof is the same file whenever it is written."""


class NoProof(ValueError):  # noqa: N818 -- reads as the answer
    """There is no proof to be written; the message says why."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A plan in force with its proof, and the problem they speak of."""

    task: Task
    plan: Plan


def proof_archive(briefing: Briefing, command: PublishPlan, readme: str) -> bytes:
    """Return a zip of ``problem.json``, ``weights.npy``, ``plan.json`` and ``README.txt``.

    Args:
        briefing: What the plan was made for.
        command: The plan as it was published.
        readme: What it is and how to check it, in the reader's language.

    Raises:
        NoProof: If the plan has none, is too large, or its figures are not those that were published.
    """
    proof = _proof(briefing, command)
    named = NamedProblem(proof.task.ids, proof.task.stated)
    content = problem_content(named)
    problem = msgspec.structs.replace(content, weights=None, weights_file="weights.npy")
    files = {
        "README.txt": readme.encode(),
        "problem.json": _json(problem),
        "plan.json": _json(plan_content(proof.plan, ids=proof.task.ids, problem=proof.task.stated)),
        "weights.npy": _npy(proof.task.stated.weights.astype(np.int16)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(
                zipfile.ZipInfo(f"girotondo-proof/{name}", WRITTEN_AT), body, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _proof(briefing: Briefing, command: PublishPlan) -> Proof:
    if command.figures is None or command.figures.proof is None:
        raise NoProof("the plan has no proof")
    if len(briefing.people) > MOST_PROVEN:
        raise NoProof(f"a proof for {len(briefing.people)} people would be too large")
    held = briefing.held[: command.first_round - 1]
    task = task_of(msgspec.structs.replace(briefing, held=held))
    try:
        prices = prices_of(command.figures.proof, task.ids)
        seats = _seats(task, command)
        bound = price_bound(task.stated, seats, prices)
    except (KeyError, ValueError, IndexError) as error:
        raise NoProof(f"the proof does not fit: {error}") from error
    base = plan_of(task.stated, seats, seed=command.seed)
    plan = replace(
        base,
        certificate=prices,
        bound=bound,
        gap=(bound - base.value) / bound if bound else 0.0,
        search_bound=command.figures.search_bound,
        floor_bound=command.figures.floor_bound,
    )
    if (plan.value, plan.bound) != (command.value, command.bound) or falsehoods(task, plan):
        raise NoProof("the plan is not the one that was proven")
    return Proof(task, plan)


def _seats(task: Task, command: PublishPlan) -> IntArray:
    """Return who sits where in every round: the called ones, then those of ``command``."""
    index = {person: i for i, person in enumerate(task.ids)}
    seats = np.full((task.stated.rounds, task.stated.n), SITS_OUT, dtype=np.int64)
    seats[: len(task.held)] = task.held
    for r, planned in enumerate(command.rounds, len(task.held)):
        for table, people in enumerate(planned.tables):
            seats[r, [index[person] for person in people]] = table
    return seats


def _json(content: msgspec.Struct) -> bytes:
    return msgspec.json.encode(content) + b"\n"


def _npy(matrix: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> bytes:
    out = io.BytesIO()
    np.save(out, matrix, allow_pickle=False)
    return out.getvalue()
