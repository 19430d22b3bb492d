/** The shortcuts, and the switch that turns them off. */
import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { areOn, switchKeys } from "./keys.js";
import { PanelHead } from "./panel_head.js";

export function KeysDialog({ close }) {
  const toggle = (event) => switchKeys(event.currentTarget.checked);
  return html`
    <${PanelHead} title=${t("Keyboard")} note=${t("They do nothing while you write.")} close=${close} />
    <dl class="keys">
      ${keys().map(([key, words]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}
    </dl>
    <label class="switch">
      <input type="checkbox" role="switch" checked=${areOn.value} onChange=${toggle} />
      ${t("Shortcuts on this device")}
    </label>`;
}

function keys() {
  return [
    [t("Space"), t("Pause, resume")],
    ["N", t("Next step, after five seconds in which you can undo")],
    ["+", t("One minute more")],
    ["−", t("One minute less")],
    ["M", t("Message to the room")],
    ["?", t("This help")],
    ["Esc", t("Undo what is about to happen")],
  ];
}
