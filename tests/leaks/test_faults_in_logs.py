"""What goes wrong inside is logged with its place, and without the words of the people it happened to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import profile
from leaks.evening import Evening
from leaks.logs import logs_of_server
from live_server import hurry, live_server

from event_server.domain.private import ProfileRow
from event_server.storage import private_rows
from event_server.web.pages import me

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NAMELESS = "Ospite8qz Nuovo8qz"


async def test_statement_that_fails_is_logged_without_its_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    with logs_of_server(monkeypatch, "debug") as logs:
        async with live_server(tmp_path) as live:
            evening = Evening(live, {"p1": profile(1), "p2": profile(2)})
            await evening.open()
            # The second to come gets the id of the first.
            monkeypatch.setattr(private_rows, "new_id", lambda: "the-same")
            walk_in = await evening.add("walk_in", "", "")
            for number in range(2):
                form = {"name": NAMELESS, "consent": "on", "id": f"form-{number}"}
                answer = await walk_in.post(f"/j/{evening.room.card.join_code}/new", **form)
            await evening.close()
    assert answer.status_code == 500
    assert "UNIQUE constraint failed" in logs.getvalue()
    assert [word for word in NAMELESS.split() if word in logs.getvalue()] == []
    assert NAMELESS.encode() not in answer.content


async def test_fault_of_a_page_is_logged_and_shown_without_what_was_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)

    def broken(*_: object, **__: object) -> ProfileRow:
        raise RuntimeError("broken")

    monkeypatch.setattr(me, "ProfileRow", broken)
    with logs_of_server(monkeypatch, "debug") as logs:
        async with live_server(tmp_path) as live:
            evening = Evening(live, {"p1": profile(1), "p2": profile(2)})
            await evening.open()
            answer = await evening.actors["p1"].post(f"{evening.path}/card", name=NAMELESS)
            await evening.close()
    assert answer.status_code == 500
    assert "RuntimeError: broken" in logs.getvalue()
    assert [word for word in NAMELESS.split() if word in logs.getvalue()] == []
    assert "broken" not in answer.text
