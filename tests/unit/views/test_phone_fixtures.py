"""The views that the phone's own tests look at are what the server says today."""

import pytest
from phone_views import FOLDER, VIEWS, encoded


def test_there_is_one_file_for_every_state() -> None:
    assert {path.stem for path in FOLDER.glob("phone-*.json")} == {f"phone-{name}" for name in VIEWS}


@pytest.mark.parametrize("name", VIEWS)
def test_a_recorded_view_is_what_the_server_says(name: str) -> None:
    assert (FOLDER / f"phone-{name}.json").read_bytes() == encoded(VIEWS[name]()), (
        "run: PYTHONPATH=tests python -m phone_views"
    )
