/** Whose turn it is at the tables of each size, and which moments of a round are to be heard. Pure. */
import { talkMoments } from "../moments.js";

export const SEATS = "ABCDEFGHIJ";
export const LAST_MINUTE_MS = 60_000;
/** A cue that comes later than this would only confuse. */
const LATE_MS = 2000;

/**
 * @param {{turns?: number[], starts_at?: number}} view
 * @param {number} now
 * @returns {{seat: string, listening: string, isFirst: boolean, swapAt: number | null} | null} null where no turns are
 *   kept or none has begun
 */
export function speaking({ turns = [] }, now) {
  const begun = turns.filter((at) => at <= now).length;
  if (turns.length < 2 || begun === 0) return null;
  return {
    seat: SEATS[begun - 1],
    listening: SEATS[begun % turns.length],
    isFirst: begun < turns.length,
    swapAt: turns[begun] ?? null,
  };
}

/**
 * Whose turn it is at tables of each size in use, that of most tables first.
 *
 * @param {{turns?: number[], other_turns?: {seats: number, turns: number[]}[]}} view
 * @param {number} now
 * @returns {{seats: number, seat: string, swapAt: number | null}[]} empty until the first turn begins
 */
export function speakingBySize({ turns = [], other_turns = [] }, now) {
  return [turns, ...other_turns.map((size) => size.turns)]
    .map((each) => ({ seats: each.length, ...speaking({ turns: each }, now) }))
    .filter(({ seat }) => seat);
}

/** "B", or "B / C" where it is another seat's turn at tables of another size. */
export function seatsNow(sizes) {
  return [...new Set(sizes.map(({ seat }) => seat))].join(" / ");
}

/** The turns that a picture for the whole room may show: none where tables of several sizes have their own. */
export function roomTurns({ turns = [], other_turns = [] }) {
  return other_turns.length ? [] : turns;
}

/**
 * The cues that fall between two moments of a talk. A change of turns is heard where it is one at every table: a sound
 * that only some are meant to follow would interrupt the others, and phones tell each table its own.
 *
 * @param {object} view
 * @param {{before: number, now: number}} span
 * @returns {string[]} names of cues
 */
export function cuesBetween(view, { before, now }) {
  if (view.phase !== "talk" || view.paused || view.ends_at === undefined) return [];
  const { starts_at: startsAt, ends_at: endsAt, turns = [], other_turns: others = [] } = view;
  const isShared = (at) => others.every((size) => size.turns.includes(at));
  const swaps = turns.slice(1).filter(isShared).map((at) => ({ at }));
  return talkMoments({ startsAt, endsAt, swaps })
    .filter(({ at }) => at > before && at <= now && now - at < LATE_MS)
    .map(({ cue }) => cue);
}
