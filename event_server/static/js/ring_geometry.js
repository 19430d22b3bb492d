/**
 * Where the beads of a ring stand and how their hands hang. Pure arithmetic, no DOM.
 *
 * The drawing is 200 units wide around (0, 0); bead 0 is at twelve o'clock, or half a step after it.
 */

/** @typedef {"full" | "hollow" | "now" | "past"} Bead */

/** Sag of a hand, as a part of the distance between two neighbours. */
const SAG = 0.1;

/**
 * @param {number} n beads in the ring
 * @param {{radius?: number, offset?: number}} [options] offset in steps, 0.5 by default
 * @returns {{x: number, y: number}[]} the centre of each bead, clockwise
 */
export function beadCentres(n, { radius = 88, offset = 0.5 } = {}) {
  return Array.from({ length: n }, (_, i) => pointAt((2 * Math.PI * (i + offset)) / n, radius));
}

/** The distance between two neighbours on a ring of n beads; one alone has the whole ring. */
export function beadGap(n, radius = 88) {
  return n > 1 ? 2 * radius * Math.sin(Math.PI / n) : 2 * radius;
}

/**
 * Sizes that follow from the number of beads; a bead never outgrows its neighbours nor the ring.
 *
 * @returns {{full: number, hollow: number, now: number, past: number, line: number}} radii, and the
 *   width of outlines and hands
 */
export function beadSizes(n, { radius = 88, largest = 12, isThin = false } = {}) {
  const gap = beadGap(n, radius);
  const full = Math.min(0.37 * gap, largest);
  const line = Math.max(full * (isThin ? 0.2 : 0.4), 0.8);
  return { full, hollow: full - line / 2, now: full * 1.3, past: Math.min(0.16 * gap, full * 0.45), line };
}

/**
 * The hands: one arc, sagging inwards, between each two neighbours who both hold on.
 *
 * @param {{x: number, y: number}[]} centres
 * @param {boolean[]} holds whether the bead at that place gives its hands
 * @param {{sag?: number, reach?: number}} [options] `reach` is a bead's radius: inside a hollow one nothing is drawn
 * @returns {string} the `d` of one path
 */
export function handsPath(centres, holds, { sag = SAG, reach = 0 } = {}) {
  const n = centres.length;
  return centres
    .map((from, i) => (holds[i] && holds[(i + 1) % n] && n > 1 ? hand([from, centres[(i + 1) % n]], sag, reach) : ""))
    .join("");
}

/**
 * The beads of a timer: who has passed, which is now, and whose turn each later one is.
 *
 * Full beads are the viewer's turns, hollow ones somebody else's; without turns all are full.
 *
 * @param {{now: number, startsAt: number, endsAt: number, count?: number, turnsAt?: number[], mine?: number,
 *   isShared?: boolean}} time `turnsAt` holds the start of each turn; `mine` is the viewer's place in it; `isShared`: the
 *   timer is everybody's, and every other turn is full. All times in milliseconds.
 * @returns {Bead[]}
 */
export function timerBeads({ now, startsAt, endsAt, count = 36, turnsAt = [], mine = -1, isShared = false }) {
  const step = (endsAt - startsAt) / count;
  const current = Math.max(0, Math.floor((now - startsAt) / step));
  const isFull = (turn) => (isShared ? turn % 2 === 1 : turn === mine);
  return Array.from({ length: count }, (_, i) => {
    if (i < current) return "past";
    if (i === current) return "now";
    return !turnsAt.length || isFull(turnAt(startsAt + (i + 0.5) * step, turnsAt)) ? "full" : "hollow";
  });
}

/** The place in `turnsAt` of the turn that runs at `time`; 0 before the first begins. */
export function turnAt(time, turnsAt) {
  return Math.max(0, turnsAt.filter((at) => at <= time).length - 1);
}

/** How many beads a timer of so many speakers has: each speaker gets the same number. */
export function beadCount(speakers) {
  if (speakers === 5 || speakers === 7) return 35;
  return speakers === 8 || speakers === 10 ? 40 : 36;
}

/**
 * The room: one bead per person expected, full once arrived; above `most` people a bead stands for several.
 *
 * @param {{expected: number, arrived: number, me?: number, most?: number}} room `me`: place in the order of arrival
 * @returns {Bead[]}
 */
export function roomBeads({ expected, arrived, me = -1, most = 72 }) {
  const people = Math.max(expected, arrived, 1);
  const count = Math.min(people, most);
  const here = Math.round((arrived / people) * count);
  const mine = me < 0 ? -1 : Math.min(Math.floor((me / people) * count), here - 1);
  return Array.from({ length: count }, (_, i) => (i === mine ? "now" : i < here ? "full" : "past"));
}

/**
 * The evening: done rounds full, the current one yellow, the others hollow.
 *
 * @param {{rounds: number, current?: number, done?: number}} evening rounds are counted from 1; current 0 means none
 * @returns {Bead[]}
 */
export function eveningBeads({ rounds, current = 0, done = Math.max(0, current - 1) }) {
  return Array.from({ length: rounds }, (_, i) => (i + 1 === current ? "now" : i < done ? "full" : "hollow"));
}

/** A point `outwards` times as far from the middle. */
export function stepOut({ x, y }, outwards = 1.27) {
  return { x: round(x * outwards), y: round(y * outwards) };
}

function pointAt(angle, radius) {
  return { x: round(radius * Math.sin(angle)), y: round(-radius * Math.cos(angle)) };
}

/** A quadratic curve passes half-way between its control point and the chord, hence the factor of two. */
function hand([from, to], sag, reach) {
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const depth = 2 * sag * Math.hypot(to.x - from.x, to.y - from.y);
  const inwards = Math.max(0, 1 - depth / (Math.hypot(middle.x, middle.y) || 1));
  const control = { x: round(middle.x * inwards), y: round(middle.y * inwards) };
  const [start, end] = [towards(from, control, reach), towards(to, control, reach)];
  return `M${start.x} ${start.y}Q${control.x} ${control.y} ${end.x} ${end.y}`;
}

/** The point `distance` away from `from`, on the way to `to`. */
function towards(from, to, distance) {
  const part = distance / (Math.hypot(to.x - from.x, to.y - from.y) || 1);
  return { x: round(from.x + (to.x - from.x) * part), y: round(from.y + (to.y - from.y) * part) };
}

function round(value) {
  return Math.round(value * 100) / 100;
}
