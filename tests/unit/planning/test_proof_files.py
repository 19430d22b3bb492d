"""The archive to take away: the real command confirms it, and it tells no more than it must."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from unit.planning.made_plans import brief, held, people, published
from unpacked import unpacked

from event_server.planning import proof_files
from event_server.planning.proof_files import NoProof, proof_archive

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Come si controlla"
ROOMS = {
    "even": {},
    "odd": {"people": people(7), "tables": 3},
    "trio": {"people": people(7), "tables": 3, "odd": "trio"},
    "wishes": {"must": (("a", "b", 1), ("a", "c", 1), ("d", "e", 0))},
    "private": {"private": (("a", "b"), ("c", "d"))},
    "met": {"met": (("a", "b"), ("c", "d"))},
    "held": {"held": held(("ab", "cd", "ef", "gh"))},
    "held and changed": {
        "people": people(8, a={"table": 4}, b={"side": "x"}, a2={}),
        "held": held(("ab", "cd", "ef", "gh"), ("ac", "bd", "eg", "fh")),
        "never": (("a", "b"), ("e", "g")),
    },
    "fewer tables than before": {"tables": 3, "held": held(("ab", "cd", "ef", "gh"))},
    "somebody left": {"people": people(8, h={"here": False}), "held": held(("ab", "cd", "ef", "gh"))},
    "sides": {"people": people(8, **{p: {"side": "xy"[i % 2]} for i, p in enumerate("abcdefgh")})},
    "mixed": {
        "people": people(8, **{p: {"sector": "xy"[i % 2], "seniority": 3} for i, p in enumerate("abcde")}),
        "seats": 4,
        "tables": 3,
        "mix_sectors": True,
        "mix_seniority": True,
    },
    "silent profiles": {
        "people": tuple(msgspec.structs.replace(p, interests={}, offers=()) for p in people(8))
    },
}


@pytest.mark.parametrize("room", ROOMS)
def test_the_command_line_confirms_what_was_published(room: str, tmp_path: Path) -> None:
    job = brief(people(8), **{key: value for key, value in ROOMS[room].items() if key != "people"})
    job = msgspec.structs.replace(job, people=ROOMS[room].get("people", job.people))
    command = published(job)
    proof = unpacked(proof_archive(job, command, WORDS), tmp_path)
    assert proof.verify() == (0, f"true: value {command.value}, 3 rounds\n")
    assert proof.plan["bound"] == command.bound
    assert proof.plan["certificate"]["kind"] == "prices"
    assert len(proof.plan["unmet"]) == command.unmet
    assert (proof.folder / "README.txt").read_text("utf-8") == WORDS


def test_one_price_changed_is_no_proof_any_more(tmp_path: Path) -> None:
    job = brief(people(8))
    proof = unpacked(proof_archive(job, published(job), WORDS), tmp_path)
    forged = proof.plan
    forged["certificate"]["prices"][3] += 1
    (proof.folder / "plan.json").write_text(json.dumps(forged), "utf-8")
    assert proof.verify()[0] == 1


def test_no_private_pair_can_be_read_off_the_file(tmp_path: Path) -> None:
    job = brief(people(8), never=(("e", "f"),), private=(("a", "b"), ("c", "d")))
    proof = unpacked(proof_archive(job, published(job), WORDS), tmp_path)
    assert proof.problem["forbidden"] == [["e", "f"]]
    weights = np.load(proof.folder / "weights.npy", allow_pickle=False)
    open_room = brief(people(8), never=(("e", "f"),))
    other = unpacked(proof_archive(open_room, published(open_room), WORDS), tmp_path / "other")
    assert np.array_equal(weights, np.load(other.folder / "weights.npy", allow_pickle=False))
    assert proof.problem == other.problem


def test_the_file_holds_ids_and_nothing_of_the_profiles(tmp_path: Path) -> None:
    job = brief(people(8, a={"organisation": "Officina", "languages": ("italiano",)}))
    proof = unpacked(proof_archive(job, published(job), WORDS), tmp_path)
    text = "".join(path.read_text("utf-8", "replace") for path in proof.folder.glob("*.json"))
    assert not [word for word in ("Officina", "italiano", "energia", "orti") if word in text]
    assert sorted(path.name for path in proof.folder.iterdir()) == [
        *("README.txt", "plan.json", "problem.json", "weights.npy")
    ]


def test_of_what_tables_mix_the_file_tells_only_who_has_the_same(tmp_path: Path) -> None:
    said = {"a": {"sector": "banca", "seniority": 5}, "b": {"sector": "acqua"}, "c": {"sector": "banca"}}
    plain = brief(people(8, **said), seats=4)
    proof = unpacked(proof_archive(plain, published(plain), WORDS), tmp_path / "plain")
    assert not any("attributes" in person for person in proof.problem["attendees"])
    job = msgspec.structs.replace(plain, mix_sectors=True, mix_seniority=True)
    proof = unpacked(proof_archive(job, published(job), WORDS), tmp_path / "mixed")
    told = {person["id"]: person.get("attributes") for person in proof.problem["attendees"]}
    assert told["a"] == {"sector": "1", "seniority": "1"}
    assert (told["b"], told["c"], told["d"]) == ({"sector": "2"}, {"sector": "1"}, None)


def test_the_same_proof_is_the_same_file() -> None:
    job = brief(people(8))
    command = published(job)
    assert proof_archive(job, command, WORDS) == proof_archive(job, command, WORDS)


def test_a_plan_of_another_room_has_no_proof() -> None:
    job, command = brief(people(8)), published(brief(people(8)))
    with pytest.raises(NoProof, match="does not fit"):
        proof_archive(brief(people(6)), command, WORDS)
    with pytest.raises(NoProof, match="not the one"):
        proof_archive(job, msgspec.structs.replace(command, value=command.value + 1), WORDS)
    with pytest.raises(NoProof, match="no proof"):
        proof_archive(job, msgspec.structs.replace(command, figures=None), WORDS)


def test_a_room_too_large_for_a_file_has_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_files, "MOST_PROVEN", 7)
    with pytest.raises(NoProof, match="too large"):
        proof_archive(brief(people(8)), published(brief(people(8))), WORDS)
