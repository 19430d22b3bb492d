from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from event_server.storage.errors import FolderDamaged, ServerRunning
from event_server.storage.folder import DataFolder

if TYPE_CHECKING:
    from pathlib import Path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_secret_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "a" / "data")
    secret = folder.secret()
    assert mode(folder.path) == 0o700
    assert mode(folder.path / "secret") == 0o600
    assert len(secret) == 32
    assert len(set(secret)) > 8


def test_secret_stays_the_same(tmp_path: Path) -> None:
    secret = DataFolder(tmp_path).secret()
    assert DataFolder(tmp_path).secret() == secret
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_secret_is_one_even_when_many_ask_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: DataFolder(tmp_path).secret(), range(32)))
    assert len(secrets) == 1


def test_a_cut_secret_is_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"short")
    with pytest.raises(FolderDamaged, match="holds 5"):
        DataFolder(tmp_path).secret()
    assert (tmp_path / "secret").read_bytes() == b"short"


def test_second_lock_names_the_process_that_works_here(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with folder.lock(), pytest.raises(ServerRunning, match="server_running") as caught:
        folder.lock()
    assert caught.value.pid == os.getpid()


def test_a_released_lock_is_free_again(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    lock = folder.lock()
    lock.release()
    lock.release()
    with folder.lock():
        pass


def test_the_lock_of_a_dead_process_is_free(tmp_path: Path) -> None:
    script = (
        "import pathlib, sys, time\n"
        "from event_server.storage.folder import DataFolder\n"
        "lock = DataFolder(pathlib.Path(sys.argv[1])).lock()\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "locked\n"
        with pytest.raises(ServerRunning) as caught:
            DataFolder(tmp_path).lock()
        assert caught.value.pid == child.pid
        child.kill()
        child.wait(timeout=10)
        with DataFolder(tmp_path).lock():
            pass
