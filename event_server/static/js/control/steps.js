/** Which button is the primary one, what comes next, and where the round stands. Pure: a table over phases. */
import { t } from "../i18n.js";

/**
 * @typedef {{type: string, icon: string, label: string, short: string, soon?: string, asks?: boolean}} Action
 *   `soon` is what a toast says in the seconds before; `asks` means a dialog tells what will happen first
 */

const ACTIONS = {
  OpenLobby: () => ({ icon: "log-in", label: t("Open the doors"), short: t("Open"), soon: t("The doors open") }),
  CallToTables: ({ round }) => ({
    icon: "megaphone",
    label: t("Call round %(round)s to the tables", { round: round + 1 }),
    short: t("Call"),
    soon: t("Round %(round)s is called", { round: round + 1 }),
  }),
  StartRound: () => ({ icon: "play", label: t("Start the round"), short: t("Start"), soon: t("The round starts") }),
  Pause: () => ({ icon: "pause", label: t("Pause the clock"), short: t("Pause") }),
  Resume: () => ({ icon: "play", label: t("Resume"), short: t("Resume") }),
  EndRound: () => ({ icon: "step-forward", label: t("End the round"), short: t("End"), soon: t("The round ends") }),
  FinishEvent: () => ({ icon: "skip-forward", label: t("Finish the evening"), short: t("Finish"), asks: true }),
  RevealContacts: () => ({ icon: "heart-handshake", label: t("Show the contacts"), short: t("Contacts"), asks: true }),
  CloseEvent: () => ({ icon: "lock", label: t("Close the event"), short: t("Close"), asks: true }),
};

/** Candidates in order of preference; the first that is allowed counts. */
const NEXT = {
  draft: ["OpenLobby"],
  lobby: ["CallToTables"],
  call: ["StartRound"],
  talk: ["EndRound"],
  feedback: ["CallToTables", "FinishEvent"],
  break: ["CallToTables", "FinishEvent"],
  wrap_up: ["RevealContacts", "CloseEvent"],
  closed: [],
};

/** @returns {Action} what a command's button looks like */
export function action(type, control) {
  return { type, ...ACTIONS[type](control) };
}

/** @returns {Action | null} what moves the evening to its next phase */
export function nextAction(control) {
  return firstAllowed(NEXT[control.phase] ?? [], control);
}

/**
 * The one light button. In a talk that runs it is the pause, which cannot wait; what stands wants to go on; else it
 * is what comes next.
 *
 * @returns {Action | null}
 */
export function primaryAction(control, now) {
  const isRunning = control.phase === "talk" && !control.paused && control.ends_at > now;
  // After an interruption no time is left to go on with: it has to be given first, or the step ends.
  const canResume = control.paused && control.paused.remaining > 0;
  const first = canResume ? ["Resume"] : isRunning ? ["Pause"] : [];
  return firstAllowed(first, control) ?? nextAction(control);
}

/** Pause or go on, for the space bar. */
export function pauseAction(control) {
  if (control.paused?.remaining === 0) return null;
  return firstAllowed(["Resume", "Pause"], control);
}

function firstAllowed(types, control) {
  const type = types.find((candidate) => control.allowed.includes(candidate));
  return type ? action(type, control) : null;
}

/** What the card's title says. */
export function phaseTitle({ phase, paused, revealed }) {
  if (paused) return paused.interrupted ? t("Interrupted") : t("Paused");
  const titles = {
    draft: () => t("Doors closed"),
    lobby: () => t("Doors open"),
    call: () => t("To the tables"),
    talk: () => t("Talking"),
    feedback: () => t("Choices"),
    break: () => t("Coffee break"),
    wrap_up: () => (revealed ? t("Contacts shown") : t("Goodbyes")),
    closed: () => t("Closed"),
  };
  return titles[phase]();
}

/**
 * Four steps, of which one is now.
 *
 * @returns {{name: string, state: "done" | "now" | "later"}[]}
 */
export function steps({ phase, round, rounds, revealed }) {
  const [names, current] = {
    draft: () => [[t("Prepare"), t("Doors"), t("Call"), t("Talking")], 0],
    lobby: () => [[t("Prepare"), t("Doors"), t("Call"), t("Talking")], 1],
    call: () => [roundSteps(round, rounds), 0],
    talk: () => [roundSteps(round, rounds), 1],
    feedback: () => [roundSteps(round, rounds), 2],
    break: () => [[t("Choices"), t("Coffee break"), after(round, rounds), t("Talking")], 1],
    wrap_up: () => [[t("Rounds"), t("Goodbyes"), t("Contacts"), t("Close")], revealed ? 2 : 1],
    closed: () => [[t("Rounds"), t("Goodbyes"), t("Contacts"), t("Close")], 4],
  }[phase]();
  return names.map((name, i) => ({ name, state: i < current ? "done" : i === current ? "now" : "later" }));
}

function roundSteps(round, rounds) {
  return [t("Call"), t("Talking"), t("Choices"), after(round, rounds)];
}

function after(round, rounds) {
  return round < rounds ? t("Round %(round)s", { round: round + 1 }) : t("Goodbyes");
}
