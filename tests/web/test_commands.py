"""The command line: first start, lock, password link, backup, replay."""

from __future__ import annotations

import asyncio
import re
import signal
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest
from site_double import open_site
from typer.testing import CliRunner

from event_server.cli.app import app
from event_server.settings import Settings
from event_server.storage.folder import DataFolder

if TYPE_CHECKING:
    from pathlib import Path

SOON = 20.0


def run(*arguments: str) -> tuple[int, str, str]:
    ended = CliRunner().invoke(app, arguments)
    return ended.exit_code, ended.stdout, ended.stderr


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIROTONDO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("GIROTONDO_PORT", "0")
    return tmp_path / "data"


@pytest.mark.parametrize("command", [("serve",), ("password", "fay@example.org")])
def test_second_server_on_one_folder_is_refused_in_one_line(folder: Path, command: tuple[str, ...]) -> None:
    with DataFolder(folder).lock():
        code, _, errors = run(*command)
    assert code == 1
    assert errors.startswith("girotondo: server_running: ")
    assert errors.count("\n") == 1


async def test_backup_and_replay_read_without_writing(folder: Path, tmp_path: Path) -> None:
    async with open_site(folder) as site:
        row = await site.event("Ada Prova", "Bo Esempio")
        copy = tmp_path / "copy.db"
        code, _, errors = await asyncio.to_thread(run, "backup", str(copy))
        assert (code, errors) == (0, "")
        code, said, _ = await asyncio.to_thread(run, "replay", row.id)
    assert code == 0
    assert "people 2\n" in said
    assert "phase lobby\n" in said
    assert "Ada" not in said
    with sqlite3.connect(copy) as connection:
        assert connection.execute("select count(*) from journal").fetchone()[0] > 0
    connection.close()
    code, _, errors = await asyncio.to_thread(run, "backup", str(copy))
    assert (code, errors) == (1, f"girotondo: {copy} exists already\n")
    assert (await asyncio.to_thread(run, "replay", "nope")) == (1, "", "girotondo: there is no event nope\n")


async def test_password_link_is_printed_for_a_known_account(folder: Path) -> None:
    async with open_site(folder) as site:
        await site.account("Fay Bozza")
    code, said, _ = await asyncio.to_thread(run, "password", "fay@example.org")
    assert code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:0/password#[0-9A-Z]{26}\n", said)
    assert (await asyncio.to_thread(run, "password", "gus@example.org"))[0] == 1


def test_wrong_setting_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIROTONDO_PUBLIC_URLS", "serata.example")
    code, _, errors = run("serve")
    assert code == 1
    assert "GIROTONDO_PUBLIC_URLS" in errors


def test_lists_in_settings_need_no_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIROTONDO_PUBLIC_URLS", "https://Serata.example/, http://b.local:8000")
    monkeypatch.setenv("GIROTONDO_TRUSTED_PROXIES", "127.0.0.1 10.0.0.0/8")
    settings = Settings()
    assert settings.public_urls == ("https://serata.example", "http://b.local:8000")
    assert [str(network) for network in settings.trusted_proxies] == ["127.0.0.1/32", "10.0.0.0/8"]


async def test_first_start_prints_a_link_and_a_signal_ends_it_cleanly(folder: Path) -> None:
    serving = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "event_server", "serve",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert serving.stdout is not None
    try:
        async with asyncio.timeout(SOON):
            address = (await serving.stdout.readline()).decode().split()[-1]
            link = (await serving.stdout.readline()).decode()
            port = int(address.rpartition(":")[2])
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = await reader.read()
            writer.close()
            serving.send_signal(signal.SIGTERM)
            _, errors = await serving.communicate()
    finally:
        if serving.returncode is None:
            serving.kill()
            await serving.wait()
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert re.search(rf"{re.escape(address)}/setup#[0-9A-Z]{{26}}\n$", link)
    assert serving.returncode == 0, errors.decode()
    assert b"Traceback" not in errors
    secret = link.rpartition("#")[2].strip().encode()
    assert secret not in errors
    assert all(secret not in content for content in contents(folder).values())
    assert set(contents(folder)) >= {"girotondo.db", "secret"}
