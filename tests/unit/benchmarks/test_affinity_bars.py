"""The benchmark of affinity on made-up data: what it reads, how it plays evenings over, what it prints."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.affinity import main
from benchmarks.affinity_bars import auc, lift_low, per_meeting, quarter_lifts, with_match
from benchmarks.affinity_policies import Affinity
from benchmarks.affinity_speed import room, weigh
from benchmarks.columbia import ACTIVITIES, Crowd, read_crowds
from benchmarks.counterfactual import Held, Outcome, at_random, large_enough, outcome, pair_up, replay
from benchmarks.offers_needs import Delegates, Helped, helped, networking, read_delegates
from benchmarks.offers_needs import at_random as any_pairs
from schedulers.affinity import AffinityProfile
from schedulers.learning import learn

COLUMNS = ("iid", "gender", "wave", "pid", "dec", "like", "field_cd", *ACTIVITIES)


def write_evening(rows: list[dict[str, object]], path: Path) -> Path:
    with path.open("w", encoding="latin-1", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def made_up(side: int, wave: int, seed: int) -> list[dict[str, object]]:
    """Return everybody's answers about everybody of the other side; some people are liked more."""
    random = np.random.default_rng((seed, wave))
    liked = random.random(2 * side)
    people = [100 * wave + k for k in range(2 * side)]
    profile = [
        {"field_cd": random.integers(3), **{it: random.integers(1, 11) for it in ACTIVITIES}} for _ in people
    ]
    return [
        {
            "iid": people[i],
            "gender": int(i < side),
            "wave": wave,
            "pid": float(people[j]),
            "dec": int(random.random() < liked[j]),
            "like": random.integers(1, 11),
            **profile[i],
        }
        for i in range(2 * side)
        for j in (range(side, 2 * side) if i < side else range(side))
    ]


def crowd(yes: list[list[float]], n_left: int) -> Crowd:
    """Return a crowd whose answers are ``yes`` between the sides."""
    table = np.array(yes, dtype=float)
    n = len(table)
    sides = np.arange(n) < n_left
    met = sides[:, None] != sides[None, :]
    return Crowd(1, n_left, (AffinityProfile(),) * n, np.where(met, table, np.nan), table, met)


def everybody_likes(side: int, liked: list[int]) -> Crowd:
    """Return a crowd of ``side`` by ``side`` people in which people like only ``liked``."""
    return crowd([[float(j in liked) for j in range(2 * side)]] * (2 * side), side)


def test_evening_is_read_with_the_left_side_first(tmp_path: Path) -> None:
    same = {"wave": 4, "sports": 7, "art": 8, "music": 10, "yoga": 6}
    rows = [
        {**same, "iid": 12, "gender": 0, "pid": 11.0, "dec": 0, "like": 1, "field_cd": 2.0},
        {**same, "iid": 11, "gender": 1, "pid": 12.0, "dec": 1, "like": 10, "field_cd": 2.0},
        {**same, "iid": 11, "gender": 1, "pid": 13.0, "dec": 1, "like": "", "field_cd": 2.0},
        {**same, "iid": 13, "gender": 0, "pid": "", "dec": 1, "like": 5, "field_cd": ""},
    ]
    (read,) = read_crowds(write_evening(rows, tmp_path / "rows.csv"))
    assert (read.number, read.n_left, read.n) == (4, 1, 3)
    assert read.met.tolist() == [[False, True, False], [True, False, False], [False, False, False]]
    assert (read.yes[0, 1], read.yes[1, 0], read.value[0, 1], read.value[1, 0]) == (1, 0, 1, 0)
    assert read.value[0, 2] == 1, "without a mark, the yes is all there is"
    assert read.profiles[0] == AffinityProfile(interests={"sports": 1, "art": 2, "music": 3}, sector="2.0")
    assert not read.matches.any()


def test_best_pairs_are_seated_and_nobody_who_may_not() -> None:
    scores = np.zeros((4, 4))
    scores[0, 2] = scores[1, 3] = 1.0
    may = np.ones((4, 4), dtype=np.bool_)
    assert pair_up(scores, may, 2, np.zeros(4)).tolist() == [[0, 2], [1, 3]]
    may[0, 2] = False
    assert pair_up(scores, may, 2, np.zeros(4)).tolist() == [[0, 3], [1, 2]]
    may[0, 3] = False
    assert pair_up(scores, may, 2, np.zeros(4)).tolist() == [[1, 3]]
    assert len(pair_up(scores, np.zeros((4, 4), dtype=np.bool_), 2, np.zeros(4))) == 0


