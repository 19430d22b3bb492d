/** Who did what: lines of the history as sentences, and what can be taken back. Pure. */
import { t, tn } from "../i18n.js";
import { MINUTE_MS } from "./clockwork.js";

/** What happened, without who. */
export function deed({ did, round }) {
  const words = {
    RulesChanged: () => t("Rules changed"),
    AutomaticSet: () => t("Automatic switched"),
    LobbyOpened: () => t("Doors opened"),
    RoundCalled: () => t("Round %(round)s called", { round }),
    CallCancelled: () => t("Call of round %(round)s taken back", { round }),
    RoundStarted: () => t("Round %(round)s started", { round }),
    DeadlineMoved: () => t("Time changed"),
    Paused: () => t("Clock paused"),
    Interrupted: () => t("Clock stopped: the server was away"),
    Resumed: () => t("Clock goes on"),
    RoundEnded: () => t("Round %(round)s ended", { round }),
    BreakStarted: () => t("Coffee break begun"),
    EventFinished: () => t("Evening finished"),
    ContactsRevealed: () => t("Contacts shown"),
    EventClosed: () => t("Event closed"),
    TableChanged: () => t("Table changed"),
  };
  return words[did]?.() ?? did;
}

/**
 * What a new control view tells beyond the one before: a sentence with its author, and how to undo it.
 *
 * @param {object} before
 * @param {object} after
 * @param {{organizer: string}} viewer own deeds need no name
 * @returns {{text: string, undo?: (control: object) => object}[]} deeds of the clock say nothing: the phase shows
 *   them; nor do the viewer's own moves, which are answered when they are accepted
 */
export function notices(before, after, { organizer }) {
  const last = before.history?.[0]?.at ?? 0;
  const isOwnMove = ({ did, by }) => did === "TableChanged" && by === organizer;
  const fresh = (after.history ?? []).filter((line) => line.at > last && line.by && !isOwnMove(line)).reverse();
  return merged(fresh).map((line) => ({
    text: signed(said(line, before, after), line.by, organizer),
    ...inverse(line, before, after),
  }));
}

/** One change at the tables is several facts; one sentence is enough. */
function merged(lines) {
  return lines.filter((line, i) => i === 0 || line.did !== lines[i - 1].did || line.at !== lines[i - 1].at);
}

function signed(text, by, organizer) {
  return by === organizer ? text : t("%(deed)s, decided by %(name)s", { deed: text, name: by });
}

function said(line, before, after) {
  if (line.did === "AutomaticSet") return after.automatic ? t("Goes on by itself now") : t("Waits for you now");
  if (line.did !== "DeadlineMoved") return deed(line);
  const moved = movedBy(before, after);
  if (!moved) return deed(line);
  const minutes = Math.max(1, Math.round(Math.abs(moved) / MINUTE_MS));
  return moved > 0
    ? tn("+%(n)s minute for all", "+%(n)s minutes for all", minutes)
    : tn("−%(n)s minute for all", "−%(n)s minutes for all", minutes);
}

function inverse({ did }, before, after) {
  const back = {
    RoundCalled: () => ({ undo: offered("CancelCall") }),
    AutomaticSet: () => ({ undo: () => ({ type: "SetAutomatic", on: before.automatic ?? false }) }),
    Paused: () => ({ undo: offered("Resume") }),
    Resumed: () => ({ undo: offered("Pause") }),
    DeadlineMoved: () => movedBy(before, after) && { undo: timeBack(movedBy(before, after)) },
  };
  return back[did]?.() || {};
}

function offered(type) {
  return ({ allowed }) => (allowed.includes(type) ? { type } : null);
}

/** Takes the added time from what is then left, running or standing; taken time comes back in full. */
function timeBack(moved) {
  return (control, now = control.now) => {
    const end = control.paused ? now + control.paused.remaining : control.ends_at;
    return end === undefined ? null : { type: "ExtendRound", ends_at: Math.max(end - moved, now + MINUTE_MS / 6) };
  };
}

function movedBy(before, after) {
  if (before.phase !== after.phase || before.round !== after.round) return 0;
  if (before.paused && after.paused) return after.paused.remaining - before.paused.remaining;
  return before.ends_at !== undefined && after.ends_at !== undefined ? after.ends_at - before.ends_at : 0;
}
