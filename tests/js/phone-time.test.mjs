import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { timerBeads } from "../../event_server/static/js/ring_geometry.js";
import {
  dueMoment,
  moments,
  newSpeaker,
  remaining,
  talkSpan,
  titleStep,
  turnOf,
} from "../../event_server/static/js/phone/time.js";

const view = (name) => JSON.parse(readFileSync(new URL(`../fixtures/views/phone-${name}.json`, import.meta.url), "utf8"));
const MINUTE = 60_000;

test("what is left follows the deadline, and stands in a pause", () => {
  const talk = view("talk_first_half");
  assert.equal(remaining(talk, talk.now), 252_000);
  assert.equal(remaining(talk, talk.ends_at + MINUTE), 0);
  const paused = view("talk_paused");
  assert.equal(remaining(paused, paused.now + MINUTE), 252_000);
  assert.equal(remaining(view("lobby"), view("lobby").now), null);
});

test("a talk that is announced has all its time, and its ring has not begun", () => {
  const announced = view("talk_announced");
  assert.ok(announced.now < announced.starts_at);
  assert.equal(remaining(announced, announced.now), 6 * MINUTE);
  assert.equal(talkSpan(announced, announced.now).now, announced.starts_at);
});

test("the first listens while the other speaks, then speaks to the end", () => {
  const talk = view("talk_first_half");
  const first = turnOf(talk, talk.now);
  assert.deepEqual([first.who, first.index, first.mine], ["cleo", 0, 1]);
  assert.deepEqual([first.left, first.untilMine], [72_000, 72_000]);
  assert.deepEqual(first.next, { who: "ada", length: 3 * MINUTE });
  const second = view("talk_second_half");
  const now = turnOf(second, second.now);
  assert.deepEqual([now.who, now.index, now.left, now.next, now.untilMine], ["ada", 1, 124_000, null, 0]);
});

test("the third of three waits two turns", () => {
  const trio = view("talk_trio");
  const turn = turnOf(trio, trio.now);
  assert.deepEqual([turn.index, turn.mine, turn.untilMine], [0, 2, 210_000]);
});

test("in a pause the ring stands where it stood when the clock was stopped", () => {
  const [running, paused] = [view("talk_first_half"), view("talk_paused")];
  const beads = (of) => {
    const turnsAt = of.turns.map(({ at }) => at);
    return timerBeads({ ...talkSpan(of, of.now), turnsAt, mine: 1 });
  };
  assert.deepEqual(beads(paused), beads(running));
  assert.equal(turnOf(paused, paused.now + MINUTE).left, 72_000);
});

test("where turns differ in length each has its own time, and in a pause too", () => {
  const [running, paused] = [view("talk_five_one_gone"), view("talk_five_one_gone_paused")];
  for (const [of, now] of [[running, running.now], [paused, paused.now + MINUTE]]) {
    const turn = turnOf(of, now);
    assert.deepEqual([turn.index, turn.mine, turn.left, turn.next], [1, 0, 68_000, { who: "p011", length: 96_000 }]);
  }
  const span = talkSpan(paused, paused.now + MINUTE);
  assert.deepEqual(span, talkSpan(running, running.now));
  assert.equal(span.endsAt - span.startsAt, 6 * MINUTE);
  const third = timerBeads({ ...span, turnsAt: running.turns.map(({ at }) => at), mine: 2 });
  assert.deepEqual([third.indexOf("full"), third.filter((bead) => bead === "full").length], [17, 9]);
});

test("where nobody is left to speak all talk to the end", () => {
  const talk = view("talk_first_half");
  const open = { ...talk, turns: [{ at: talk.starts_at, who: "cleo" }, { at: talk.starts_at + MINUTE, who: "" }] };
  const turn = turnOf(open, talk.now);
  assert.deepEqual([turn.who, turn.left, turn.next], ["", remaining(talk, talk.now), null]);
  assert.equal(moments(open)[1].who, "");
});

test("who speaks because somebody came or went is heard of once, at this table and while the clock runs", () => {
  const before = view("talk_five_one_gone");
  const { now, turns } = before;
  const gone = { ...before, turns: [turns[0], { at: now - 50, who: turns[2].who }, turns[3]] };
  assert.equal(newSpeaker(before, gone, now), "p011");
  assert.equal(newSpeaker(before, { ...gone, turns: [turns[0], { at: now - 50, who: "" }] }, now), "");
  assert.equal(newSpeaker(gone, gone, now), undefined);
  assert.equal(newSpeaker(before, before, turns[2].at), undefined, "a turn that the clock begins is a moment");
  assert.equal(newSpeaker(before, { ...gone, table: { number: 2, seat: "A" } }, now), undefined);
  assert.equal(newSpeaker(before, { ...gone, paused: { at: now, remaining: 1000 } }, now), undefined);
  assert.equal(newSpeaker(before, { ...gone, turns: undefined }, now), undefined, "who is left alone listens to nobody");
  assert.equal(newSpeaker(undefined, gone, now), undefined);
});

test("beads are hollow in the other's turn and full in mine", () => {
  const talk = view("talk_first_half");
  const turnsAt = talk.turns.map(({ at }) => at);
  const beads = timerBeads({ ...talkSpan(talk, talk.now), turnsAt, mine: 1 });
  const count = (kind) => beads.filter((bead) => bead === kind).length;
  assert.deepEqual([count("past"), count("now"), count("hollow"), count("full")], [10, 1, 7, 18]);
});

test("a talk of two has a start, a swap, a minute, ten seconds and an end", () => {
  const talk = view("talk_first_half");
  const told = moments(talk).map(({ at, cue, who }) => [(at - talk.starts_at) / 1000, cue, who]);
  assert.deepEqual(told, [
    [0, "start", "cleo"],
    [180, "swap", "ada"],
    [300, "minute", undefined],
    [350, "seconds", undefined],
    [360, "end", undefined],
  ]);
});

test("warnings that would fall upon a swap are left out, and a standing clock has no moments", () => {
  const talk = view("talk_first_half");
  const short = { ...talk, ends_at: talk.starts_at + 2 * MINUTE, turns: [talk.turns[0], { at: talk.starts_at + MINUTE, who: "ada" }] };
  assert.deepEqual(moments(short).map(({ cue }) => cue), ["start", "swap", "seconds", "end"]);
  assert.deepEqual(moments(view("talk_paused")), []);
  assert.deepEqual(moments(view("feedback")), []);
  assert.deepEqual(moments(view("sit_out")), []);
});

test("a moment is told once, and after a sleep only the last", () => {
  const list = moments(view("talk_first_half"));
  const swap = list[1].at;
  assert.equal(dueMoment(list, swap - 250, swap).cue, "swap");
  assert.equal(dueMoment(list, swap, swap + 250), undefined);
  assert.equal(dueMoment(list, swap - MINUTE, swap + 3 * MINUTE + 250).cue, "end");
});

test("the title changes each quarter of a minute", () => {
  const talk = view("talk_first_half");
  assert.equal(titleStep(talk, talk.ends_at - 30_000), titleStep(talk, talk.ends_at - 16_000));
  assert.notEqual(titleStep(talk, talk.ends_at - 30_000), titleStep(talk, talk.ends_at - 15_000));
  assert.equal(titleStep(view("lobby"), 0), -1);
});
