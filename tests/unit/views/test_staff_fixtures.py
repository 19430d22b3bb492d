"""What the tests of dashboard and projector look at is what the domain makes today."""

from pathlib import Path

import pytest
from phone_views import FOLDER
from staff_views import files

SECTIONS = ("control", "room", "projector")


def test_views_of_the_team_are_as_recorded() -> None:
    recorded = {
        path.name: path.read_bytes() for section in SECTIONS for path in FOLDER.glob(f"{section}-*.json")
    }
    assert recorded == files(), "run tests/staff_views.py"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("projector-*.json")), ids=lambda path: path.stem)
def test_the_wall_knows_no_ids_and_no_profiles(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "@example" not in text
    assert '"id"' not in text
