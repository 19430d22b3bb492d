from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from event_server.domain.facts import AttendeeErased
from event_server.domain.private import ErasureRow
from event_server.storage.claims import ClaimRow, ClaimStore
from event_server.storage.journal import Draft
from event_server.storage.links import LinkStore
from event_server.storage.logins import LoginStore
from event_server.storage.pending_claims import PENDING_SECONDS, PendingClaimStore
from event_server.storage.sql_journal import SqlJournal
from event_server.storage.tokens import claim_token

if TYPE_CHECKING:
    from unit.storage.conftest import TestClock

    from event_server.storage.database import Database
    from event_server.storage.folder import DataFolder

SECRET = b"s" * 32


@pytest.fixture
def claims(database: Database, clock: TestClock) -> ClaimStore:
    return ClaimStore(database, clock)


@pytest.fixture
def pending(database: Database, clock: TestClock) -> PendingClaimStore:
    return PendingClaimStore(database, clock)


async def test_badges_printed_again_are_the_same(claims: ClaimStore) -> None:
    first = await claims.badge_tokens("e1", ["ada0", "bo00"], SECRET)
    again = await claims.badge_tokens("e1", ["bo00", "cleo", "ada0"], SECRET)
    assert {person: again[person] for person in first} == first
    assert len(set(again.values())) == 3
    assert all(len(token) == 26 and token.isalnum() and token.isupper() for token in again.values())


def test_tokens_differ_by_server_event_person_and_generation() -> None:
    tokens = {
        claim_token(secret, event=event, attendee=attendee, generation=generation)
        for secret in (SECRET, b"t" * 32)
        for event in ("e1", "e2")
        for attendee in ("ada0", "bo00")
        for generation in (1, 2)
    }
    assert len(tokens) == 16


async def test_a_token_finds_its_badge_and_only_its(claims: ClaimStore) -> None:
    tokens = await claims.badge_tokens("e1", ["ada0", "bo00"], SECRET)
    assert await claims.find(tokens["ada0"]) == ClaimRow("e1", "ada0", 1, None)
    assert await claims.find(tokens["ada0"][:-1]) is None


async def test_the_first_device_is_bound_and_no_other(claims: ClaimStore, clock: TestClock) -> None:
    token = (await claims.badge_tokens("e1", ["ada0"], SECRET))["ada0"]
    claim = await claims.find(token)
    assert claim is not None
    assert await claims.bind(claim)
    assert not await claims.bind(claim)
    bound = await claims.find(token)
    assert bound is not None
    assert bound.bound_at == clock()
    await claims.badge_tokens("e1", ["ada0"], SECRET)
    assert await claims.find(token) == bound


async def test_reset_voids_the_badge_its_logins_and_its_links(
    claims: ClaimStore, database: Database, clock: TestClock
) -> None:
    logins, links = LoginStore(database, clock), LinkStore(database, clock)
    old = await claims.badge_tokens("e1", ["ada0", "bo00"], SECRET)
    claim = await claims.find(old["ada0"])
    assert claim is not None
    lost, other = await logins.make("guest", "ada0", "e1"), await logins.make("guest", "bo00", "e1")
    link = await links.make("transfer", "ada0", event="e1", ttl=600.0)
    assert await claims.reset("e1", "ada0") == 2
    assert await claims.find(old["ada0"]) is None
    assert not await claims.bind(claim)
    assert await logins.login(lost) is None
    assert await links.use(link, "transfer") is None
    assert await logins.login(other) is not None
    new = await claims.badge_tokens("e1", ["ada0", "bo00"], SECRET)
    assert new["ada0"] != old["ada0"]
    assert new["bo00"] == old["bo00"]
    assert await claims.find(new["ada0"]) == ClaimRow("e1", "ada0", 2, None)


