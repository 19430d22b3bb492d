/** How long to wait before the next try to connect: full jitter, so that ten thousand phones do not come at once. */

const BASE_MS = 1000;
const CAP_MS = 20_000;
const ABUSE_MS = [15_000, 30_000];

/** Close codes after which coming back is pointless, and why. */
export const FINAL_CODES = { 4001: "no_login", 4002: "replaced", 4003: "event_over" };
const RESTART_CODES = new Set([1012, 1013]);
const ABUSE_CODE = 1008;

/**
 * @param {{tries: number, code?: number, window?: [number, number], random?: () => number}} attempt `tries` failed in
 *   a row so far; `window` is what the server asked for before it closed, in milliseconds
 * @returns {number} milliseconds
 */
export function retryDelay({ tries, code, window, random = Math.random }) {
  if (RESTART_CODES.has(code) && window) return between(window, random);
  if (code === ABUSE_CODE) return between(ABUSE_MS, random);
  return between([0, Math.min(CAP_MS, BASE_MS * 2 ** Math.max(1, tries))], random);
}

/** A moment within a window. */
export function between([least, most], random = Math.random) {
  return least + random() * (most - least);
}
