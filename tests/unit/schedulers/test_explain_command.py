"""``girotondo explain``: sentences, and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from event_server.cli.app import app

EXAMPLE = Path(__file__).parents[2] / "fixtures" / "problem-example.json"


def problem_file(folder: Path, names: str, rounds: int, **more: Any) -> Path:
    people = [{"id": name} | more.pop(name, {}) for name in names]
    content = {
        "format": "girotondo-problem/1",
        "rounds": rounds,
        "tables": [{"seats": 2}] * 9,
        "attendees": people,
        "weights": [[0] * len(people)] * len(people),
    }
    path = folder / "problem.json"
    path.write_text(json.dumps(content | more), "utf-8")
    return path


def run(*arguments: str | Path) -> tuple[int, list[str], str]:
    result = CliRunner().invoke(app, ["explain", *(str(argument) for argument in arguments)])
    return result.exit_code, result.stdout.splitlines(), result.stderr


def test_an_evening_without_a_clash_ends_with_0() -> None:
    code, said, error = run(EXAMPLE)

    assert (code, error) == (0, "")
    assert said == [
        "All 2 must-meets can hold together.",
        "Round 1: at least 1 sits out, because 3 is an odd number.",
    ]


def test_a_clash_is_told_with_what_loosening_it_gives(tmp_path: Path) -> None:
    path = problem_file(tmp_path, "abcd", 3, must_meet=[["a", "b", 0], ["a", "c", 0], ["c", "d"]])

    code, said, _ = run(path, "--seconds", "30")

    clash = "a and b must meet by round 0; a and c must meet by round 0; a sits at one table a round"
    assert code == 1
    assert said == [
        f"These 3 rules cannot all hold (no fewer clash): {clash}.",
        "  If a and b meet by round 1, all 3 must-meets can hold together.",
        "  If a and c meet by round 1, all 3 must-meets can hold together.",
        "  If a and b need not meet, all 2 must-meets can hold together.",
        "  If a and c need not meet, all 2 must-meets can hold together.",
        "2 of 3 must-meets can hold together.",
    ]


def test_contradictory_input_is_explained(tmp_path: Path) -> None:
    rules = {"forbidden": [["a", "b"]], "must_meet": [["a", "b"]]}

    code, said, _ = run(problem_file(tmp_path, "abcd", 2, **rules), "--seconds", "30")

    assert code == 1
    assert said == [
        "These 2 rules cannot all hold (no fewer clash): a and b must meet; a and b may not meet.",
        "  If a and b may meet, the must-meet can hold.",
        "  If a and b need not meet, no must-meet is left.",
        "The must-meet cannot hold.",
    ]


@pytest.mark.parametrize("option", [[], ["--group", "team"]])
def test_a_majority_of_one_organisation_is_named(option: list[str], tmp_path: Path) -> None:
    members: dict[str, Any] = {name: {"groups": {"team": "acme", "org": "x"}} for name in "abcde"}
    path = problem_file(tmp_path, "abcdefgh", 2, **members, apart=[] if option else ["team"])

    code, said, _ = run(path, *option)

    soft = "meet a colleague or sit out", "3 others who are no colleagues"
    unavoidable, others = soft if option else ("sit out", "3 others")
    reason = f"because 5 of 8 people, all of acme, may only meet {others}"
    assert code == 0
    assert said == [
        "Nobody must meet anybody, so nothing clashes.",
        f"Rounds 0 and 1: at least 2 {unavoidable}, {reason}.",
    ]


def test_whoever_has_too_few_to_meet_is_named(tmp_path: Path) -> None:
    _, said, _ = run(problem_file(tmp_path, "abcdef", 5, forbidden=[["a", "b"], ["a", "c"], ["a", "d"]]))

    assert said[-2:] == [
        "a sits out at least 3 times: in rounds 0 to 4 there are 2 people to meet.",
        "b, c and d each sit out at least once: in rounds 0 to 4 there are 4 people to meet.",
    ]


def test_a_group_that_nobody_has_is_an_error() -> None:
    assert run(EXAMPLE, "--group", "team") == (2, [], "nobody has a group 'team'\n")


def test_a_file_that_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    code, said, error = run(tmp_path / "none.json")

    assert (code, said) == (2, [])
    assert error == "none.json: No such file or directory\n"


def test_at_larger_tables_it_is_said_whether_there_is_a_next_round(tmp_path: Path) -> None:
    met = [["a", "b"], ["c", "d"]]
    code, said, _ = run(problem_file(tmp_path, "abcde", 1, tables=[{"seats": 4}], met=met))

    assert code == 0
    assert said[1:] == [
        "Round 0: at least 1 sits out, because there are 5 people, and tables seat 4 of them at most.",
        "Round 0 with everybody seated and nobody meeting anybody again cannot be.",
        "  If 2 people may sit out, it can.",
    ]


def test_too_little_time_to_know_is_no_answer(tmp_path: Path) -> None:
    code, _, error = run(problem_file(tmp_path, "abcd", 1, must_meet=[["a", "b"]]), "--seconds", "0")

    assert code == 2
    assert error == "0.0 seconds were too short to know: give more --seconds\n"


def test_sentences_need_no_solver() -> None:
    """Whoever words an explanation, a web page for instance, must not load what made it."""
    code = (
        "import sys, event_server.cli.explain_wording\n"
        "sys.exit(any(name.split('.')[0] in ('ortools', 'scipy') for name in sys.modules))\n"
    )

    finished = subprocess.run(
        [sys.executable, "-c", code], check=False, timeout=60, cwd=Path(__file__).parents[3]
    )

    assert finished.returncode == 0


def test_at_larger_tables_wishes_that_clash_together_are_told(tmp_path: Path) -> None:
    wishes = [["a", other, 0] for other in "bcd"]
    path = problem_file(tmp_path, "abcdefghi", 2, tables=[{"seats": 3}] * 3, must_meet=wishes)

    code, said, _ = run(path, "--seconds", "30")

    clash = "; ".join(f"a and {other} must meet by round 0" for other in "bcd")
    assert code == 1
    assert said[:3] == [
        f"These 4 rules cannot all hold (no fewer clash): {clash}; a table seats 3 people.",
        "  If a and b meet by round 1, all 3 must-meets can hold together.",
        "  If every table seats 4, all 3 must-meets can hold together.",
    ]


def test_what_nobody_can_avoid_at_larger_tables_is_told(tmp_path: Path) -> None:
    members: dict[str, Any] = {name: {"groups": {"team": "acme"}} for name in "abcde"}
    tables = [{"seats": 3}] * 3
    crowd = problem_file(tmp_path, "abcdefghi", 2, tables=tables, **members, apart=["team"])
    assert run(crowd, "--seconds", "30")[1][1] == (
        "Rounds 0 and 1: at least 2 sit out, because 5 of 9 people, all of acme, may not share a table, "
        "and only 3 tables can take one of them each."
    )
    long = problem_file(tmp_path, "abcdefghi", 5, tables=tables)
    assert run(long, "--seconds", "30")[1][1] == (
        "Rounds 0 to 4: at least 9 meetings are second ones, or more people sit out; 4 rounds in all can do "
        "without."
    )
    shy = [["a", other] for other in "defghi"]
    alone = problem_file(tmp_path, "abcdefghi", 1, tables=[{"seats": 5, "least": 4}] * 2, forbidden=shy)
    assert run(alone, "--seconds", "30")[1][-3] == (
        "a sits out at least once: in round 0 there are 2 people to meet, and a table takes 3 besides."
    )
