"""What every journal promises."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from event_server.domain import facts as f
from event_server.domain.live_event import replay
from event_server.domain.messages import Rules, guest
from event_server.domain.private import ErasureRow, MessageRow, NoteRow, ProfileRow, TagMergeRow
from event_server.domain.profile import Profile
from event_server.storage.attendees import CODE_ALPHABET, CODE_LENGTH
from event_server.storage.journal import Conflict, Draft, Repeated
from event_server.storage.sql_journal import PAGE

if TYPE_CHECKING:
    from contract.conftest import Kept

    from event_server.storage.journal import Journal

CREATED = f.EventCreated(rules=Rules())


def draft(fact: f.Fact, command_id: str, actor: str = "staff:rosa") -> Draft:
    return Draft(actor=actor, command_id=command_id, fact=fact)


def added(*attendees: str) -> list[Draft]:
    return [draft(f.AttendeeAdded(attendee=attendee), "add") for attendee in attendees]


def answer(author: str, about: str, command_id: str, again: str = "yes") -> Draft:
    fact = f.AnswerGiven(attendee=author, about=about, round=1, again=again)
    return draft(fact, command_id, guest(author))


def ada(**changes: object) -> ProfileRow:
    return ProfileRow(attendee="ada0", profile=Profile(name="Ada Prova", **changes), source_key="row-1")


async def test_unknown_event_has_no_entries(kept: Kept) -> None:
    assert await kept.journal.read("nowhere") == []


async def test_what_was_appended_is_read_again_in_order(kept: Kept) -> None:
    first = await kept.journal.append("e", 0, [draft(CREATED, "c1"), *added("ada0", "bo00")], at=10.25)
    second = await kept.journal.append("e", 3, [draft(f.LobbyOpened(), "c2")], at=11.5)
    assert [entry.version for entry in first + second] == [1, 2, 3, 4]
    assert await kept.journal.read("e") == first + second
    assert await kept.journal.read("e", 2) == [first[2], *second]
    assert await kept.journal.read("e", 4) == []
    assert first[0] == f.Entry(version=1, at=10.25, actor="staff:rosa", command_id="c1", fact=CREATED)


@pytest.mark.parametrize("after", [0, 1, 3])
async def test_append_elsewhere_than_at_the_end_is_a_conflict(kept: Kept, after: int) -> None:
    entries = await kept.journal.append("e", 0, [draft(CREATED, "c1"), draft(f.LobbyOpened(), "c2")], at=1.0)
    with pytest.raises(Conflict):
        await kept.journal.append("e", after, added("ada0"), at=2.0)
    assert await kept.journal.read("e") == entries


async def test_a_conflict_writes_no_private_rows(kept: Kept) -> None:
    await kept.journal.append("e", 0, [draft(CREATED, "c1")], at=1.0)
    private = [ada(), NoteRow(author="a", about="b", round=1, text="x"), MessageRow(message="m", text="x")]
    with pytest.raises(Conflict):
        await kept.journal.append("e", 0, added("ada0"), at=2.0, private=private)
    assert await kept.people.people("e") == {}
    assert await kept.people.notes("e") == {}
    assert await kept.people.messages("e") == {}


async def test_a_repeated_command_is_named_and_writes_nothing(kept: Kept) -> None:
    entries = await kept.journal.append("e", 0, [draft(CREATED, "c1"), *added("ada0")], at=1.0)
    batch = [draft(f.LobbyOpened(), "c9"), draft(f.ReplanRequested(seed=2), "add")]
    with pytest.raises(Repeated) as caught:
        await kept.journal.append("e", 2, batch, at=2.0, private=[ada()])
    assert caught.value.requests == {("staff:rosa", "add")}
    assert await kept.journal.read("e") == entries
    assert await kept.people.people("e") == {}


async def test_a_repeated_command_is_named_to_a_stale_writer_too(kept: Kept) -> None:
    await kept.journal.append("e", 0, [draft(CREATED, "c1")], at=1.0)
    with pytest.raises(Repeated):
        await kept.other_writer.append("e", 0, [draft(CREATED, "c1")], at=2.0)


async def test_ids_of_commands_count_for_one_actor_in_one_event(kept: Kept) -> None:
    await kept.journal.append("e", 0, [draft(CREATED, "c1")], at=1.0)
    await kept.journal.append("e", 1, [draft(f.LobbyOpened(), "c1", actor="staff:ugo")], at=1.0)
    await kept.journal.append("other", 0, [draft(CREATED, "c1")], at=1.0)
    assert [entry.version for entry in await kept.journal.read("other")] == [1]


async def test_events_are_kept_apart(kept: Kept) -> None:
    await kept.journal.append("e", 0, [draft(CREATED, "c1"), *added("ada0")], at=1.0, private=[ada()])
    row = ProfileRow(attendee="ada0", profile=Profile(name="Cleo Finta"))
    await kept.journal.append("other", 0, [draft(CREATED, "c1"), *added("ada0")], at=1.0, private=[row])
    erasure = [draft(f.AttendeeErased(attendee="ada0"), "c2")]
    await kept.journal.append("other", 2, erasure, at=2.0, private=[ErasureRow(attendee="ada0")])
    assert [row.profile.name for row in (await kept.people.people("e")).values()] == ["Ada Prova"]
    assert await kept.people.people("other") == {}


async def record_stubbornly(journal: Journal, name: str, count: int) -> int:
    """Append ``count`` facts, reading on after every conflict; return how many there were."""
    conflicts = 0
    version = 0
    for number in range(count):
        while True:
            try:
                await journal.append("e", version, added_by(name, number), at=1.0)
                version += 1
                break
            except Conflict:
                conflicts += 1
                version += len(await journal.read("e", version))
    return conflicts


def added_by(name: str, number: int) -> list[Draft]:
    return [draft(f.AttendeeAdded(attendee=f"{name}{number}"), f"{name}-{number}", guest(name))]


async def test_two_writers_lose_and_double_nothing(kept: Kept) -> None:
    conflicts = await asyncio.gather(
        record_stubbornly(kept.journal, "a", 40), record_stubbornly(kept.other_writer, "b", 40)
    )
    entries = await kept.journal.read("e")
    assert sum(conflicts) > 0
    assert [entry.version for entry in entries] == list(range(1, 81))
    assert {e.fact.attendee for e in entries} == {f"{name}{n}" for name in "ab" for n in range(40)}


@pytest.mark.parametrize("size", [PAGE - 1, PAGE, 2 * PAGE + 1])
async def test_a_large_batch_is_one_transaction(kept: Kept, size: int) -> None:
    people = [f"p{number}" for number in range(size)]
    profiles = [ProfileRow(attendee=person, profile=Profile(name=person)) for person in people]
    await kept.journal.append("e", 0, added(*people), at=1.0, private=profiles)
    entries = await kept.journal.read("e")
    assert [entry.fact.attendee for entry in entries] == people
    assert [entry.version for entry in entries] == list(range(1, size + 1))
    assert len({row.code for row in (await kept.people.people("e")).values()}) == size


async def test_any_text_comes_back_as_it_was(kept: Kept) -> None:
    text = 'Zoë Ünïcødé Finta 👩🏽\u200d🔬 שלום "quoted" \\ \' ; -- \n\t%'
    fact = f.AttendeeArranged(attendee=text, side=text)
    private = [
        ProfileRow(attendee=text, profile=Profile(name=text, interests=(text,)), source_key=text),
        NoteRow(author=text, about=text, round=1, text=text),
        MessageRow(message=text, text=text),
    ]
    await kept.journal.append("e", 0, [draft(fact, text, text)], at=1.0, private=private)
    (entry,) = await kept.journal.read("e")
    assert (entry.actor, entry.command_id, entry.fact) == (text, text, fact)
    row = (await kept.people.people("e"))[text]
    assert (row.profile, row.source_key) == (Profile(name=text, interests=(text,)), text)
    assert await kept.people.notes("e") == {(text, text, 1): text}
    assert await kept.people.messages("e") == {text: text}


async def test_a_restarted_process_finds_everything(kept: Kept) -> None:
    entries = await kept.journal.append("e", 0, [draft(CREATED, "c1"), *added("ada0")], at=1.0)
    journal = await kept.reopened()
    assert await journal.read("e") == entries
    assert await journal.append("e", 2, [draft(f.LobbyOpened(), "c2")], at=1.0) == await journal.read("e", 2)


async def test_a_profile_keeps_its_badge_code_and_where_it_came_from(kept: Kept) -> None:
    await kept.journal.append("e", 0, added("ada0"), at=1.0, private=[ada()])
    before = (await kept.people.people("e"))["ada0"]
    assert len(before.code) == CODE_LENGTH
    assert set(before.code) <= set(CODE_ALPHABET)
    own = ProfileRow(attendee="ada0", profile=Profile(name="Ada Prova", headline="Ingegnera"))
    changed = [draft(f.ProfileChanged(attendee="ada0"), "c2", guest("ada0"))]
    await kept.journal.append("e", 1, changed, at=2.0, private=[own])
    after = (await kept.people.people("e"))["ada0"]
    assert (after.code, after.source_key, after.profile) == (before.code, "row-1", own.profile)


async def test_a_note_is_replaced_and_deleted_by_empty_text(kept: Kept) -> None:
    saved = f.NoteSaved(attendee="ada0", about="bo00", round=1)
    for version, text in enumerate(("first", "second")):
        note = NoteRow(author="ada0", about="bo00", round=1, text=text)
        await kept.journal.append("e", version, [draft(saved, f"n{version}")], at=1.0, private=[note])
    assert await kept.people.notes("e") == {("ada0", "bo00", 1): "second"}
    note = NoteRow(author="ada0", about="bo00", round=1, text="")
    await kept.journal.append("e", 2, [draft(saved, "n2")], at=1.0, private=[note])
    assert await kept.people.notes("e") == {}


async def test_the_same_message_id_again_replaces_its_text(kept: Kept) -> None:
    for version, text in enumerate(("Welcome", "Welcome all")):
        posted = draft(f.MessagePosted(message="m", to="all", at=1.0), f"m{version}")
        row = MessageRow(message="m", text=text)
        await kept.journal.append("e", version, [posted], at=1.0, private=[row])
    assert await kept.people.messages("e") == {"m": "Welcome all"}


async def test_merged_tags_hold_for_every_event_until_they_are_taken_back(kept: Kept) -> None:
    for version, target in enumerate(("urban-gardening", "gardening")):
        row = TagMergeRow(alias="orticelli", target=target)
        await kept.journal.append("e", version, [draft(f.TagsMerged(), f"m{version}")], at=1.0, private=[row])
        assert await kept.tags.merges() == {"orticelli": target}
    other = TagMergeRow(alias="zirudelle", target="poetry")
    await kept.journal.append("other", 0, [draft(f.TagsMerged(), "m")], at=1.0, private=[other])
    assert await kept.tags.merges() == {"orticelli": "gardening", "zirudelle": "poetry"}
    undone = TagMergeRow(alias="orticelli", target="")
    await kept.journal.append("other", 1, [draft(f.TagsMerged(), "m2")], at=1.0, private=[undone])
    assert await kept.tags.merges() == {"zirudelle": "poetry"}


async def test_merge_is_stored_with_its_fact_or_not_at_all(kept: Kept) -> None:
    row = TagMergeRow(alias="orticelli", target="urban-gardening")
    with pytest.raises(Conflict):
        await kept.journal.append("e", 3, [draft(f.TagsMerged(), "m")], at=1.0, private=[row])
    assert await kept.tags.merges() == {}
    await kept.journal.append("e", 0, [draft(f.TagsMerged(), "m")], at=1.0, private=[row])
    assert "orticelli" not in repr(await kept.journal.read("e"))


async def before_erasure(kept: Kept) -> list[f.Entry]:
    """Record what three people say of each other; return the entries as they were written."""
    rule = f.PairRuleSet(attendee="ada0", other="bo00", rule="never", by=2)
    drafts = [draft(CREATED, "c1"), *added("ada0", "bo00", "cleo"), draft(rule, "c3")]
    drafts += [answer("ada0", "bo00", "a1"), answer("bo00", "ada0", "b1"), answer("ada0", "cleo", "a2", "no")]
    drafts += [draft(f.NoteSaved(attendee="bo00", about="cleo", round=1), "b2", guest("bo00"))]
    private = [
        ada(),
        ProfileRow(attendee="bo00", profile=Profile(name="Bo Esempio")),
        NoteRow(author="ada0", about="bo00", round=1, text="x"),
        NoteRow(author="bo00", about="cleo", round=1, text="x"),
        NoteRow(author="ada0", about="cleo", round=1, text="stays"),
    ]
    return await kept.journal.append("e", 0, drafts, at=1.0, private=private)


@pytest.mark.parametrize("private", [[ErasureRow(attendee="bo00")], []])
async def test_erasing_takes_what_was_said_by_and_about_somebody(
    kept: Kept, private: list[ErasureRow]
) -> None:
    full = await before_erasure(kept)
    last = [answer("bo00", "cleo", "b3"), draft(f.AttendeeErased(attendee="bo00"), "c9")]
    full += await kept.journal.append("e", len(full), last, at=2.0, private=private)
    blank = await kept.journal.read("e")
    assert [(e.version, e.at, e.actor, e.command_id, type(e.fact)) for e in blank] == [
        (e.version, e.at, e.actor, e.command_id, type(e.fact)) for e in full
    ]
    said = [e.fact for e in blank if isinstance(e.fact, f.AnswerGiven | f.NoteSaved)]
    assert [fact for fact in said if fact.about] == [
        f.AnswerGiven(attendee="ada0", about="cleo", round=1, again="no")
    ]
    assert [e.fact.other for e in blank if isinstance(e.fact, f.PairRuleSet)] == [""]
    assert replay("e", blank) == replay("e", full)
    assert set(await kept.people.people("e")) == {"ada0"}
    assert await kept.people.notes("e") == {("ada0", "cleo", 1): "stays"}


async def test_a_conflict_erases_nothing(kept: Kept) -> None:
    full = await before_erasure(kept)
    erasure = [draft(f.AttendeeErased(attendee="bo00"), "c9")]
    with pytest.raises(Conflict):
        await kept.journal.append("e", 1, erasure, at=2.0, private=[ErasureRow(attendee="bo00")])
    assert await kept.journal.read("e") == full
    assert set(await kept.people.people("e")) == {"ada0", "bo00"}


async def test_an_empty_append_still_tells_a_stale_writer(kept: Kept) -> None:
    await kept.journal.append("e", 0, [draft(CREATED, "c1")], at=1.0)
    assert await kept.journal.append("e", 1, [], at=1.0) == []
    with pytest.raises(Conflict):
        await kept.other_writer.append("e", 0, [], at=1.0)


async def test_facts_read_are_equal_to_what_the_domain_made(kept: Kept) -> None:
    fact = f.RoundStarted(
        round=1,
        starts_at=0.1 + 0.2,
        ends_at=1_790_000_000.123456,
        turns_at={2: (1.0, 2.5), 3: (1.0, 2.0, 3.0)},
        tables=(("ada0", "bo00"), ()),
    )
    await kept.journal.append("e", 0, [draft(fact, "c1")], at=1_790_000_000.123456)
    (entry,) = await kept.journal.read("e")
    assert entry.fact == fact
    assert entry.at == 1_790_000_000.123456
    assert msgspec.json.encode(entry.fact) == msgspec.json.encode(fact)
