/** Who did what, newest first; the last step can be taken back where that is safe. */
import { html } from "../../vendor/preact.js";
import { clockTime } from "../format.js";
import { Icon } from "../icons.js";
import { language, t } from "../i18n.js";
import { deed } from "./history.js";
import { PanelHead } from "./panel_head.js";

export function HistoryDrawer({ desk, close }) {
  const lines = desk.control.value.history ?? [];
  return html`
    <${PanelHead} title=${t("History")} note=${t("Everything that steered the evening, newest first.")} close=${close} />
    ${desk.allows("CancelCall") && html`<button class="btn" onClick=${() => desk.steer({ type: "CancelCall" })}>
      <${Icon} name="undo-2" />${t("Take the call back")}
    </button>`}
    <ol class="lines history">
      ${lines.map((line) => html`<${Line} key=${`${line.at}.${line.did}`} line=${line} zone=${desk.page.timezone} />`)}
    </ol>
    ${!lines.length && html`<p class="soft">${t("Nothing yet.")}</p>`}
  `;
}

function Line({ line, zone }) {
  return html`<li>
    <time>${clockTime(line.at, { language: language(), timeZone: zone })}</time>
    <span><b>${deed(line)}</b><br /><span class="soft">${line.by || t("by the clock")}</span></span>
  </li>`;
}
