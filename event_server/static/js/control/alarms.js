/** What must not be missed: nothing can be saved, the server was away, the login ended. */
import { html, useState } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t, tn } from "../i18n.js";
import { nextAction } from "./steps.js";

const MINUTES = [1, 2, 5];

export function Alarms({ desk }) {
  const { paused, storage_failed: hasFailed } = desk.control.value;
  const ended = desk.live.ended.value;
  if (!hasFailed && !paused?.interrupted && !ended) return null;
  return html`<div class="live-alarms">
    ${ended && html`<${Ended} desk=${desk} why=${ended} />`}
    ${hasFailed && html`<${StorageFailed} />`}
    ${paused?.interrupted && html`<${Interrupted} desk=${desk} />`}
  </div>`;
}

function StorageFailed() {
  return html`<div class="banner banner-bad" role="alert">
    <${Icon} name="triangle-alert" />
    <p>
      <b>${t("The server cannot save.")}</b> ${t("Nothing that anybody does now is kept.")}
      ${" "}${t("Look at the server's disk: it may be full. Keep time by voice meanwhile.")}
    </p>
  </div>`;
}

function Ended({ desk, why }) {
  const text = why === "no_login" ? t("Your login has ended.") : t("This event can no longer be reached.");
  return html`<div class="banner banner-bad" role="alert">
    <${Icon} name="wifi-off" />
    <p><b>${text}</b> ${t("What you see here does not change any more.")}</p>
    <a class="btn btn-small" href=${desk.page.urls?.control ?? ""}>${t("Load again")}</a>
  </div>`;
}

/** A deadline passed that nobody could keep: a person decides. */
function Interrupted({ desk }) {
  const [minutes, choose] = useState(2);
  const next = nextAction(desk.control.value);
  const option = (n) =>
    html`<button key=${n} aria-pressed=${String(n === minutes)} onClick=${() => choose(n)}>${n} min</button>`;
  return html`<div class="banner banner-warn interrupted" role="alert">
    <${Icon} name="triangle-alert" />
    <div>
      <p>
        <b>${t("The evening stands still until you choose.")}</b>
        ${" "}${t("The time ran out while the server was away, or the next round could not be called. Nothing was lost.")}
      </p>
      <div class="buttons">
        ${desk.allows("ExtendRound") && desk.allows("Resume") && html`
          <span class="segmented" role="group" aria-label=${t("Minutes to give")}>${MINUTES.map(option)}</span>
          <button class="btn btn-small btn-filled" onClick=${() => desk.giveTime(minutes)}>
            ${tn("Give %(n)s minute and go on", "Give %(n)s minutes and go on", minutes)}
          </button>`}
        ${next && html`<button class="btn btn-small" onClick=${() => desk.act(next)}>${next.label}</button>`}
      </div>
    </div>
  </div>`;
}
