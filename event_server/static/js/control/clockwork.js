/** What the clock of the evening says: since when, until when, how long still, how late. Pure arithmetic over views. */
import { standing } from "../moments.js";

export const MINUTE_MS = 60_000;
/** Nobody can be hurried below this: the room needs a moment to hear of it. */
export const LEAST_LEFT_MS = 10_000;

const BEGINNINGS = { call: "RoundCalled", talk: "RoundStarted", feedback: "RoundEnded", break: "BreakStarted" };

/**
 * The running phase as a timer.
 *
 * @param {object} control the control view
 * @param {number} now the server's time
 * @returns {{startsAt: number, endsAt: number, at: number, remaining: number, isPaused: boolean, isOver: boolean,
 *   turnsAt: number[]} | null} null where the phase has no clock; `at` is the moment the ring shows: it stands in a
 *   pause
 */
export function clockOf(control, now) {
  const { at, endsAt } = control.paused ? standing(control.paused) : { at: now, endsAt: control.ends_at };
  if (endsAt === undefined) return null;
  const began = control.starts_at ?? control.history?.find(({ did }) => did === BEGINNINGS[control.phase])?.at;
  return {
    startsAt: Math.min(began ?? at, endsAt - 1),
    endsAt,
    at,
    remaining: Math.max(0, endsAt - at),
    isPaused: Boolean(control.paused),
    isOver: !control.paused && endsAt <= now,
    turnsAt: control.turns ?? [],
  };
}

/**
 * The end to ask for so that the running phase lasts so many minutes more, or less, than it would.
 *
 * While the clock stands, the time left counts from the moment it is asked for; what is overdue begins to count now.
 */
export function extended(control, now, minutes) {
  const begin = control.phase === "talk" ? Math.max(now, control.starts_at ?? now) : now;
  const end = control.paused ? now + control.paused.remaining : Math.max(control.ends_at, now);
  return Math.round(Math.max(end + minutes * MINUTE_MS, begin + LEAST_LEFT_MS));
}

/** Whether so many minutes can be taken away and anything be left. */
export function canShorten(control, now) {
  const clock = clockOf(control, now);
  return Boolean(clock) && clock.remaining > LEAST_LEFT_MS;
}

/** When the evening will end if it goes on from now; while nothing runs down, every second makes it later. */
export function projectedEnd(control, now) {
  if (control.projected_end === undefined) return null;
  const stands = control.paused || (control.ends_at !== undefined && control.ends_at <= now);
  const waitedFrom = Math.max(control.now, control.paused ? 0 : control.ends_at ?? Infinity);
  return control.projected_end + (stands ? Math.max(0, now - waitedFrom) : 0);
}

/** Whole minutes after the plan, negative if earlier; null where there is no plan for the time. */
export function drift(control, now) {
  const end = projectedEnd(control, now);
  return end === null || control.planned_end === undefined ? null : Math.round((end - control.planned_end) / MINUTE_MS);
}
