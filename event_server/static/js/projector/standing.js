/** The running phase as a timer for the wall, where no history says when it began. Pure. */
import { standing } from "../moments.js";

/**
 * @param {object} view
 * @param {{now: number, since: number}} time `since` is when this screen first saw the phase
 * @returns {{startsAt: number, endsAt: number, at: number, remaining: number, isPaused: boolean} | null} `at` is the
 *   moment the ring shows: it stands in a pause
 */
export function clockOf(view, { now, since }) {
  const { at, endsAt } = view.paused ? standing(view.paused) : { at: now, endsAt: view.ends_at };
  if (endsAt === undefined) return null;
  const startsAt = Math.min(view.starts_at ?? Math.min(since, at), endsAt - 1);
  return { startsAt, endsAt, at, remaining: Math.max(0, endsAt - at), isPaused: Boolean(view.paused) };
}
