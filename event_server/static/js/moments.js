/** The moments of a talk that are heard, on phones and in the room, and the moment at which a clock stands. Pure. */

const MINUTE_MS = 60_000;
const LAST_MS = 10_000;

/** @typedef {{at: number, cue: "start" | "swap" | "minute" | "seconds" | "end", who?: string}} Moment */

/**
 * When a clock that stands was stopped, and when the phase would have ended.
 *
 * @param {{at: number, remaining: number}} paused as views tell it
 */
export function standing({ at, remaining }) {
  return { at, endsAt: at + remaining };
}

/**
 * Start, turns, warnings and end. Warnings that would fall upon a turn are left out.
 *
 * @param {{startsAt: number, endsAt: number, first?: {who?: string}, swaps: {at: number, who?: string}[]}} talk `first`
 *   speaks from the start, `swaps` are the turns after that; milliseconds
 * @returns {Moment[]} in order
 */
export function talkMoments({ startsAt, endsAt, first = {}, swaps }) {
  const isFree = (at) => at - startsAt >= LAST_MS && swaps.every((swap) => Math.abs(swap.at - at) >= LAST_MS);
  const warnings = [
    { at: endsAt - MINUTE_MS, cue: "minute" },
    { at: endsAt - LAST_MS, cue: "seconds" },
  ].filter(({ at }) => isFree(at));
  const turns = [{ ...first, at: startsAt, cue: "start" }, ...swaps.map((swap) => ({ ...swap, cue: "swap" }))];
  return [...turns, ...warnings, { at: endsAt, cue: "end" }].sort((a, b) => a.at - b.at);
}
