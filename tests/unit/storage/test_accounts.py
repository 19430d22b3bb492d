from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from event_server.storage.accounts import AccountStore, EmailTaken
from event_server.storage.events import EventRow, EventStore
from event_server.storage.links import LinkRow, LinkStore
from event_server.storage.logins import LoginStore

if TYPE_CHECKING:
    from unit.storage.conftest import TestClock

    from event_server.storage.database import Database
    from event_server.storage.folder import DataFolder


@pytest.fixture
def accounts(database: Database, clock: TestClock) -> AccountStore:
    return AccountStore(database, clock)


async def test_account_is_found_by_id_and_by_address_in_any_case(accounts: AccountStore) -> None:
    assert await accounts.count() == 0
    row = await accounts.create("Rosa Prova", "Rosa@Example.org", "hash")
    assert await accounts.get(row.id) == row
    assert await accounts.by_email("ROSA@example.ORG") == row
    assert await accounts.by_email("ugo@example.org") is None
    assert await accounts.count() == 1


async def test_an_address_has_one_account(accounts: AccountStore) -> None:
    await accounts.create("Rosa Prova", "rosa@example.org")
    with pytest.raises(EmailTaken):
        await accounts.create("Rosa Altra", "ROSA@example.org")
    assert await accounts.count() == 1


async def test_password_hash_is_replaced_for_one_account(accounts: AccountStore) -> None:
    rosa = await accounts.create("Rosa Prova", "rosa@example.org", "old")
    ugo = await accounts.create("Ugo Finto", "ugo@example.org", "his")
    await accounts.set_password_hash(rosa.id, "new")
    assert [(await accounts.get(a.id)).password_hash for a in (rosa, ugo)] == ["new", "his"]


async def test_roles_hold_for_one_event_and_can_be_revoked(
    accounts: AccountStore, database: Database
) -> None:
    rosa = await accounts.create("Rosa Prova", "rosa@example.org")
    ugo = await accounts.create("Ugo Finto", "ugo@example.org")
    for event in ("e1", "e2"):
        await EventStore(database).create(EventRow(id=event, title="Prova"), organizer=rosa.id)
    await accounts.grant(ugo.id, "e1", "helper")
    await accounts.grant(ugo.id, "e1", "door")
    assert await accounts.role(ugo.id, "e1") == "door"
    assert await accounts.role(ugo.id, "e2") is None
    assert await accounts.members("e1") == {
        rosa.id: ("Rosa Prova", "organizer"),
        ugo.id: ("Ugo Finto", "door"),
    }
    await accounts.revoke(ugo.id, "e1")
    assert await accounts.role(ugo.id, "e1") is None
    assert await accounts.role(rosa.id, "e1") == "organizer"


async def test_a_link_works_once(database: Database, clock: TestClock) -> None:
    links = LinkStore(database, clock)
    secret = await links.make("transfer", "ada0", event="e1", ttl=600.0)
    assert await links.use(secret, "transfer") == LinkRow("transfer", "ada0", "e1")
    assert await links.use(secret, "transfer") is None


async def test_a_link_of_another_purpose_is_neither_good_nor_used_up(
    database: Database, clock: TestClock
) -> None:
    links = LinkStore(database, clock)
    secret = await links.make("transfer", "ada0", event="e1", ttl=600.0)
    assert await links.use(secret, "setup") is None
    assert await links.use(secret, "transfer") is not None


@pytest.mark.parametrize(("waited", "works"), [(599.0, True), (600.0, False)])
async def test_a_link_works_for_its_time(
    database: Database, clock: TestClock, waited: float, works: bool
) -> None:
    links = LinkStore(database, clock)
    secret = await links.make("setup", "", ttl=600.0)
    clock.advance(waited)
    assert (await links.use(secret, "setup") is not None) == works


async def test_a_login_is_known_until_it_ends(database: Database, clock: TestClock) -> None:
    logins = LoginStore(database, clock)
    secret = await logins.make("guest", "ada0", "e1", ttl=100.0)
    row = await logins.login(secret)
    assert row is not None
    assert (row.kind, row.subject, row.event, row.expires_at) == ("guest", "ada0", "e1", clock() + 100.0)
    clock.advance(100.0)
    assert await logins.login(secret) is None
    assert await logins.login("UNKNOWN") is None


async def test_revoking_ends_one_login_or_all_of_somebody(database: Database, clock: TestClock) -> None:
    logins = LoginStore(database, clock)
    phone, tablet = [await logins.make("guest", "ada0", "e1") for _ in range(2)]
    elsewhere = await logins.make("guest", "ada0", "e2")
    await logins.revoke(phone)
    assert await logins.login(phone) is None
    assert await logins.login(tablet) is not None
    assert await logins.revoke_subject("guest", "ada0", "e1") == 1
    assert await logins.login(tablet) is None
    assert await logins.login(elsewhere) is not None


async def test_no_file_holds_a_secret(database: Database, folder: DataFolder, clock: TestClock) -> None:
    secrets = [
        await LoginStore(database, clock).make("staff", "rosa"),
        await LinkStore(database, clock).make("setup", "", ttl=60.0),
    ]
    files = [path.read_bytes() for path in folder.path.iterdir()]
    assert any(b"rosa" in content for content in files)
    for secret in secrets:
        assert len(secret) == 26
        assert not any(secret.encode() in content for content in files)
