import assert from "node:assert/strict";
import { test } from "node:test";
import * as ring from "../../event_server/static/js/ring_geometry.js";
import { COLOURS, SHAPES, SHAPE_PATHS, tableIdentity, tableName } from "../../event_server/static/js/table.js";

const MINUTE = 60_000;
const ROUND = { startsAt: 0, endsAt: 6 * MINUTE };
const count = (beads, kind) => beads.filter((bead) => bead === kind).length;

test("beads stand on the circle at equal distance, half a step from twelve o'clock", () => {
  const centres = ring.beadCentres(36);
  centres.forEach(({ x, y }, i) => {
    assert.ok(Math.abs(Math.hypot(x, y) - 88) < 0.02);
    const next = centres[(i + 1) % 36];
    assert.ok(Math.abs(Math.hypot(next.x - x, next.y - y) - ring.beadGap(36)) < 0.03);
  });
  assert.ok(Math.abs(centres[0].x + centres[35].x) < 0.02);
  assert.deepEqual(ring.beadCentres(8, { offset: 0 })[0], { x: 0, y: -88 });
});

test("beads never touch, whatever their number", () => {
  for (let n = 2; n <= 72; n += 1) {
    const { full, now, past } = ring.beadSizes(n);
    assert.ok(full + now <= ring.beadGap(n), `${n} beads`);
    assert.ok(past < full);
    assert.ok(88 + now < 106);
  }
});

test("hands hang between neighbours who both hold, inside the chord", () => {
  const centres = ring.beadCentres(12);
  assert.equal(ring.handsPath(centres, centres.map(() => true)).match(/M/g).length, 12);
  const broken = centres.map((_, i) => i !== 3);
  assert.equal(ring.handsPath(centres, broken).match(/M/g).length, 10);
  const controls = [...ring.handsPath(centres, broken).matchAll(/Q(\S+) (\S+)/g)];
  const chord = 88 * Math.cos(Math.PI / 12);
  controls.forEach(([, x, y]) => assert.ok(Math.hypot(x, y) < chord));
  const [, x, y] = ring.handsPath(centres, broken, { reach: 10 }).match(/^M(\S+) (\S+)Q/);
  assert.ok(Math.abs(Math.hypot(x - centres[0].x, y - centres[0].y) - 10) < 0.02, "begins at the bead's edge");
});

test("at 1:48 of six minutes ten beads are past and the eleventh is now", () => {
  const beads = ring.timerBeads({ ...ROUND, now: 108_000 });
  assert.equal(count(beads, "past"), 10);
  assert.equal(beads[10], "now");
  assert.equal(count(beads, "full"), 25);
});

test("full is my turn, hollow is somebody else's", () => {
  const turnsAt = [0, 3 * MINUTE];
  const listening = ring.timerBeads({ ...ROUND, now: 108_000, turnsAt, mine: 1 });
  assert.equal(count(listening, "hollow"), 7);
  assert.equal(count(listening, "full"), 18);
  assert.equal(listening.slice(18).every((bead) => bead === "full"), true);
  const four = ring.timerBeads({ ...ROUND, now: 50_000, turnsAt: [0, 90_000, 180_000, 270_000], mine: 1 });
  assert.deepEqual([count(four, "full"), four.indexOf("full")], [9, 9]);
});

test("every speaker gets the same number of beads", () => {
  for (let speakers = 2; speakers <= 10; speakers += 1) {
    const n = ring.beadCount(speakers);
    const turnsAt = Array.from({ length: speakers }, (_, i) => (i * 6 * MINUTE) / speakers);
    const mine = (who) => count(ring.timerBeads({ ...ROUND, now: -1, count: n, turnsAt, mine: who }).slice(1), "full");
    const shares = turnsAt.map((_, who) => mine(who) + Number(who === 0));
    assert.deepEqual(new Set(shares), new Set([n / speakers]), `${speakers} speakers`);
  }
});

test("on a timer for all every other turn is full", () => {
  const turnsAt = [0, 90_000, 180_000, 270_000];
  const beads = ring.timerBeads({ ...ROUND, now: -1, turnsAt, isShared: true });
  const starts = [0, 9, 18, 27].map((place) => beads[place + 1]);
  assert.deepEqual(starts, ["hollow", "full", "hollow", "full"]);
});

test("before the start the first bead is now, after the end all are past", () => {
  assert.equal(ring.timerBeads({ ...ROUND, now: -5000 })[0], "now");
  assert.equal(count(ring.timerBeads({ ...ROUND, now: 6 * MINUTE }), "past"), 36);
});

test("only one bead changes at a time", () => {
  let before = ring.timerBeads({ ...ROUND, now: 0, turnsAt: [0, 3 * MINUTE], mine: 0 });
  for (let now = 10_000; now < 6 * MINUTE; now += 10_000) {
    const after = ring.timerBeads({ ...ROUND, now, turnsAt: [0, 3 * MINUTE], mine: 0 });
    assert.equal(after.filter((bead, i) => bead !== before[i]).length, 2, "the one that leaves and the one that is now");
    before = after;
  }
});

test("the room has a bead a person, up to 72, and one of them is me", () => {
  const beads = ring.roomBeads({ expected: 60, arrived: 43, me: 21 });
  assert.deepEqual([beads.length, count(beads, "full"), beads[21]], [60, 42, "now"]);
  const crowd = ring.roomBeads({ expected: 600, arrived: 300, me: 299 });
  assert.deepEqual([crowd.length, count(crowd, "full") + 1, count(crowd, "now")], [72, 36, 1]);
  assert.equal(count(ring.roomBeads({ expected: 0, arrived: 0 }), "past"), 1);
  assert.equal(ring.roomBeads({ expected: 5, arrived: 7 }).length, 7);
});

test("the evening: done, now, to come", () => {
  assert.deepEqual(ring.eveningBeads({ rounds: 4, current: 2 }), ["full", "now", "hollow", "hollow"]);
  assert.deepEqual(ring.eveningBeads({ rounds: 2, done: 2 }), ["full", "full"]);
  assert.deepEqual(ring.eveningBeads({ rounds: 2 }), ["hollow", "hollow"]);
});

test("tables: neighbours differ in colour and shape, 56 before a repeat, table 7 is the green hexagon", () => {
  assert.deepEqual(tableIdentity(7), { number: 7, colour: "green", shape: "hexagon", className: "t-green" });
  assert.equal(tableName(7), "Hexagon · green");
  const seen = new Set();
  for (let n = 1; n <= 56; n += 1) {
    const [here, next] = [tableIdentity(n), tableIdentity(n + 1)];
    assert.notEqual(here.colour, next.colour);
    assert.notEqual(here.shape, next.shape);
    seen.add(tableName(n));
  }
  assert.equal(seen.size, 56);
  assert.equal(COLOURS.length * SHAPES.length, 56);
  SHAPES.forEach((shape) => assert.ok(SHAPE_PATHS[shape]));
});
