import assert from "node:assert/strict";
import { test } from "node:test";
import * as clock from "../../event_server/static/js/control/clockwork.js";
import { view } from "./control_views.mjs";

const MINUTE = 60_000;
const talk = view("control-talk");

test("a talk of six minutes shows 4:12 after 1:48", () => {
  const shown = clock.clockOf(talk, talk.now);
  assert.equal(shown.endsAt - shown.startsAt, 6 * MINUTE);
  assert.equal(shown.remaining, 252_000);
  assert.deepEqual(shown.turnsAt, [talk.starts_at, talk.starts_at + 3 * MINUTE]);
});

test("turns are told where all tables have the same, and while the clock runs", () => {
  const turns = [0, 1, 2].map((turn) => talk.starts_at + turn * 2 * MINUTE);
  assert.deepEqual(clock.clockOf({ ...talk, turns }, talk.now).turnsAt, turns);
  assert.deepEqual(clock.clockOf(view("control-talk-fives"), talk.now).turnsAt, []);
  assert.deepEqual(clock.clockOf(view("control-talk-paused"), 0).turnsAt, []);
});

test("a pause stands where it was pressed, however long it lasts", () => {
  const paused = view("control-talk-paused");
  const [first, later] = [paused.now, paused.now + 5 * MINUTE].map((now) => clock.clockOf(paused, now));
  assert.deepEqual(first, later);
  assert.equal(first.remaining, 252_000);
  assert.equal(first.endsAt - first.startsAt, 6 * MINUTE);
  assert.equal(first.isPaused, true);
});

test("phases without a deadline have no clock", () => {
  for (const name of ["draft", "lobby", "closed"]) assert.equal(clock.clockOf(view(`control-${name}`), 0), null, name);
});

test("a call began when it was called", () => {
  const call = view("control-call");
  const shown = clock.clockOf(call, call.now);
  assert.equal(shown.at - shown.startsAt, 42_000);
  assert.equal(shown.remaining, 48_000);
});

test("a minute more or less moves the end by a minute", () => {
  assert.equal(clock.extended(talk, talk.now, 1), talk.ends_at + MINUTE);
  assert.equal(clock.extended(talk, talk.now, -1), talk.ends_at - MINUTE);
  assert.equal(clock.extended(talk, talk.now, 5), talk.ends_at + 5 * MINUTE);
});

test("while the clock stands, time is added to what is left", () => {
  const paused = view("control-talk-paused");
  const now = paused.now + 90_000;
  assert.equal(clock.extended(paused, now, 1), now + paused.paused.remaining + MINUTE);
  const interrupted = view("control-talk-interrupted");
  assert.equal(clock.extended(interrupted, interrupted.now, 2), interrupted.now + 2 * MINUTE);
});

test("time that ran out begins to count now, not when it ran out", () => {
  const late = talk.ends_at + 30_000;
  assert.equal(clock.extended(talk, late, 1), late + MINUTE);
});

test("nobody can be hurried below ten seconds", () => {
  const now = talk.ends_at - 30_000;
  assert.equal(clock.extended(talk, now, -1), now + clock.LEAST_LEFT_MS);
  assert.equal(clock.canShorten(talk, now), true);
  assert.equal(clock.canShorten(talk, talk.ends_at - clock.LEAST_LEFT_MS), false);
  assert.equal(clock.canShorten(view("control-lobby"), 0), false);
});

test("before a talk has begun it is not shortened to less than its beginning", () => {
  const soon = { ...talk, starts_at: talk.now + 2000, ends_at: talk.now + 20_000 };
  assert.equal(clock.extended(soon, talk.now, -1), soon.starts_at + clock.LEAST_LEFT_MS);
});

test("the end stays put while time runs, and moves away while it stands", () => {
  const running = clock.projectedEnd(talk, talk.now + MINUTE);
  assert.equal(running, talk.projected_end);
  const paused = view("control-talk-paused");
  assert.equal(clock.projectedEnd(paused, paused.now + MINUTE), paused.projected_end + MINUTE);
  assert.equal(clock.projectedEnd(talk, talk.ends_at + MINUTE), talk.projected_end + MINUTE);
  assert.equal(clock.projectedEnd(view("control-closed"), 0), null);
});

test("the drift is in whole minutes after the plan", () => {
  const planned = { ...talk, planned_end: talk.projected_end - 4 * MINUTE - 10_000 };
  assert.equal(clock.drift(planned, talk.now), 4);
  assert.equal(clock.drift({ ...talk, planned_end: undefined }, talk.now), null);
});
