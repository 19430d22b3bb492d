"""Cookies over https, and secrets that stand nowhere but in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_double import open_site

if TYPE_CHECKING:
    from pathlib import Path

    from site_double import Site

PUBLIC = "https://serata.example"


def database_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.name.startswith("girotondo.db"))


async def test_cookie_over_https_belongs_to_the_host_alone(tmp_path: Path) -> None:
    async with open_site(tmp_path, public_urls=(PUBLIC,)) as site:
        row = await site.event("Ada Prova")
        browser = site.browser(origin=PUBLIC, host="serata.example")
        claimed = await browser.post("/b", data={"secret": await site.badge(row, "p1")})
        cookie = claimed.headers["set-cookie"]
        assert cookie.startswith("__Host-girotondo=")
        for attribute in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"):
            assert attribute in cookie
        assert "Domain" not in cookie
        assert claimed.headers["strict-transport-security"] == "max-age=31536000"


async def test_secrets_are_stored_hashed(site: Site, tmp_path: Path) -> None:
    row = await site.event("Ada Prova")
    browser, token = site.browser(), await site.badge(row, "p1")
    await browser.post("/b", data={"secret": token})
    login = browser.cookies["girotondo"]
    transfer = await site.services.links.make("transfer", "p1", event=row.id, ttl=60)
    stored = database_bytes(tmp_path)
    assert row.id.encode() in stored
    for secret in (token, login, transfer):
        assert secret.encode() not in stored


async def test_forged_flash_is_not_shown(site: Site) -> None:
    browser = site.browser()
    browser.cookies.set("girotondo_flash", "eyJraW5kIjoib2sifQ.forged.signature", domain="localhost.local")
    page = await browser.get("/")
    assert page.status_code == 200
    assert "banner-ok" not in page.text


async def test_flash_is_shown_once(site: Site) -> None:
    row = await site.event("Ada Prova")
    guest = await site.guest(row, "p1")
    await guest.post(f"/e/{row.id}/erase", data={"id": "one"})
    assert "Your data is gone." in (await guest.get("/")).text
    assert "Your data is gone." not in (await guest.get("/")).text
