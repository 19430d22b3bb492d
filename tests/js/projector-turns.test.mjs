import assert from "node:assert/strict";
import { test } from "node:test";
import { setCatalog } from "../../event_server/static/js/i18n.js";
import { isLoud } from "../../event_server/static/js/projector/message.js";
import { groupTitle, wordsAround } from "../../event_server/static/js/projector/talk.js";
import { clockOf } from "../../event_server/static/js/projector/standing.js";
import { cuesBetween, roomTurns, seatsNow, speaking, speakingBySize } from "../../event_server/static/js/projector/turns.js";
import { view } from "./control_views.mjs";

setCatalog({ language: "en" });

const MINUTE = 60_000;
const talk = view("projector-talk");
const [first, second] = talk.turns;

test("seat A speaks in the first half, seat B in the second", () => {
  assert.deepEqual(speaking(talk, first), { seat: "A", listening: "B", isFirst: true, swapAt: second });
  assert.deepEqual(speaking(talk, second), { seat: "B", listening: "A", isFirst: false, swapAt: null });
  assert.equal(speaking(talk, first - 1), null);
  assert.equal(speaking(view("projector-feedback"), first), null);
});

test("tables of every size in use have their own turns, those of most tables first", () => {
  const fives = view("projector-talk-fives");
  const at = (seconds) => speakingBySize(fives, fives.starts_at + seconds * 1000);
  assert.deepEqual(at(-1), []);
  assert.deepEqual(at(80).map(({ seats, seat }) => [seats, seat]), [[5, "B"], [4, "A"]]);
  assert.equal(at(80)[1].swapAt, fives.starts_at + 90_000);
  assert.deepEqual([seatsNow(at(80)), seatsNow(at(10)), seatsNow([])], ["B / A", "A", ""]);
  assert.equal(speakingBySize(talk, first).length, 1);
});

const heardIn = (heard) => {
  const cues = [];
  for (let now = heard.starts_at - 1000; now < heard.ends_at + 1000; now += 250) {
    cues.push(...cuesBetween(heard, { before: now - 250, now }));
  }
  return cues;
};

test("each cue of a talk is given once", () => {
  assert.deepEqual(heardIn(talk), ["start", "swap", "minute", "seconds", "end"]);
});

test("a change of turns is heard only where it is one at tables of every size", () => {
  const { turns, other_turns, ...rest } = view("projector-talk-fives");
  assert.equal(heardIn({ ...rest, turns, other_turns }).filter((cue) => cue === "swap").length, 0);
  assert.equal(heardIn({ ...rest, turns }).filter((cue) => cue === "swap").length, turns.length - 1);
  const halves = [turns[0], (turns[0] + rest.ends_at) / 2];
  const quarters = [0, 1, 2, 3].map((turn) => turns[0] + (turn * (rest.ends_at - turns[0])) / 4);
  const both = { ...rest, turns: quarters, other_turns: [{ seats: 2, turns: halves }] };
  assert.equal(heardIn(both).filter((cue) => cue === "swap").length, 1);
});

test("the ring shows turns only where all tables have the same", () => {
  assert.deepEqual(roomTurns(talk), talk.turns);
  assert.deepEqual(roomTurns(view("projector-talk-fives")), []);
  assert.deepEqual(roomTurns(view("projector-lobby")), []);
});

test("in the last minute the wall asks for the end only who speaks last", () => {
  const clock = { remaining: 50_000, startsAt: 0 };
  assert.equal(wordsAround(clock, { seats: "I", isClosing: false, now: 1 }), null);
  const closing = ["Last minute", "Seat J: come to the end."];
  assert.deepEqual(wordsAround(clock, { seats: "J", isClosing: true, now: 1 }), closing);
  assert.equal(wordsAround({ ...clock, remaining: 0 }, { seats: "J", isClosing: true, now: 1 })[0], "Time is over");
});

test("the wall names one seat only where it is the same at tables of every size", () => {
  const [tens, nines] = [{ seats: 10, seat: "B" }, { seats: 9, seat: "A" }];
  const title = (remaining, ...sizes) => groupTitle({ remaining }, sizes, seatsNow(sizes));
  assert.equal(title(5 * MINUTE, tens), "Seat B speaks");
  assert.equal(title(5 * MINUTE, tens, { ...nines, seat: "B" }), "Seat B speaks");
  assert.equal(title(5 * MINUTE, tens, nines), "One voice at a time");
  assert.equal(title(MINUTE, tens, nines), "Last minute");
});

test("a screen that slept does not catch up on cues", () => {
  assert.deepEqual(cuesBetween(talk, { before: first - 1000, now: second + 5000 }), []);
});

test("a pause is silent", () => {
  const paused = view("projector-talk-paused");
  assert.deepEqual(cuesBetween(paused, { before: 0, now: second + 1 }), []);
});

test("the ring of a talk that stands keeps its place", () => {
  const [running, paused] = [talk, view("projector-talk-paused")];
  const before = clockOf(running, { now: running.now, since: 0 });
  const after = clockOf(paused, { now: paused.now, since: 0 });
  assert.equal(after.isPaused, true);
  assert.deepEqual([after.startsAt, after.endsAt, after.at], [before.startsAt, before.endsAt, before.at]);
});

test("a phase that stood before this screen saw it ends when it would have", () => {
  const paused = { phase: "break", paused: { at: 10 * MINUTE, remaining: 5 * MINUTE } };
  const { startsAt, endsAt, at } = clockOf(paused, { now: 30 * MINUTE, since: 20 * MINUTE });
  assert.deepEqual([startsAt, endsAt, at], [10 * MINUTE, 15 * MINUTE, 10 * MINUTE]);
});

test("a break counts from when this screen first saw it", () => {
  const rest = view("projector-break");
  const { startsAt, remaining } = clockOf(rest, { now: rest.now, since: rest.now - MINUTE });
  assert.equal(startsAt, rest.now - MINUTE);
  assert.equal(remaining, rest.ends_at - rest.now);
  assert.equal(clockOf(view("projector-lobby"), { now: 0, since: 0 }), null);
});

test("a message stands alone while it is new, but never hides where people have to go", () => {
  const message = { at: 1000 };
  assert.equal(isLoud({ message, phase: "talk" }, 20_000), true);
  assert.equal(isLoud({ message, phase: "talk" }, 21_000), false);
  assert.equal(isLoud({ message, phase: "call" }, 2000), false);
  assert.equal(isLoud({ phase: "talk" }, 2000), false);
});
