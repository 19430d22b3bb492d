"""``girotondo plan`` and ``girotondo verify``: planning on paper, and checking a plan that somebody has."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from schedulers.certificate import check
from schedulers.files import UnreadableFile, read_plan, read_problem, write_plan
from schedulers.problem import InvalidProblem
from schedulers.schedule import Infeasible, MaxRuntime

if TYPE_CHECKING:
    from schedulers.files import NamedProblem
    from schedulers.schedule import Plan

FALSE, UNREADABLE, INFEASIBLE = 1, 2, 3


def plan_command(
    problem_path: Annotated[
        Path, typer.Argument(metavar="PROBLEM.json", help="What to plan.", show_default=False)
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="PLAN.json", help="Where to write.", show_default=False),
    ],
    *,
    seconds: Annotated[float, typer.Option(min=0.0, help="How long to search.")] = 2.0,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the search.")] = 0,
) -> None:
    """Plan the evening in a problem file.

    Ends with 0; with 2 if the file cannot be read or is wrong; with 3 if it contradicts itself.
    """
    try:
        named = read_problem(problem_path)
        plan = _planned(named, seconds, seed)
        write_plan(output, plan, ids=named.ids, problem=named.problem)
    except Infeasible as error:
        _fail(str(error), INFEASIBLE)
    except (UnreadableFile, InvalidProblem) as error:
        _fail(str(error), UNREADABLE)
    typer.echo(f"{output}: {_worth(plan)}, floor {plan.floor}, {len(plan.unmet)} wishes unmet")


def verify_command(
    problem_path: Annotated[
        Path, typer.Argument(metavar="PROBLEM.json", help="What was planned.", show_default=False)
    ],
    plan_path: Annotated[
        Path, typer.Argument(metavar="PLAN.json", help="The plan to check.", show_default=False)
    ],
) -> None:
    """Check that everything a plan states is true.

    Ends with 0 if it is; with 1, naming the first thing, if something is false; with 2 if a file cannot be
    read.
    """
    try:
        named, content = read_problem(problem_path), read_plan(plan_path)
    except (UnreadableFile, InvalidProblem) as error:
        _fail(str(error), UNREADABLE)
    falsehoods = check(named, content)
    if falsehoods:
        _fail(f"false: {falsehoods[0]}", FALSE)
    typer.echo(f"true: value {content.value}, {len(content.rounds)} rounds")


def _planned(named: NamedProblem, seconds: float, seed: int) -> Plan:
    # Verifying must work without the solver, which takes a second to load.
    from schedulers.contradictions import refuse_contradictions  # noqa: PLC0415
    from schedulers.solve import plan  # noqa: PLC0415

    refuse_contradictions(named.problem, named.ids)
    console = Console(stderr=True)
    with console.status("Planning …") as status:

        def show(better: Plan) -> None:
            stage = f"{better.stages[-1].name}: " if better.stages else ""
            status.update(f"Planning … {stage}{_worth(better)}")

        return plan(named.problem, stop=MaxRuntime(seconds), seed=seed, on_improve=show)


def _worth(plan: Plan) -> str:
    """Return what ``plan`` is worth, and how far that can be from the best."""
    if plan.bound is None:
        return f"value {plan.value}"
    if plan.value in {plan.bound, plan.search_bound}:
        return f"value {plan.value}, proven best of its kind"
    return f"value {plan.value} of at most {plan.bound} ({100 * (plan.gap or 0.0):.3f} % less)"


def _fail(message: str, code: int) -> NoReturn:
    Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(message, style="red")
    raise typer.Exit(code)
