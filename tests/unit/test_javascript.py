"""Runs the unit tests of the screens' ES modules where Node is at hand; users of Girotondo need none."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node")
OLDEST_NODE = 20


def node_version() -> int:
    if NODE is None:
        return 0
    version = subprocess.run([NODE, "--version"], capture_output=True, text=True, check=True, timeout=20)
    return int(version.stdout.lstrip("v").partition(".")[0])


@pytest.mark.skipif(node_version() < OLDEST_NODE, reason=f"Node {OLDEST_NODE} or newer is not installed")
def test_es_modules_pass_their_own_tests() -> None:
    suites = sorted(str(path) for path in (ROOT / "tests" / "js").glob("*.test.mjs"))
    assert len(suites) >= 6
    assert NODE is not None
    run = subprocess.run(
        [NODE, "--test", *suites], cwd=ROOT, capture_output=True, text=True, check=False, timeout=90
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]


@pytest.mark.parametrize(
    "module", sorted((ROOT / "event_server" / "static" / "js").rglob("*.js")), ids=lambda p: p.name
)
def test_es_modules_stay_short(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) < 150


def test_stylesheets_name_no_colour_outside_the_tokens() -> None:
    hex_colours = {
        path.name: line
        for path in (ROOT / "event_server" / "static" / "css").rglob("*.css")
        if path.name != "tokens.css"
        for line in path.read_text(encoding="utf-8").splitlines()
        if ": #" in line or "rgb(" in line
    }
    assert hex_colours == {}
