"""A whole evening of people whose every word is known: who received which word, and who must not."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from leaks.evening import EVENT, Evening
from leaks.logs import logs_of_server
from leaks.markers import NAMES, Allowed, Mark, marked, note, word, words_of
from live_server import hurry, live_server
from typer.testing import CliRunner

from event_server.cli.app import app
from event_server.domain import results
from event_server.web.entrance import WAIT_COOKIE
from event_server.web.pages.projector_link import projector_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx
    from live_server import LiveServer

PEOPLE = tuple(f"p{number}" for number in range(1, 8))
WALK_IN = "Ospite8qz Nuovo8qz"
ROUNDS = 2
TO_ALL, TO_ONE, ADDRESSED = "avviso-a-tutti-qz", "avviso-a-una-persona-qz", "p3"
CLAIMED = "p4"
"""Whose badge is claimed by a second phone."""

SHARES = {"p1": ("share_email",), "p2": ("share_phone",), "p3": ("share_email", "share_phone")}
TYPED_WRONG = "scritto-male-qz"


@dataclass
class Recorded:
    """An evening that is over, and everything that came out of the server."""

    received: dict[str, bytes]
    words: dict[Mark, str]
    allowed: Allowed
    logs: str
    files: dict[str, bytes]
    secrets: dict[str, str]

    def seen_by(self, actor: str) -> set[Mark]:
        return {mark for mark, text in self.words.items() if text.encode() in self.received[actor]}


async def talk(evening: Evening, number: int) -> dict[Mark, str]:
    """Hold a round in which everybody answers and keeps a note; return the notes."""
    await evening.say("organizer", "CallToTables")
    for attendee in evening.profiles:
        if evening.partners(attendee):
            await evening.say(attendee, "ArriveAtTable", round=number)
    await evening.poll_all()
    await evening.say("organizer", "StartRound")
    await evening.step()
    notes = {}
    for attendee in evening.profiles:
        for about in evening.partners(attendee):
            again = "yes" if "p7" not in {attendee, about} else "no"
            await evening.say(attendee, "GiveAnswer", round=number, about=about, again=again, rating=4)
            notes[attendee, about] = note(attendee, about)
            text = notes[attendee, about]
            await evening.say(attendee, "SaveNote", text=text, round=number, about=about)
    await evening.say("p5", "AskForHelp", kind="noise")
    await evening.say("organizer", "AnswerHelp", attendee="p5")
    await evening.poll_all()
    await evening.say("organizer", "EndRound")
    await evening.step()
    return notes


async def come_in(evening: Evening) -> None:
    """Check in by phone, at the door and by the event's own code; look for a name; claim a badge twice."""
    *by_phone, at_door = evening.profiles
    for attendee in by_phone:
        await evening.say(attendee, "CheckIn")
    await evening.actors["door"].post(f"{evening.path}/door", attendee=at_door, action="check_in")
    await evening.settle()
    code = evening.room.card.join_code
    await evening.add("walk_in", "", "")
    await evening.actors["walk_in"].post(f"/j/{code}/new", name=WALK_IN, consent="on", id="walk-in")
    await evening.settle()
    stranger = evening.actors["stranger"]
    await stranger.post(f"/j/{code}/search", name=word("p2", "first"))
    await stranger.post("/login", email="nobody@example.org", password=TYPED_WRONG)
    await evening.actors["door"].get(f"{evening.path}/door?q=primo")
    for page in ("/", f"/j/{code}", "/login", "/b", "/t", "/setup", "/nowhere", "/events/new"):
        await stranger.get(page)


