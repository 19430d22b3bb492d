/** What a screen reader hears, and the title of the tab: phases and milestones, never each second. */
import { html, useEffect } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { t } from "../i18n.js";
import { clockOf } from "./clockwork.js";
import { roundLine } from "./clock_card.js";
import { phaseTitle } from "./steps.js";

const TITLE_STEP_MS = 15_000;

export function Announcer({ desk }) {
  const control = desk.control.value;
  const clock = clockOf(control, desk.now.value);
  const title = tabTitle(control, clock);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return html`<p class="visually-hidden" role="status">${milestone(control, clock)}</p>`;
}

/** "4:15 · Talking": the time in steps, so that a list of tabs stays calm. */
export function tabTitle(control, clock) {
  if (!clock) return `${phaseTitle(control)} · ${control.title}`;
  const left = Math.ceil(clock.remaining / TITLE_STEP_MS) * TITLE_STEP_MS;
  return `${minutesAndSeconds(left)} · ${phaseTitle(control)} · ${control.title}`;
}

/** @returns {string} changes only when something is to be heard */
export function milestone(control, clock) {
  const now = `${phaseTitle(control)}. ${roundLine(control)}.`;
  if (!clock || clock.isPaused) return now;
  if (clock.isOver) return `${now} ${t("Time is over.")}`;
  if (clock.remaining <= 10_000) return `${now} ${t("Ten seconds.")}`;
  if (clock.remaining <= 60_000) return `${now} ${t("One minute.")}`;
  return now;
}