def test_who_sat_out_goes_first_whatever_the_score() -> None:
    scores = np.zeros((3, 3))
    scores[0, 1] = 1.0
    may = np.ones((3, 3), dtype=np.bool_)
    assert pair_up(scores, may, 1, np.array([1, 0, 0])).tolist() == [[0, 1]]
    assert pair_up(scores, may, 1, np.array([1, 1, 0])).tolist() == [[0, 2]]
    assert pair_up(scores.T, may, 2, np.array([1, 0, 1])).tolist() == [[1, 2]]


def test_nobody_meets_anybody_twice_in_an_evening_and_the_one_before() -> None:
    held = replay(everybody_likes(6, []), at_random, np.random.default_rng(0), rounds=4, earlier=2)
    assert [number for number, _ in held.numbered()] == [-1, 0, 1, 2, 3, 4]
    pairs = [tuple(pair) for _, of_round in held.numbered() for pair in of_round.tolist()]
    assert len(set(pairs)) == len(pairs) == 6 * 6


def test_outcome_counts_tonights_matches_only() -> None:
    both = everybody_likes(2, [0, 2])
    held = Held(earlier=[np.array([[0, 2], [1, 3]])], tonight=[np.array([[0, 3], [1, 2]])])
    again = Held(tonight=[np.array([[0, 2], [1, 3]])])
    result = outcome(both, [held, again])
    assert result.meetings.tolist() == [1, 1, 1, 1]
    assert result.matches.tolist() == result.with_match.tolist() == [0.5, 0, 0.5, 0]
    assert per_meeting([result]) == 0.25
    assert with_match([result]) == 0.25


def test_crowds_need_partners_to_spare() -> None:
    crowds = [everybody_likes(side, []) for side in (8, 9, 10)]
    assert [it.shortest for it in large_enough(crowds, 5)] == [9, 10]


def test_area_under_the_curve_by_hand() -> None:
    assert auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0, 0, 1, 1])) == 0.75
    assert auc(np.array([0.5, 0.5]), np.array([0, 1])) == 0.5


def test_lift_is_judged_by_crowds() -> None:
    ours = [Outcome(np.full(4, 5.0), np.full(4, matches), np.ones(4)) for matches in (2.0, 2.0)]
    theirs = [Outcome(np.full(4, 5.0), np.full(4, matches), np.ones(4)) for matches in (1.0, 2.0)]
    assert lift_low(ours, ours) == 1
    assert lift_low(ours, theirs) == 1, "in the worst draw the second crowd is drawn twice"


def test_quarters_are_told_from_the_least_popular_on() -> None:
    ladder = crowd([[float(j >= i) for j in range(4)] for i in range(4)], 2)
    assert np.where(ladder.met, ladder.yes, 0).sum(axis=0).tolist() == [0, 0, 2, 2]
    chance = Outcome(np.full(4, 5.0), np.full(4, 1.0), np.ones(4))
    ours = replace(chance, matches=np.array([1.0, 2.0, 3.0, 4.0]))
    assert quarter_lifts([ladder], [ours], [chance]) == pytest.approx([1, 2, 3, 4])


def test_learning_finds_out_who_is_liked_and_seats_them_together() -> None:
    liked = everybody_likes(12, [0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17])
    chances = [np.random.default_rng(k) for k in range(6)]
    by_chance = outcome(liked, [replay(liked, at_random, it, rounds=3, earlier=4) for it in chances])
    for as_lessons in (False, True):
        policy = Affinity(as_lessons=as_lessons, tonight=False)
        ours = outcome(liked, [replay(liked, policy, it, rounds=3, earlier=4) for it in chances])
        assert per_meeting([ours]) > 1.5 * per_meeting([by_chance])


def test_lessons_are_all_that_is_known_of_an_earlier_evening() -> None:
    liked = everybody_likes(6, [0, 7])
    held = replay(liked, at_random, np.random.default_rng(3), rounds=2, earlier=3)
    learned = Affinity(as_lessons=True, tonight=False).learned(liked, held)
    before = [it for it in held.numbered() if it[0] <= 0]
    taught = learn(liked.content, liked.ratings(before), liked.met).taught
    fresh = learn(liked.content, liked.ratings([]), liked.met, taught)
    assert np.array_equal(learned.a, fresh.a)
    assert np.array_equal(learned.b, fresh.b)
    assert learned.mu == 0.5
    assert len(Affinity().learned(liked, held).rounds) == 5