async def claim_twice(evening: Evening) -> dict[str, str]:
    """Let two phones claim one badge and a third take over a login; return the secrets that were shown."""
    services = evening.live.services
    tokens = await services.claims.badge_tokens(EVENT, PEOPLE, services.secret)
    first = await evening.add("first_claim", "", "")
    second = await evening.add("second_claim", "", "")
    for phone in (first, second):
        await phone.post("/b", secret=tokens[CLAIMED])
        await phone.get("/wait")
    await evening.actors["door"].get(f"{evening.path}/door")
    shown = await evening.actors["p1"].post(f"{evening.path}/transfer")
    link = after(shown, "/t#")
    third = await evening.add("third", "", "")
    for _ in range(2):
        await third.post("/t", secret=link)
    await evening.actors["organizer"].get(f"{evening.path}/badges")
    made = {"transfer": link, "wall": projector_token(services.secret, EVENT)}
    made |= {f"badge {attendee}": token for attendee, token in tokens.items()}
    kept = {"first_claim": "girotondo", "second_claim": WAIT_COOKIE, "third": "girotondo"}
    for name, cookie in kept.items():
        made[f"cookie {name}"] = evening.actors[name].browser.cookies[cookie]
    return made


def after(page: httpx.Response, mark: str) -> str:
    text = page.text.partition(mark)[2]
    return text[: next(at for at, char in enumerate(text) if not char.isalnum())]


async def make_mistakes(evening: Evening) -> None:
    """Be refused in every way that shows again what was typed."""
    guest, team = evening.actors["p1"], evening.actors["organizer"]
    await guest.post(f"{evening.path}/card", name=TYPED_WRONG, email="keine")
    await team.post(f"{evening.path}/people/p2", name="", email="keine")
    await team.post(f"{evening.path}/people/p2/rule", rule="must", other="Nobody")
    await team.post(f"{evening.path}/control", do="StartRound", expect="0")
    assert guest.socket is not None
    await guest.socket.say({"type": "GiveAnswer", "round": 1, "about": "p1", "again": "yes"})
    await guest.socket.say({"type": "Nothing"})
    await guest.socket.until(lambda: len(guest.socket.refused) == 2)  # type: ignore[union-attr]  # there is one


async def hold(live: LiveServer) -> tuple[Evening, dict[Mark, str], dict[str, str]]:
    evening = Evening(live, {person: marked(person, shares=SHARES.get(person, ())) for person in PEOPLE})
    await evening.open(rounds=3, odd="sit_out")
    await come_in(evening)
    notes = await talk(evening, 1)
    secrets = await claim_twice(evening)
    await make_mistakes(evening)
    await evening.say("organizer", "PostMessage", text=TO_ALL, message="m1")
    await evening.say("organizer", "PostMessage", text=TO_ONE, message="m2", to=ADDRESSED)
    await evening.poll_all()
    notes |= await talk(evening, 2)
    await evening.visit_everything()
    await evening.say("organizer", "FinishEvent")
    await evening.say("organizer", "RevealContacts")
    await evening.poll_all()
    await evening.visit_everything()
    await evening.say("organizer", "CloseEvent")
    return evening, notes, secrets | {f"login {who}": login for who, login in evening.logins.items() if login}


def allowed_of(evening: Evening, notes: dict[Mark, str]) -> Allowed:
    """Return who may receive what, read off who met whom and who said yes to whom."""
    state = evening.room.state
    met = {me: frozenset(other for other, _ in results.people_met(state, me)) for me in PEOPLE}
    pairs = results.mutual_pairs(state)
    mutual = {me: frozenset(o for pair in pairs if me in pair for o in pair if o != me) for me in PEOPLE}
    allowed = Allowed(evening.profiles, met, mutual)
    extra = allowed.extra
    for author, about in notes:
        extra.setdefault(author, set()).add(("note", f"{author} {about}"))
    for person in PEOPLE:
        extra.setdefault(person, set()).add(("message", "all"))
    extra[ADDRESSED].add(("message", "one"))
    # The team may open the wall's page; whoever came in during the evening is a guest like all others.
    for actor in ("projector", "organizer", "helper", "walk_in"):
        extra[actor] = {("message", "all")}
    # Whoever knows the beginning of a name finds it; the door decides whether it is theirs.
    extra["stranger"] = {("p2", name) for name in NAMES}
    return allowed


