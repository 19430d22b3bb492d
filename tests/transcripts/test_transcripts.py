"""Evenings as an organizer would tell them, played line by line; the texts lie beside this file."""

import re
from pathlib import Path

import pytest
from transcripts.stage import Stage

TEXTS = sorted(Path(__file__).parent.glob("*.txt"))
RULE = re.compile(r"(\w+) (\d+)")


def staged(header: list[str]) -> Stage:
    """Return the stage for lines such as ``guests: Ada Bo`` and ``rules: rounds 3, tables 2``."""
    parts = dict(line.split(": ", 1) for line in header)
    numbers = {name: int(value) for name, value in RULE.findall(parts["rules"])}
    durations = {
        f"{name}_seconds" if name in {"call", "talk", "feedback", "reveal", "lead"} else name: value
        for name, value in numbers.items()
    }
    return Stage(tuple(parts["guests"].split()), **durations)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_evening_goes_as_it_was_told(path: Path) -> None:
    told = [
        (n, line) for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line.strip()
    ]
    header = [line for _, line in told if re.match("(guests|rules): ", line)]
    stage = staged(header)
    for number, line in told:
        if not re.match(r"\d\d:\d\d", line):
            continue
        try:
            stage.play(line.strip())
        except AssertionError as wrong:
            raise AssertionError(f"{path.name}:{number}: {line}\n{wrong}") from wrong


def test_there_is_something_to_play() -> None:
    assert len(TEXTS) >= 8


def test_wrong_expectation_is_noticed() -> None:
    stage = Stage(("Ada", "Bo"), rounds=1)
    stage.play("19:30  Olga opens the doors  -> lobby")
    for wrong in (
        "19:31  Olga pauses  -> talk",
        "19:31  Ada arrives  -> nothing changes",
        "19:31  Ada dances",
        "19:31",
    ):
        with pytest.raises(AssertionError):
            stage.play(wrong)
