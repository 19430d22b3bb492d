"""The organizer's first link, signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from site_double import PASSWORD

from event_server.web.local_path import local_path
from event_server.web.throttle import LIMITS

if TYPE_CHECKING:
    from site_double import Site

FAY = {"name": "Fay Bozza", "email": "fay@example.org", "password": PASSWORD}


async def test_first_link_makes_an_account_once(site: Site) -> None:
    secret = await site.services.links.make("setup", "", ttl=60)
    browser = site.browser()
    made = await browser.post("/setup", data={"secret": secret, **FAY})
    assert made.headers["location"] == "/"
    assert "Fay Bozza" in (await browser.get("/")).text
    again = await site.browser().post(
        "/setup", data={"secret": secret, **FAY, "email": "gus@example.org", "name": "Gus Bozza"}
    )
    assert again.status_code == 422
    assert await site.services.accounts.count() == 1


async def test_stored_password_is_argon2id(site: Site) -> None:
    account = await site.account(password=PASSWORD)
    assert account.password_hash.startswith("$argon2id$")


async def test_typing_error_does_not_cost_the_link(site: Site) -> None:
    secret = await site.services.links.make("setup", "", ttl=60)
    short = await site.browser().post("/setup", data={"secret": secret, **FAY, "password": "short"})
    assert short.status_code == 422
    assert "at least 10" in short.text
    made = await site.browser().post("/setup", data={"secret": secret, **FAY})
    assert made.status_code == 303


async def test_link_of_a_team_gives_a_role_at_its_event(site: Site) -> None:
    row = await site.event("Ada Prova")
    secret = await site.services.links.make("setup", "door", event=row.id, ttl=60)
    await site.browser().post("/setup", data={"secret": secret, **FAY})
    account = await site.services.accounts.by_email("fay@example.org")
    assert account is not None
    assert await site.services.accounts.role(account.id, row.id) == "door"


async def test_new_password_ends_other_logins(site: Site) -> None:
    account = await site.account(password=PASSWORD)
    elsewhere = await site.staff(account)
    secret = await site.services.links.make("password", account.id, ttl=60)
    changed = await site.browser().post("/password", data={"secret": secret, "password": "un'altra frase"})
    assert changed.headers["location"] == "/"
    assert "Fay Bozza" not in (await elsewhere.get("/")).text
    old = await site.browser().post("/login", data={"email": account.email, "password": PASSWORD})
    assert old.status_code == 403


async def test_login_goes_on_where_it_was_asked_for(site: Site) -> None:
    account = await site.account(password=PASSWORD)
    row = await site.event(account=account)
    browser = site.browser()
    sent = await browser.get(f"/e/{row.id}/control")
    assert sent.headers["location"] == f"/login?next=/e/{row.id}/control"
    form = {"email": "FAY@example.org", "password": PASSWORD, "next": f"/e/{row.id}/control"}
    entered = await browser.post("/login", data=form)
    assert entered.headers["location"] == f"/e/{row.id}/control"


async def test_login_never_leads_to_another_host(site: Site) -> None:
    await site.account(password=PASSWORD)
    form = {"email": "fay@example.org", "password": PASSWORD, "next": "//evil.example"}
    assert (await site.browser().post("/login", data=form)).headers["location"] == "/"


@pytest.mark.parametrize(
    "evil", ["//evil.example", "https://evil.example", "/\\evil.example", "/a//b", "javascript:1", "", "/a?b"]
)
def test_only_plain_paths_of_this_server_are_local(evil: str) -> None:
    assert local_path(evil) == "/"
    assert local_path("/e/one/control") == "/e/one/control"


async def test_wrong_password_and_unknown_address_answer_alike(site: Site) -> None:
    await site.account(password=PASSWORD)
    wrong = await site.browser().post("/login", data={"email": "fay@example.org", "password": "wrong"})
    unknown = await site.browser().post("/login", data={"email": "gus@example.org", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.text.replace("fay@", "gus@") == unknown.text


async def test_passwords_are_throttled_per_address(site: Site) -> None:
    tries = LIMITS["login"].amount + 1
    form = {"email": "fay@example.org", "password": "wrong"}
    answers = [(await site.browser().post("/login", data=form)).status_code for _ in range(tries)]
    assert answers == [403] * (tries - 1) + [429]


async def test_signing_out_ends_the_login(site: Site) -> None:
    account = await site.account()
    secret = await site.services.logins.make("staff", account.id)
    browser = site.with_login(secret)
    await browser.post("/logout")
    assert await site.services.logins.login(secret) is None
    assert "Fay Bozza" not in (await browser.get("/")).text


async def test_cookie_over_plain_http(site: Site) -> None:
    row = await site.event("Ada Prova")
    token = await site.badge(row, "p1")
    cookie = (await site.browser().post("/b", data={"secret": token})).headers["set-cookie"]
    assert cookie.startswith("girotondo=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