def words_in(notes: dict[Mark, str]) -> dict[Mark, str]:
    spoken = {("note", f"{author} {about}"): text for (author, about), text in notes.items()}
    return words_of(PEOPLE) | spoken | {("message", "all"): TO_ALL, ("message", "one"): TO_ONE}


async def record(folder: Path) -> Recorded:
    with pytest.MonkeyPatch.context() as monkeypatch, logs_of_server(monkeypatch, "debug") as logs:
        hurry(monkeypatch)
        async with live_server(folder / "data") as live:
            evening, notes, secrets = await hold(live)
            monkeypatch.setenv("GIROTONDO_DATA", str(folder / "data"))
            copied = await asyncio.to_thread(
                CliRunner().invoke, app, ["backup", str(folder / "data" / "copy.db")]
            )
            assert copied.exit_code == 0, copied.stderr
            files = {path.name: path.read_bytes() for path in (folder / "data").iterdir()}
            await evening.close()
        received = {name: actor.everything for name, actor in evening.actors.items()}
        return Recorded(
            received, words_in(notes), allowed_of(evening, notes), logs.getvalue(), files, secrets
        )


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    return asyncio.run(record(tmp_path_factory.mktemp("canary")))


@pytest.mark.parametrize(
    "actor", [*PEOPLE, "organizer", "helper", "door", "projector", "stranger", "walk_in"]
)
def test_everybody_receives_exactly_the_words_meant_for_them(recorded: Recorded, actor: str) -> None:
    assert recorded.seen_by(actor) == recorded.allowed.of(actor)


def test_second_phone_with_a_badge_gets_nothing_before_somebody_says_yes(recorded: Recorded) -> None:
    assert recorded.seen_by("second_claim") == set()


@pytest.mark.parametrize(("phone", "person"), [("first_claim", CLAIMED), ("third", "p1")])
def test_further_phone_gets_nothing_that_is_not_its_persons(
    recorded: Recorded, phone: str, person: str
) -> None:
    seen = recorded.seen_by(phone)
    assert seen <= recorded.allowed.of(person)
    assert (person, "access_needs") in seen


def test_everything_was_there_to_be_leaked(recorded: Recorded) -> None:
    kept = b"".join(recorded.files.values())
    assert [text for text in recorded.words.values() if text.encode() not in kept] == []
    assert sum(kind == "note" for kind, _ in recorded.words) == ROUNDS * (len(PEOPLE) - 1)
    hidden = set(recorded.words) - set().union(*map(recorded.seen_by, recorded.received))
    assert hidden == set()


def test_logs_name_nobody_and_repeat_no_word(recorded: Recorded) -> None:
    assert f"event_id={EVENT}" in recorded.logs
    assert "route=card_save" in recorded.logs
    said = [*recorded.words.values(), *WALK_IN.split(), TYPED_WRONG, "Bozza", "fay@example.org"]
    assert [text for text in said if text in recorded.logs] == []


def test_secrets_are_kept_nowhere_in_clear(recorded: Recorded) -> None:
    assert {"girotondo.db", "girotondo.db-wal", "copy.db", "secret"} <= set(recorded.files)
    for what, secret in recorded.secrets.items():
        holders = [name for name, content in recorded.files.items() if secret.encode() in content]
        assert (what, holders) == (what, [])
        assert secret not in recorded.logs, what


def test_secrets_reach_their_own_browser_alone(recorded: Recorded) -> None:
    """Badge tokens stand in no answer at all: badges carry them as pictures."""
    counts = Counter(what.split()[0] for what in recorded.secrets)
    assert counts == {"badge": len(PEOPLE), "transfer": 1, "wall": 1, "login": len(PEOPLE) + 4, "cookie": 3}
    for what, secret in recorded.secrets.items():
        receivers = {name for name, content in recorded.received.items() if secret.encode() in content}
        assert (what, receivers) == (what, owners(what))


def owners(what: str) -> set[str]:
    """Return who is told a secret in the course of the evening."""
    match what.split():
        case ["transfer"]:
            return {"p1"}
        case ["wall"]:
            return {"organizer"}
        case ["cookie", who]:
            return {who}
        case _:
            return set()
