"""What the docs name exists: files, headings, commands, options, settings, libraries, tests."""

import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import typer.main

from event_server.cli.app import app
from event_server.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMMANDS = typer.main.get_group(app).commands  # type: ignore[attr-defined]  # typer's own group has them
OTHER_VARIABLES = {"GIROTONDO_CONFIG", "GIROTONDO_BROWSER"}
"""Variables that are no settings: where the settings are, and what the tests do without a browser."""

FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_of(page: Path) -> list[str]:
    """Return the code of a page: lines of its blocks, and what stands in backticks."""
    text = text_of(page)
    blocks = [line for block in FENCE.findall(text) for line in block.splitlines()[1:-1]]
    return blocks + re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text_of(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        assert not anchor or anchor in anchors_of(found), target


@every_page
def test_files_named_in_code_exist(page: Path) -> None:
    folders = "event_server|schedulers|tests|docs|templates|benchmarks|frontend"
    for code in code_of(page):
        for name in re.findall(rf"(?<![\w/.])(?:{folders})/[\w./-]*[\w/]", code):
            assert (ROOT / name).exists(), name


@every_page
def test_tests_named_exist(page: Path) -> None:
    for path, name in re.findall(r"(tests/[\w/]+\.py)::(\w+)", text_of(page)):
        assert re.search(rf"^(async )?def {name}\(", text_of(ROOT / path), re.MULTILINE), f"{path}::{name}"
    for path, name in re.findall(r"`(tests/js/[\w.]+)`: \"(.+?)\"", text_of(page)):
        assert f'test("{name}"' in text_of(ROOT / path), f"{path}: {name}"


@every_page
def test_targets_of_make_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    for code in code_of(page):
        for target in re.findall(r"(?:^|\s)make ([a-z]+)", code):
            assert target in targets, code


def commands_in(page: Path) -> Iterator[tuple[str, list[str]]]:
    for code in code_of(page):
        said = code.partition("#")[0]
        for name, rest in re.findall(r"(?:^|\s|/bin/)girotondo ([a-z]+)((?: [^&|;]*)?)", said):
            yield name, re.findall(r"(?<!\w)--?[a-z][a-z-]*", rest)


@every_page
def test_commands_and_their_options_exist(page: Path) -> None:
    for name, options in commands_in(page):
        assert name in COMMANDS, name
        known = {flag for option in COMMANDS[name].params for flag in option.opts}
        assert set(options) <= known, (name, options)


@every_page
def test_variables_are_settings(page: Path) -> None:
    settings = {f"GIROTONDO_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"GIROTONDO_[A-Z_]+", text_of(page))) <= settings | OTHER_VARIABLES


def default_in_words(name: str) -> str:
    value = Settings.model_fields[name].get_default(call_default_factory=True, validated_data={})
    if value in {"", ()}:
        return "\N{EN DASH}"
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{words.replace(str(Path.home()), '~')}`"


def test_table_of_settings_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    page = text_of(ROOT / "docs" / "run-a-server" / "README.md")
    rows = dict(re.findall(r"^\| `GIROTONDO_([A-Z_]+)` \| (\S+) \|", page, re.MULTILINE))
    assert rows == {name.upper(): default_in_words(name) for name in Settings.model_fields}


def test_every_dependency_is_explained() -> None:
    page = text_of(ROOT / "docs" / "develop" / "dependencies.md")
    explained = set(re.findall(r"`([a-z][a-z0-9-]+)`", page))
    extras = chain.from_iterable(PROJECT["project"]["optional-dependencies"].values())
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"], *extras]
    assert {re.split(r"[\[<>=;~ ]", line)[0] for line in wanted} <= explained


def test_every_command_is_documented() -> None:
    assert {name for page in PAGES for name, _ in commands_in(page)} == set(COMMANDS)


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        targets = re.findall(r"\]\(([^)\s:#]+)", FENCE.sub("", text_of(page)))
        waiting += [(page.parent / target).resolve() for target in targets]
    assert {page for page in PAGES if page.parent.name != "adr"} <= reached
