"""``girotondo plan`` and ``girotondo verify``: exit codes, and one clear line for every error."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from event_server.cli.plan_files import plan_command, verify_command

FIXTURES = Path(__file__).parents[2] / "fixtures"
PROBLEM = FIXTURES / "problem-example.json"


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command("plan")(plan_command)
    app.command("verify")(verify_command)
    return app


def run(app: typer.Typer, *arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stderr


def changed(path: Path, folder: Path, **change: object) -> Path:
    changed_path = folder / f"changed-{path.name}"
    changed_path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    return changed_path


def test_a_planned_problem_verifies(app: typer.Typer, tmp_path: Path) -> None:
    planned = tmp_path / "plan.json"

    assert run(app, "plan", PROBLEM, "-o", planned, "--seconds", "1", "--seed", "5")[0] == 0
    assert run(app, "verify", PROBLEM, planned)[0] == 0
    assert json.loads(planned.read_text("utf-8"))["seed"] == 5


def test_the_example_plan_verifies(app: typer.Typer) -> None:
    assert run(app, "verify", PROBLEM, FIXTURES / "plan-example.json") == (0, "")


def test_the_first_false_statement_is_named(app: typer.Typer, tmp_path: Path) -> None:
    false = changed(FIXTURES / "plan-example.json", tmp_path, value=1501)

    assert run(app, "verify", PROBLEM, false) == (1, "false: value is 1500, not 1501\n")


@pytest.mark.parametrize("command", [["plan", "-o", "out.json"], ["verify", "plan.json"]])
def test_a_missing_problem_is_unreadable(app: typer.Typer, command: list[str], tmp_path: Path) -> None:
    code, error = run(app, *command, tmp_path / "none.json")

    assert code == 2
    assert error.count("\n") == 1


def test_an_invalid_problem_is_unreadable(app: typer.Typer, tmp_path: Path) -> None:
    wrong = changed(PROBLEM, tmp_path, odd="quartet")

    assert run(app, "plan", wrong, "-o", tmp_path / "plan.json")[0] == 2
    assert run(app, "verify", wrong, FIXTURES / "plan-example.json")[0] == 2
    assert not (tmp_path / "plan.json").exists()


def test_a_plan_of_another_kind_is_unreadable(app: typer.Typer) -> None:
    code, error = run(app, "verify", PROBLEM, PROBLEM)

    assert code == 2
    assert error.startswith("problem-example.json: ")


def test_a_contradiction_has_its_own_code_and_names_people(app: typer.Typer, tmp_path: Path) -> None:
    wrong = changed(PROBLEM, tmp_path, must_meet=[["a", "d"]])

    code, error = run(app, "plan", wrong, "-o", tmp_path / "plan.json")

    assert code == 3
    assert error.startswith("a and d must meet, but may not")


def test_a_place_that_cannot_be_written_is_said(app: typer.Typer, tmp_path: Path) -> None:
    code, error = run(app, "plan", PROBLEM, "-o", tmp_path / "no" / "plan.json")

    assert code == 2
    assert "No such file" in error


def test_verifying_needs_no_solver() -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from event_server.cli.plan_files import verify_command\n"
        "verify_command(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "sys.exit(any(name.split('.')[0] in ('ortools', 'scipy') for name in sys.modules))\n"
    )
    command = [sys.executable, "-c", code, str(PROBLEM), str(FIXTURES / "plan-example.json")]

    finished = subprocess.run(command, check=False, timeout=60, cwd=Path(__file__).parents[3])

    assert finished.returncode == 0
