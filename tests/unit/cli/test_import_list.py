"""``girotondo import``: the list from the command line, with the same care as on the page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from event_server.cli.app import app
from event_server.demo.seed import demo_rules
from event_server.demo.stage import set_stage
from event_server.storage.database import Database
from event_server.storage.folder import DataFolder
from event_server.storage.people import PeopleStore

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LIST = (
    "Nome;E-mail;Cosa offri\nZeta Prova;zeta@esempio.invalid;conti\n"
    "Omega Finta;omega@esempio.invalid;musica\n"
)
WITH_A_PROBLEM = LIST + "Psi Modello;keine Adresse;nulla\n"
PEOPLE = 4


@pytest.fixture
def event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GIROTONDO_DATA", str(tmp_path / "data"))
    stage = asyncio.run(set_stage(tmp_path / "data", "Prova", people=PEOPLE, rules=demo_rules(PEOPLE)))
    return stage.evening.event


def run(tmp_path: Path, text: str, *options: str) -> Result:
    source = tmp_path / "elenco.csv"
    source.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["import", str(source), *options])


def names(tmp_path: Path, event: str) -> set[str]:
    async def read() -> set[str]:
        database = await Database.open(DataFolder(tmp_path / "data").database_url(), read_only=True)
        try:
            return {row.profile.name for row in (await PeopleStore(database).people(event)).values()}
        finally:
            await database.close()

    return asyncio.run(read())


def test_a_list_is_imported_and_a_second_time_changes_nothing(tmp_path: Path, event: str) -> None:
    first = run(tmp_path, LIST, "--event", event)
    assert first.exit_code == 0, first.output
    assert "done: 2 new, 0 changed, 0 unchanged" in first.output
    second = run(tmp_path, LIST, "--event", event)
    assert "done: 0 new, 0 changed, 2 unchanged" in second.output
    assert {"Zeta Prova", "Omega Finta"} <= names(tmp_path, event)
    assert len(names(tmp_path, event)) == PEOPLE + 2


def test_rows_with_problems_stop_everything_until_they_are_left_out(tmp_path: Path, event: str) -> None:
    stopped = run(tmp_path, WITH_A_PROBLEM, "--event", event)
    assert stopped.exit_code == 1
    assert "row 4" in stopped.output
    assert len(names(tmp_path, event)) == PEOPLE
    assert run(tmp_path, WITH_A_PROBLEM, "--event", event, "--leave-out").exit_code == 0
    assert len(names(tmp_path, event)) == PEOPLE + 2


def test_a_dry_run_changes_nothing(tmp_path: Path, event: str) -> None:
    assert "would be 2 new" in run(tmp_path, LIST, "--event", event, "--dry-run").output
    assert len(names(tmp_path, event)) == PEOPLE


def test_an_unknown_event_and_a_running_server_are_one_clear_line(tmp_path: Path, event: str) -> None:
    unknown = run(tmp_path, LIST, "--event", "nowhere")
    assert (unknown.exit_code, unknown.stderr.count("\n")) == (1, 1)
    with DataFolder(tmp_path / "data").lock():
        running = run(tmp_path, LIST, "--event", event)
    assert running.exit_code == 1
    assert "server_running" in running.stderr
