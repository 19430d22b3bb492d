"""The pages made from the code are those in the repository, and leave nothing out."""

import re
from typing import get_args

import pytest

from event_server.domain import commands as c
from event_server.domain.phases import ALLOWED, Phase
from event_server.views.attendee import AttendeeView
from event_server.web.permissions import COMMANDS, Role
from event_server.web.reference.pages import PROJECT, written
from event_server.web.reference.phases import transitions
from event_server.web.reference.structs import fields, meanings
from event_server.web.refusals import SENTENCES
from event_server.web.wire import Incoming

PAGES = written()
PROTOCOL = PAGES["docs/protocol.md"]


@pytest.mark.parametrize("path", PAGES)
def test_committed_page_is_what_the_code_says(path: str) -> None:
    committed = (PROJECT / path).read_text(encoding="utf-8")
    assert committed == PAGES[path], "write it anew: python -m event_server.web.reference"


def section(title: str) -> str:
    return PROTOCOL.partition(f"\n{title}\n")[2].partition("\n#")[0]


@pytest.mark.parametrize(
    ("title", "roles"),
    [("### Of guests", {Role.GUEST}), ("### Of the team", {Role.ORGANIZER, Role.HELPER})],
)
def test_commands_listed_are_those_the_roles_may_send(title: str, roles: set[Role]) -> None:
    listed = set(re.findall(r"^\| `(\w+)`", section(title), re.MULTILINE))
    assert listed == {command.__name__ for command in get_args(c.Command) if COMMANDS[command] & roles}


def test_steering_commands_are_marked() -> None:
    marked = set(re.findall(r"^\| `(\w+)`.*\| expect \|$", section("### Of the team"), re.MULTILINE))
    assert marked == {command.__name__ for command in c.STEERING}


def test_every_refusal_is_listed_with_its_sentence() -> None:
    listed = re.findall(r"^\| `(\w+)` \| [45]\d\d \| \S", section("## Refusals"), re.MULTILINE)
    assert listed == list(SENTENCES)


def test_everything_a_screen_may_say_has_a_section() -> None:
    assert all(section(f"### {said.__name__}") for said in get_args(Incoming))


def test_every_type_that_is_linked_has_a_section() -> None:
    linked = set(re.findall(r"\]\(#(\w+)\)", PROTOCOL))
    headings = {
        line.removeprefix("### ").lower() for line in PROTOCOL.splitlines() if line.startswith("### ")
    }
    assert len(linked) > 10
    assert linked <= headings


def test_codes_that_the_screens_know_are_explained() -> None:
    script = (PROJECT / "event_server/static/js/backoff.js").read_text(encoding="utf-8")
    final = re.findall(r"\b(4\d{3}):", script)
    codes = section("### Close codes")
    assert final
    assert all(f"| {code} |" in codes for code in final)


def test_fields_carry_what_the_docstring_says_about_them() -> None:
    said = meanings(AttendeeView)
    assert said["reveals_at"] == "When contacts are shown, in WRAP_UP."
    assert said["met"].endswith("`partners` says enough.")
    assert "| `reveals_at` | integer or null | `null` | When contacts" in fields(AttendeeView)


def test_arrows_reach_every_phase_and_are_allowed() -> None:
    arrows = list(transitions())
    assert {after for _, _, after in arrows} == set(Phase) - {Phase.DRAFT}
    for before, cause, _ in arrows:
        command = "Tick" if cause.startswith("the deadline") else cause
        assert command in {allowed.__name__ for allowed in ALLOWED[before]}
