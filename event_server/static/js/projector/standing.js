/** The running phase as a timer for the wall, where no history says when it began. Pure. */

/**
 * @param {object} view
 * @param {{now: number, since: number}} time `since` is when this screen first saw the phase
 * @returns {{startsAt: number, endsAt: number, at: number, remaining: number, isPaused: boolean} | null} `at` is the
 *   moment the ring shows: it stands in a pause
 */
export function clockOf(view, { now, since }) {
  const { paused, ends_at: endsAt, starts_at: startsAt, turns = [] } = view;
  if (paused) return stopped(paused.remaining, { startsAt, turns, now, since });
  if (endsAt === undefined) return null;
  const begin = Math.min(startsAt ?? since, endsAt - 1);
  return { startsAt: begin, endsAt, at: now, remaining: Math.max(0, endsAt - now), isPaused: false };
}

/** Two speakers share a talk equally, so its first turn tells its length; other phases keep what was seen of them. */
function stopped(remaining, { startsAt, turns, now, since }) {
  const begin = startsAt ?? Math.min(since, now);
  const length = turns.length > 1 ? (turns[1] - turns[0]) * turns.length : remaining + Math.max(0, now - begin);
  const endsAt = begin + Math.max(length, remaining, 1);
  return { startsAt: begin, endsAt, at: endsAt - remaining, remaining, isPaused: true };
}
