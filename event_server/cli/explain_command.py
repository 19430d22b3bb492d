"""``girotondo explain``: why must-meets cannot all hold, and what no plan can avoid."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import Annotated, NoReturn

import msgspec
import typer

from event_server.cli.explain_wording import sentences
from schedulers.files import UnreadableFile, read_problem
from schedulers.problem import InvalidProblem
from schedulers.schedule import MaxRuntime

CLASHES, UNREADABLE = 1, 2


class _Member(msgspec.Struct):
    """A person of a problem file, with the groups they are in."""

    groups: dict[str, str] = {}


class _Groups(msgspec.Struct):
    """What a problem file says about groups; everything else is read as a problem."""

    attendees: list[_Member]
    apart: list[str] = []


def explain_command(
    problem_path: Annotated[
        Path, typer.Argument(metavar="PROBLEM.json", help="What to explain.", show_default=False)
    ],
    *,
    seconds: Annotated[float, typer.Option(min=0.0, help="How long to look for clashes.")] = 1.0,
    group: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Whose members are colleagues; without it the first group kept apart."
        ),
    ] = "",
) -> None:
    """Say which must-meets and rules of a problem file clash, and who cannot avoid a break.

    Ends with 0 if nothing clashes; with 1 if something does; with 2 if the file cannot be read or is wrong,
    or the time was too short to know.
    """
    # Nothing else in this command needs the solver, which takes a second to load.
    from schedulers.explain import explain  # noqa: PLC0415

    try:
        named = read_problem(problem_path)
        colleagues = _colleagues(problem_path, group)
        explanation = explain(named.problem, stop=MaxRuntime(seconds), groups=colleagues)
    except (UnreadableFile, InvalidProblem) as error:
        _fail(str(error))
    for sentence in sentences(explanation, named.ids):
        typer.echo(sentence)
    if explanation.clashes:
        raise typer.Exit(CLASHES)
    if explanation.most is None:
        _fail(f"{seconds} seconds were too short to know: give more --seconds")


def _colleagues(path: Path, group: str) -> list[str | None]:
    """Return for each person of the readable problem at ``path`` the name of their ``group``."""
    content = msgspec.json.decode(path.read_bytes(), type=_Groups)
    name = group or next(iter(content.apart), "")
    colleagues = [member.groups.get(name) for member in content.attendees]
    if group and not any(colleagues):
        raise InvalidProblem(f"nobody has a group {group!r}")
    return colleagues if any(colleagues) else []


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(UNREADABLE)
