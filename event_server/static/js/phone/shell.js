/** The frame of every phone screen: top bar, hero, notices, content, the action in the thumb zone, footer. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { EveningRing } from "../ring.js";
import { Foot } from "./foot.js";
import { Notices } from "./notices.js";
import { roundWords } from "./words.js";

/** Where no network may take the ground's colour away: the table's own colour says where to go. */
const KEEPS_COLOUR = "hero-table";

/**
 * @param {{phone: object, ground?: string, top: unknown, actions?: unknown, children?: unknown}} props `ground` is the
 *   hero's class: the colour is the state; `top` stands in the hero under the bar
 */
export function Shell({ phone, ground = "", top, actions, children }) {
  const isGrey = phone.offline.value > 0 && !ground.startsWith(KEEPS_COLOUR);
  return html`<div class="phone">
    <div class=${`hero ${isGrey ? "hero-off" : ground}`}><${TopBar} phone=${phone} />${top}</div>
    <main class="phone-main" id="main"><${Notices} phone=${phone} />${children}</main>
    <div class="dock">
      ${actions && html`<div class="actions">${actions}</div>`}
      <${Foot} phone=${phone} />
    </div>
  </div>`;
}

function TopBar({ phone }) {
  const view = phone.view.value;
  return html`<header class="topbar">
    <${Pill} phone=${phone} />
    <span class="topbar-round">${roundWords(view)}<${EveningRing} rounds=${view.rounds} ...${evening(view)} /></span>
  </header>`;
}

function evening({ phase, round = 0 }) {
  const isRunning = phase === "call" || phase === "talk" || phase === "feedback";
  return isRunning ? { current: round } : { current: 0, done: round };
}

function Pill({ phone }) {
  const { icon, words, isWarning } = connectionWords(phone);
  return html`<span class=${`pill ${isWarning ? "pill-warn" : ""}`} role="status">
    <${Icon} name=${icon} />${words}
  </span>`;
}

function connectionWords({ live, screen, offline, waiting }) {
  const lost = { icon: "wifi-off", words: t("Reconnecting…"), isWarning: true };
  switch (live.connection.value) {
    case "live":
      if (waiting.value) {
        return { icon: "hourglass", words: t("Waiting (%(n)s)", { n: waiting.value }), isWarning: true };
      }
      return screen.value === "contacts" || screen.value === "wrap_up"
        ? { icon: "check", words: t("All saved") }
        : { icon: "wifi", words: t("Live") };
    case "polling":
      return { icon: "wifi", words: t("Weak network"), isWarning: true };
    case "connecting":
      return offline.value ? lost : { icon: "wifi", words: t("Connecting…") };
    default:
      return lost;
  }
}
