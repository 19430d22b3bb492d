"""Certificates in plan files: read strictly, checked to the unit, and refused in plain words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from unit.schedulers.two_triangles import seats, two_triangles

from schedulers.certificate import certify, check
from schedulers.files import NamedProblem, UnreadableFile, prices_in, read_plan, read_problem, write_plan
from schedulers.formats import PlanFile
from schedulers.problem import Problem
from schedulers.schedule import Prices, plan_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
CERTIFICATE = {
    "kind": "prices",
    "scale": 1,
    "bonus": 0,
    "prices": [0, 0, 300, 0],
    "musts": [["a", "b"], ["d", "c"]],
}


def test_must_meets_and_one_price_prove_the_example() -> None:
    """The wishes bring 1100; the third person has no round left, so that of the rest only 400 fits."""
    content = json.loads((FIXTURES / "plan-example.json").read_text("utf-8")) | {"certificate": CERTIFICATE}
    named = read_problem(FIXTURES / "problem-example.json")

    assert check(named, msgspec.convert(content, PlanFile)) == []


def planned(folder: Path) -> tuple[Problem, Path, dict[str, Any]]:
    """Write the plan of two triangles with its certificate; return it as read back, key by key."""
    problem, ids = two_triangles(), tuple("abcdef")
    prices = Prices(
        scale=1,
        prices=(0,) * 6,
        often=3,
        odd_sets=(((0, 1, 2), 10), ((3, 4, 5), 10)),
    )
    plan = replace(plan_of(problem, seats("001122", "012021")), certificate=prices, bound=40, gap=0.5)
    path = folder / "plan.json"
    write_plan(path, plan, ids=ids, problem=problem)
    stated = read_plan(path).certificate
    assert stated
    assert prices_in(stated, ids) == prices
    assert certify(problem, plan).holds
    return problem, path, json.loads(path.read_text("utf-8"))


def test_a_certificate_comes_back_as_it_was_written(tmp_path: Path) -> None:
    assert planned(tmp_path)[2]["certificate"] == {
        "kind": "prices",
        "scale": 1,
        "bonus": 0,
        "prices": [0] * 6,
        "held": 0,
        "sit_out": 0,
        "often": 3,
        "musts": [],
        "odd_sets": [[["a", "b", "c"], 10], [["d", "e", "f"], 10]],
    }


@pytest.mark.parametrize(
    "change",
    [
        {"colour": 1},
        {"kind": "vouchers"},
        {"scale": "1"},
        {"scale": 1.5},
        {"prices": None},
        {"prices": [0.5] * 6},
        {"prices": [True] * 6},
        {"musts": [["a"]]},
        {"musts": [[0, 1]]},
        {"odd_sets": [[["a", "b", "c"]]]},
        {"odd_sets": [["a", "b", "c"]]},
    ],
    ids=str,
)
def test_a_certificate_of_another_form_is_unreadable(change: dict[str, Any], tmp_path: Path) -> None:
    _, path, content = planned(tmp_path)
    content["certificate"] |= change
    path.write_text(json.dumps(content), "utf-8")

    with pytest.raises(UnreadableFile, match=r"plan\.json"):
        read_plan(path)


@pytest.mark.parametrize("key", ["kind", "scale", "bonus", "prices"])
def test_a_certificate_needs_its_figures(key: str, tmp_path: Path) -> None:
    _, path, content = planned(tmp_path)
    del content["certificate"][key]
    path.write_text(json.dumps(content), "utf-8")

    with pytest.raises(UnreadableFile, match=key):
        read_plan(path)


FALSE: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"bound": 41}, {}, "bound is 40 by its certificate, not 41"),
    ({"bound": 39}, {}, "bound is 40 by its certificate, not 39"),
    ({"bound": 19}, {}, "bound 19 is below the value 20"),
    ({"bound": None, "gap": None}, {}, "a certificate is stated without a bound"),
    ({}, {"prices": [0] * 5}, "the certificate proves nothing: there are 5 prices for 6 people"),
    ({}, {"musts": [["a", "x"]]}, "the certificate proves nothing: it names 'x', who is no attendee"),
    ({}, {"musts": [["a", "b"]]}, r"the certificate proves nothing: musts\[0\] is no must-meet"),
    ({"bound": 46, "gap": 26 / 46}, {"prices": [3] + [0] * 5}, r"not tidy: prices\[0\] could be lower"),
    ({"search_bound": 41}, {}, "search_bound 41 is above the bound 40"),
    ({"search_bound": 19}, {}, "search_bound 19 is below the value 20"),
    ({"gap": 0.4}, {}, "gap is 0.500000, not 0.4"),
]


@pytest.mark.parametrize(("statement", "certificate", "words"), FALSE, ids=[words for *_, words in FALSE])
def test_the_first_falsehood_is_named_in_plain_words(
    statement: dict[str, Any], certificate: dict[str, Any], words: str, tmp_path: Path
) -> None:
    problem, path, content = planned(tmp_path)
    content["certificate"] |= certificate
    path.write_text(json.dumps(content | statement), "utf-8")

    falsehoods = check(NamedProblem(tuple("abcdef"), problem), read_plan(path))

    assert re.search(words, falsehoods[0])
