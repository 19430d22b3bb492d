/** Which screen a view calls for, and whom it lets us answer about. Pure: a view and a time, nothing else. */

/** @typedef {"draft" | "check_in" | "lobby" | "call" | "talk" | "feedback" | "sit_out" | "break" | "resting" | "left" |
 *   "wrap_up" | "contacts" | "closed"} Screen */

const AFTERWARDS = new Set(["wrap_up", "closed"]);
const DOORS_OPEN = new Set(["lobby", "call", "talk", "feedback", "break"]);
const PATIENCE_MS = 3000;

/**
 * @param {object} view of the server
 * @param {{now?: number, isLive?: boolean}} [moment] without a network the end of a talk is seen by the clock alone
 * @returns {Screen}
 */
export function screenOf(view, { now = view.now, isLive = true } = {}) {
  const { phase, me, table } = view;
  if (AFTERWARDS.has(phase)) return afterwards(view);
  if (me.status === "left" || me.status === "resting") return me.status;
  if (phase === "draft") return "draft";
  if (me.status === "registered") return "check_in";
  if (phase === "call") return table ? "call" : "sit_out";
  if (phase !== "talk") return phase;
  if (!table) return "sit_out";
  return !isLive && isTalkOver(view, now) ? "feedback" : "talk";
}

/** Whether guests may check in, rest, return, and call for help now. */
export function areDoorsOpen(view) {
  return DOORS_OPEN.has(view.phase);
}

/** Whether answers about people met are still taken. */
export function areAnswersOpen(view) {
  return !view.revealed && view.phase !== "closed";
}

/**
 * Everybody whom the viewer may answer about, the newest first: those of the view, and, where a talk ended without a
 * network, those who sit here.
 *
 * @returns {{id: string, name: string, round: number, headline?: string}[]}
 */
export function peopleToAnswer(view) {
  const met = view.met ?? [];
  if (view.phase !== "talk") return met;
  const known = new Set(met.filter(({ round }) => round === view.round).map(({ id }) => id));
  const here = (view.partners ?? []).filter(({ id }) => !known.has(id));
  return [...here.map(({ id, name, headline }) => ({ id, name, headline, round: view.round })), ...met];
}

/** What makes two views the same screen to a reader: when it changes, the heading is read and takes the focus. */
export function screenKey(view, screen) {
  return [screen, view.round ?? 0, view.table?.number ?? 0].join(".");
}

/** How much longer the running phase lasts since the view before, in milliseconds; 0 where it is another phase. */
export function extension(before, after) {
  const isSame = before?.phase === after.phase && (before?.round ?? 0) === (after.round ?? 0);
  if (!isSame || !before.ends_at || !after.ends_at || before.paused || after.paused) return 0;
  return after.ends_at - before.ends_at;
}

function afterwards(view) {
  if (view.revealed) return "contacts";
  return view.phase === "closed" ? "closed" : "wrap_up";
}

function isTalkOver({ ends_at, paused }, now) {
  return !paused && Boolean(ends_at) && now > ends_at + PATIENCE_MS;
}
