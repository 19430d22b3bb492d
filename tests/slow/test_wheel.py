"""The wheel in an environment of its own, run from ``/``: every page, file and catalogue comes along.

The environment is empty but for the wheel. Its dependencies are lent by a path file that names the packages
of the environment that runs the tests: installing them anew would need a network. Such a file is not read
recursively, so the editable project of that environment stays out of it, and every file that is found comes
from the wheel.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from sockets import Client, all_in

from event_server.demo.stage import free_port, set_stage
from event_server.domain.messages import Rules
from event_server.web.permissions import ROUTES, Role
from event_server.web.routes import ROWS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from event_server.demo.stage import Stage
    from event_server.web.endpoint import Row

ROOT = Path(__file__).resolve().parents[2]
SOON = 30.0
ASK_SECONDS = 10.0
LIST = b"Nome,Email\nGaia Finta,gaia@example.org\n"
LANGUAGES = ("it", "en")
MEANING = "from event_server.tags.book import TagBook; print(TagBook().key('potatra'))"
WHERE = "import event_server, schedulers.solve; print(event_server.__file__, schedulers.__file__)"


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a program printed; it must end well, and soon."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean,
        check=False,
        timeout=100,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of an environment that holds the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    place = folder / "env"
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin"


@pytest.mark.slow
def test_programs_of_the_wheel_find_their_own_files(installed: Path) -> None:
    found = run(installed / "python", "-c", WHERE, cwd=Path("/")).split()
    assert [str(installed.parent) in path for path in found] == [True, True]
    assert "serve" in run(installed / "girotondo", "--help", cwd=Path("/"))


@pytest.mark.slow
def test_wheel_brings_the_list_of_tags(installed: Path) -> None:
    assert run(installed / "python", "-c", MEANING, cwd=Path("/")).strip() == "pruning"


class Visitors:
    """A browser for each role at the event."""

    def __init__(self, base: str, stage: Stage) -> None:
        guest = stage.evening.tickets[0].login
        self._base = base
        self._logins = {
            Role.NONE: "",
            Role.GUEST: guest,
            Role.ORGANIZER: stage.organizer,
            Role.ACCOUNT: stage.organizer,
        }
        self._opened: dict[tuple[Role, str], httpx.AsyncClient] = {}

    def browser(self, role: Role, language: str) -> httpx.AsyncClient:
        known = self._opened.get((role, language))
        if known is None:
            headers = {"accept": "text/html", "accept-language": language, "origin": self._base}
            known = httpx.AsyncClient(base_url=self._base, headers=headers, timeout=ASK_SECONDS)
            if self._logins[role]:
                known.cookies.set("girotondo", self._logins[role], domain="127.0.0.1")
            self._opened[role, language] = known
        return known

    async def close(self) -> None:
        for browser in self._opened.values():
            await browser.aclose()


@asynccontextmanager
async def served(installed: Path, folder: Path, port: int) -> AsyncIterator[str]:
    """Start the server from ``/`` with nothing of this project in its environment; give its address."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIROTONDO"))
    }
    settings = {"GIROTONDO_DATA": str(folder), "GIROTONDO_PORT": str(port), "GIROTONDO_LOG_LEVEL": "warning"}
    server = await asyncio.create_subprocess_exec(
        installed / "girotondo", "serve", cwd="/", env=clean | settings, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert server.stdout is not None
        async with asyncio.timeout(SOON):
            told = await server.stdout.readline()
        yield told.decode().split()[-1]
    finally:
        if server.returncode is None:
            server.kill()
            await server.wait()


async def hold_evening(base: str, stage: Stage) -> tuple[str, str]:
    """Let everybody meet and say yes; return the first guest's id and somebody they may write to."""
    address = f"{base.replace('http', 'ws')}/e/{stage.evening.event}"
    desk = Client(f"{address}/control/ws", stage.organizer)
    phones = [Client(f"{address}/ws", ticket.login) for ticket in stage.evening.tickets]
    try:
        await all_in(desk, phones, SOON)
        await steer(desk, "CallToTables", "call")
        await steer(desk, "StartRound", "talk")
        for phone in phones:
            await phone.until(lambda phone=phone: phone.view["phase"] == "talk")
            about = phone.view["partners"][0]["id"]
            await phone.do({"type": "GiveAnswer", "round": 1, "about": about, "again": "yes"})
        await steer(desk, "FinishEvent", "wrap_up")
        await desk.do({"type": "RevealContacts"})
        await phones[0].until(lambda: bool(phones[0].view.get("contacts")))
        return phones[0].view["me"]["id"], phones[0].view["contacts"][0]["id"]
    finally:
        for client in (desk, *phones):
            await client.stop()


async def steer(desk: Client, command: str, phase: str) -> None:
    await desk.do({"type": command})
    await desk.until(lambda: desk.control["phase"] == phase)


async def bring_list(browser: httpx.AsyncClient, event: str) -> str:
    """Return the draft that a list makes."""
    sent = await browser.post(f"/e/{event}/import", files={"list": ("list.csv", LIST, "text/csv")})
    found = re.search(r"/import/([^/]+)/", sent.headers.get("location", ""))
    assert found is not None, sent.text
    return found[1]


def role_for(row: Row) -> Role:
    roles = ROUTES[row.name]
    return next(
        role for role in (Role.GUEST, Role.ORGANIZER, Role.NONE, Role.ACCOUNT) if _fits(role, row, roles)
    )


def _fits(role: Role, row: Row, roles: frozenset[Role]) -> bool:
    at_event = "{event}" in row.path
    return role in roles and at_event == (role in {Role.GUEST, Role.ORGANIZER})


async def check_page(browser: httpx.AsyncClient, row: Row, path: str, language: str) -> set[str]:
    """Return the files that a page asks for; the page must be there, in the reader's language."""
    answer = await browser.get(path)
    assert answer.status_code in {200, 303}, (row.name, answer.status_code, answer.text[:500])
    if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
        return set()
    assert f'<html lang="{language}"' in answer.text, row.name
    return set(re.findall(r'(?:href|src)="(/static/[^"#]+)', answer.text))


async def check_files(browser: httpx.AsyncClient, addresses: set[str]) -> None:
    files = [path for path in (ROOT / "event_server" / "static").rglob("*") if path.is_file()]
    plain = {f"/static/{path.relative_to(ROOT / 'event_server' / 'static').as_posix()}" for path in files}
    assert len(addresses) > 10
    for address in sorted(addresses | plain):
        answer = await browser.get(address)
        assert (address, answer.status_code) == (address, 200)
        assert answer.content


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_wheel_serves_every_page_and_file_in_both_languages(installed: Path, tmp_path: Path) -> None:
    stage = await set_stage(tmp_path, "Prova", people=2, rules=Rules(rounds=1, tables=2))
    port = free_port()
    async with served(installed, tmp_path, port) as base:
        visitors = Visitors(base, stage)
        try:
            await visit(visitors, base, stage)
        finally:
            await visitors.close()


async def visit(visitors: Visitors, base: str, stage: Stage) -> None:
    event = stage.evening.event
    me, contact = await hold_evening(base, stage)
    organizer = visitors.browser(Role.ORGANIZER, "it")
    draft = await bring_list(organizer, event)
    code = await join_code(organizer, event)
    for language in LANGUAGES:
        waiting = visitors.browser(Role.NONE, language)
        asked = await waiting.post(f"/j/{code}/name", data={"attendee": me})
        assert asked.headers.get("location") == "/wait", asked.text
    values = {"event": event, "attendee": me, "id": contact, "draft": draft, "code": code}
    files: set[str] = set()
    for row in (row for row in ROWS if row.method == "GET"):
        for language in LANGUAGES:
            path = filled(row.path, {**values, "language": language, "hash": "any"})
            files |= await check_page(visitors.browser(role_for(row), language), row, path, language)
    (start,) = (row for row in ROWS if row.name == "start")
    files |= await check_page(visitors.browser(Role.ACCOUNT, "it"), start, "/", "it")
    await check_files(organizer, files)
    await check_texts(visitors, event)


def filled(path: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda hole: values[hole[1]], path)


async def join_code(browser: httpx.AsyncClient, event: str) -> str:
    found = re.search(r"/j/(\w+)", (await browser.get(f"/e/{event}/projector")).text)
    assert found is not None
    return found[1]


async def check_texts(visitors: Visitors, event: str) -> None:
    """Opening questions and the texts of scripts come along, in each language its own."""
    questions, catalogs = [], []
    for language in LANGUAGES:
        guest = visitors.browser(Role.GUEST, language)
        phone = (await guest.get(f"/e/{event}")).text
        prompts = re.search(r'data-prompts="([^"]+)"', phone)
        catalog = re.search(r'<script type="application/json" id="catalog">(.*?)</script>', phone, re.DOTALL)
        assert prompts is not None
        assert catalog is not None
        questions.append((await guest.get(prompts[1])).json()["opening"])
        catalogs.append(json.loads(catalog[1]))
    assert len(questions[0]) == len(questions[1]) > 5
    assert not set(questions[0]) & set(questions[1])
    assert len(catalogs[0]) > 0
    assert catalogs[0] != catalogs[1]
