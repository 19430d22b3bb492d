/** On a phone the clock card becomes a bar at the bottom: time, phase, the light button, a minute more, and the rest. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { TimerRing } from "../ring.js";
import { roundLine } from "./clock_card.js";
import { clockOf } from "./clockwork.js";
import { phaseTitle, primaryAction } from "./steps.js";

export function LiveBar({ desk }) {
  return html`<div class="live-bar" role="region" aria-label=${t("Clock")}>
    <${Head} desk=${desk} />
    <div class="live-bar-buttons">
      ${desk.allows("ExtendRound") && html`<button class="btn" onClick=${() => desk.extend(1)}>${t("+1 min")}</button>`}
      <${Primary} desk=${desk} />
      ${desk.allows("PostMessage") && html`<${Send} desk=${desk} />`}
    </div>
  </div>`;
}

function Head({ desk }) {
  const control = desk.control.value;
  const clock = clockOf(control, desk.now.value);
  return html`<div class="live-bar-head">
    ${clock &&
    html`<${TimerRing} className="" count=${12} startsAt=${clock.startsAt} endsAt=${clock.endsAt} now=${clock.at}
      turnsAt=${clock.turnsAt} isShared isPaused=${clock.isPaused} />`}
    <span class="live-bar-time">${clock ? minutesAndSeconds(clock.remaining) : control.counts.present}</span>
    <span class="live-bar-words"><b role="heading" aria-level="1">${phaseTitle(control)}</b>${clock ? roundLine(control) : hereLine(control)}</span>
  </div>`;
}

function hereLine({ counts }) {
  return t("of %(n)s here", { n: counts.listed });
}

function Primary({ desk }) {
  const action = primaryAction(desk.control.value, desk.now.value);
  if (!action) return null;
  return html`<button class="btn btn-light" onClick=${() => desk.act(action)}>
    <${Icon} name=${action.icon} />${action.short}
  </button>`;
}

function Send({ desk }) {
  const open = () => (desk.panel.value = { kind: "message", to: "all" });
  return html`<button class="btn btn-round" onClick=${open}>
    <${Icon} name="send" /><span class="visually-hidden">${t("Message to the room")}</span>
  </button>`;
}