def test_spread_looks_at_tonights_contacts() -> None:
    liked = everybody_likes(3, list(range(6)))
    held = Held(earlier=[np.array([[0, 4], [1, 5], [2, 3]])], tonight=[np.array([[0, 3]])])
    assert held.contacts(liked).tolist() == [1, 0, 0, 1, 0, 0]
    scores = [
        Affinity(spread=spread, tonight=False)(liked, held, np.random.default_rng(0))
        for spread in (False, True)
    ]
    assert scores[1][0, 3] < scores[0][0, 3]


def write_delegates(folder: Path) -> None:
    folder.mkdir()
    names = ",0,1,2,3"
    (folder / "Known_Methods.csv").write_text(
        f"{names}\nart,True,False,False,True\nlaw,False,True,False,False\n"
    )
    (folder / "Wanted_Methods.csv").write_text(
        f"{names}\nart,True,True,True,False\nlaw,True,False,False,False\n"
    )
    (folder / "Network.txt").write_text("0 1\n\n2 3 x\n")


def test_delegates_are_read_and_need_nothing_they_offer(tmp_path: Path) -> None:
    write_delegates(tmp_path / "d")
    read = read_delegates(tmp_path / "d")
    assert [sorted(person.offers) for person in read.profiles] == [["art"], ["law"], [], ["art"]]
    assert [sorted(person.needs) for person in read.profiles] == [["law"], ["art"], ["art"], []]
    assert read.acquainted == ((0, 1), (2, 3))


def test_help_is_counted_round_by_round() -> None:
    ada, bo = (
        AffinityProfile(offers=frozenset({one}), needs=frozenset({other})) for one, other in ("xy", "yx")
    )
    cleo, dora = AffinityProfile(needs=frozenset({"z"})), AffinityProfile(offers=frozenset({"z"}))
    four = Delegates((ada, bo, dora, cleo), ())
    assert helped(four, networking, np.random.default_rng(0), rounds=1) == Helped(1, 1 / 2)
    assert helped(four, any_pairs, np.random.default_rng(0), rounds=3) == Helped(1, 1 / 6)
    idle = Delegates((ada, AffinityProfile()), ())
    assert helped(idle, networking, np.random.default_rng(0), rounds=1) == Helped(0, 0)


def test_made_up_room_has_people_and_answers_of_every_round() -> None:
    made = room(20, rounds=3)
    assert weigh(made).shape == (20, 20)
    assert np.bincount(made.ratings.author).tolist() == np.bincount(made.ratings.about).tolist() == [3] * 20
    assert room(20, rounds=3).profiles == made.profiles


def test_without_data_it_says_so_in_one_line_and_is_content(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for folder in (None, "", str(tmp_path)):
        monkeypatch.delenv("AFFINITY_DATA", raising=False)
        if folder is not None:
            monkeypatch.setenv("AFFINITY_DATA", folder)
        assert main([]) == 0
        (line,) = capsys.readouterr().out.splitlines()
        assert line.startswith("skipped: AFFINITY_DATA names no folder with columbia_part.csv, offers_needs/")


def test_with_data_every_line_is_a_name_a_value_and_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_evening([*made_up(14, 1, 0), *made_up(15, 2, 0)], tmp_path / "columbia_part.csv")
    write_delegates(tmp_path / "offers_needs")
    monkeypatch.setattr("benchmarks.affinity_speed.PEOPLE", 30)
    monkeypatch.setenv("AFFINITY_DATA", str(tmp_path))
    code = main(["--reps", "1"])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert len({line[0] for line in lines}) == len(lines)
    assert all(np.isfinite(float(line[1])) for line in lines)
    assert code == int(any(line[-1] == "MISSED" for line in lines))
    promised = {line[0]: line[2] for line in lines if line[2] != "-"}
    assert promised["first_match_per_meeting"] == ">=0.205"
    assert promised["learn_and_score_n1000_cpu_ms"] == "<=50"
    assert len(promised) == 1 + 8 + 6 + 4 + 2
