"""Golfer cells are measured, false skeletons get no figure, and a missed bar is told by the exit code."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks import group_golfers, groups
from benchmarks.group_golfers import CELLS, Cell, golfer_bars
from benchmarks.pair_runs import FalsePlanError
from schedulers.groups.constructions import Skeleton


@pytest.fixture(autouse=True)
def little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_golfers, "RELABEL_SECONDS", 0.1)
    monkeypatch.setattr(group_golfers, "CELLS", (Cell(5, 4, 3, math.inf, peer="1 s"),))


def test_cells_are_no_more_than_people_can_meet() -> None:
    assert all(cell.rounds * (cell.size - 1) < cell.tables * cell.size for cell in CELLS)
    assert len({cell.name for cell in CELLS}) == len(CELLS)


def test_bars_are_printed_with_what_was_stated_of_the_peer(capsys: pytest.CaptureFixture[str]) -> None:
    code = groups.main(["--seeds", "1"])
    printed = capsys.readouterr().out
    assert "golfer_5-4-3_cpu_seconds" in printed
    assert "good-enough-golfers on 5-4-3: 1 s (stated, not measured here)" in printed
    assert code == int("MISSED" in printed)


def test_cell_without_a_skeleton_misses_its_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(group_golfers, "CELLS", (Cell(4, 4, 5, 1.0), Cell(4, 4, 6, 1.0)))
    assert groups.main(["--seeds", "1"]) == 1
    assert "golfer_4-4-6_cpu_seconds inf <=1 MISSED" in capsys.readouterr().out


def test_skeleton_with_repeats_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    always = Skeleton(np.tile(np.repeat(np.arange(5), 4), (3, 1)), "nobody moves")
    monkeypatch.setattr(group_golfers, "skeleton", lambda *_, **__: always)
    assert next(golfer_bars([0])).value == math.inf


def test_false_skeleton_gets_no_figure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five at the only tables for four."""
    crowded = Skeleton(np.repeat(np.arange(4), 5)[None], "nobody moves")
    monkeypatch.setattr(group_golfers, "skeleton", lambda *_, **__: crowded)
    with pytest.raises(FalsePlanError, match="5-4-3"):
        next(golfer_bars([0]))
    assert groups.main(["--seeds", "1"]) == 1
    assert "FALSE 5-4-3" in capsys.readouterr().err
