"""The journals of all releases: whatever was once recorded is read, replayed and kept for ever."""

from pathlib import Path
from typing import get_args

import msgspec
import pytest
from journals.record import outcome, record

from event_server.domain.facts import Entry, Fact
from event_server.domain.live_event import replay
from event_server.storage.database import Database
from event_server.storage.folder import DataFolder
from event_server.storage.journal import Draft
from event_server.storage.sql_journal import SqlJournal

FOLDER = Path(__file__).parent
RELEASES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))


def entries_of(release: str) -> list[Entry]:
    lines = (FOLDER / f"{release}.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Entry) for line in lines]


def kinds(union: object) -> set[type]:
    arms = get_args(union)
    return set().union(*(kinds(arm) for arm in arms)) if arms else {union}


@pytest.mark.parametrize("release", RELEASES)
def test_journal_of_a_release_replays_to_what_it_came_to(release: str) -> None:
    entries = entries_of(release)
    assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
    state = replay("recorded-evening", entries)
    expected = msgspec.json.decode((FOLDER / f"{release}.outcome.json").read_bytes())
    assert msgspec.json.decode(msgspec.json.encode(outcome(state))) == expected


@pytest.mark.parametrize("release", RELEASES)
async def test_journal_of_a_release_is_the_same_when_it_comes_back_from_the_database(
    release: str, tmp_path: Path
) -> None:
    entries = entries_of(release)
    database = await Database.open(DataFolder(tmp_path).database_url())
    try:
        await database.migrate()
        journal = SqlJournal(database)
        for entry in entries:
            draft = Draft(actor=entry.actor, command_id=f"v{entry.version}", fact=entry.fact)
            await journal.append("recorded-evening", entry.version - 1, [draft], at=entry.at)
        stored = await journal.read("recorded-evening")
    finally:
        await database.close()
    # The erasure in the evening has blanked rows, but not what they come to.
    assert [entry.at for entry in stored] == [entry.at for entry in entries]
    assert outcome(replay("recorded-evening", stored)) == outcome(replay("recorded-evening", entries))


def test_the_evening_that_is_recorded_has_every_kind_of_fact() -> None:
    assert {type(entry.fact) for entry in record().entries} == kinds(Fact)
