/** The head of every panel: its title and the way out. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";

export function PanelHead({ title, note, close }) {
  return html`<header class="panel-head">
    <div>
      <h2 id="panel-title" tabindex="-1">${title}</h2>
      ${note && html`<p class="soft">${note}</p>`}
    </div>
    <button class="btn btn-round btn-close" onClick=${close}>
      <${Icon} name="x" /><span class="visually-hidden">${t("Close")}</span>
    </button>
  </header>`;
}