async def test_a_badge_reset_before_it_was_printed_counts(claims: ClaimStore) -> None:
    assert await claims.reset("e1", "ada0") == 1
    assert await claims.reset("e1", "ada0") == 2
    token = (await claims.badge_tokens("e1", ["ada0"], SECRET))["ada0"]
    assert token == claim_token(SECRET, event="e1", attendee="ada0", generation=2)


async def test_no_file_holds_a_badge_token(claims: ClaimStore, folder: DataFolder) -> None:
    tokens = await claims.badge_tokens("e1", ["ada0"], SECRET)
    files = [path.read_bytes() for path in folder.path.iterdir()]
    assert any(b"ada0" in content for content in files)
    assert not any(tokens["ada0"].encode() in content for content in files)


async def test_a_confirmed_claim_makes_one_login(pending: PendingClaimStore) -> None:
    secret = await pending.ask("e1", "ada0")
    (waiting,) = await pending.list_pending("e1")
    assert await pending.redeem(secret) is None
    confirmed = await pending.confirm("e1", waiting.id)
    assert confirmed is not None
    assert confirmed.attendee == "ada0"
    assert await pending.list_pending("e1") == []
    assert await pending.pending(secret) == confirmed
    assert await pending.redeem(secret) == confirmed
    assert await pending.redeem(secret) is None


async def test_a_refused_claim_makes_none(pending: PendingClaimStore) -> None:
    secret = await pending.ask("e1", "ada0")
    (waiting,) = await pending.list_pending("e1")
    assert await pending.refuse("e1", waiting.id) is not None
    assert await pending.confirm("e1", waiting.id) is None
    assert await pending.redeem(secret) is None
    row = await pending.pending(secret)
    assert row is not None
    assert row.status == "refused"


async def test_the_door_of_another_event_can_neither_see_nor_confirm(pending: PendingClaimStore) -> None:
    secret = await pending.ask("e1", "ada0")
    (waiting,) = await pending.list_pending("e1")
    assert await pending.list_pending("e2") == []
    assert await pending.confirm("e2", waiting.id) is None
    assert await pending.redeem(secret) is None


async def test_the_first_device_sees_only_claims_to_be_its_owner(
    pending: PendingClaimStore, clock: TestClock
) -> None:
    for attendee in ("bo00", "ada0", "bo00"):
        await pending.ask("e1", attendee)
        clock.advance(1.0)
    assert [row.attendee for row in await pending.list_pending("e1")] == ["bo00", "ada0", "bo00"]
    assert [row.attendee for row in await pending.list_pending("e1", "ada0")] == ["ada0"]


async def test_a_pending_claim_ends_by_itself(pending: PendingClaimStore, clock: TestClock) -> None:
    secret = await pending.ask("e1", "ada0")
    (waiting,) = await pending.list_pending("e1")
    clock.advance(PENDING_SECONDS)
    assert await pending.list_pending("e1") == []
    assert await pending.confirm("e1", waiting.id) is None
    assert await pending.pending(secret) is None


async def test_erasing_takes_claims_and_logins_of_this_event(
    claims: ClaimStore, pending: PendingClaimStore, database: Database, clock: TestClock
) -> None:
    logins = LoginStore(database, clock)
    token = (await claims.badge_tokens("e1", ["ada0"], SECRET))["ada0"]
    other_event = (await claims.badge_tokens("e2", ["ada0"], SECRET))["ada0"]
    here, there = await logins.make("guest", "ada0", "e1"), await logins.make("guest", "ada0", "e2")
    await pending.ask("e1", "ada0")
    fact = Draft(actor="staff:rosa", command_id="c1", fact=AttendeeErased(attendee="ada0"))
    await SqlJournal(database).append("e1", 0, [fact], at=1.0, private=[ErasureRow(attendee="ada0")])
    assert await claims.find(token) is None
    assert await logins.login(here) is None
    assert await pending.list_pending("e1") == []
    assert await claims.find(other_event) is not None
    assert await logins.login(there) is not None
