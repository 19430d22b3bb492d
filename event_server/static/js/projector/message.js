/** A message of the organizers: alone on the wall for a moment, then in the panel of whatever is shown. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { t } from "../i18n.js";
import { Icon } from "../icons.js";
import { Head } from "./parts.js";
import { clockOf } from "./standing.js";

export const LOUD_MS = 20_000;

/** Whether a message is so new that it stands alone; where people have to go is never hidden. */
export function isLoud({ message, phase }, now) {
  return Boolean(message) && phase !== "call" && now - message.at < LOUD_MS;
}

export function LoudMessage({ wall, view }) {
  const clock = clockOf(view, { now: wall.live.now.value, since: wall.since(view) });
  return html`<div class="wall wall-message">
    <${Head} view=${view} />
    <p class="wall-message-text" role="status"><${Icon} name="megaphone" /><span>${view.message.text}</span></p>
    <footer class="wall-foot wall-soft">
      <span>${t("From the organizers")}</span>
      ${clock && html`<span>${t("time left")} <b class="wall-spark">${minutesAndSeconds(clock.remaining)}</b></span>`}
    </footer>
  </div>`;
}
