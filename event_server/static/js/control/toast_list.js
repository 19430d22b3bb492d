/** The toasts of the dashboard. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";

export function ToastList({ toasts }) {
  return html`<div class="toasts">
    <div class="toast-region" role="status">
      ${toasts.shown.value.map((toast) => html`<${Toast} key=${toast.id} toast=${toast} toasts=${toasts} />`)}
    </div>
  </div>`;
}

function Toast({ toast, toasts }) {
  const close = () => toasts.close(toast.id);
  return html`<div class=${`toast ${toast.key ? "toast-soon" : ""}`} role=${toast.isAlarm ? "alert" : undefined}>
    ${toast.isAlarm && html`<${Icon} name="triangle-alert" />`}
    <span>${toast.text}${toast.key && html` <span class="toast-wait" aria-hidden="true"></span>`}</span>
    ${toast.undo
      ? html`<button class="btn" onClick=${() => toasts.undo(toast)}>${t("Undo")}</button>`
      : html`<button class="btn" onClick=${close}>${t("OK")}</button>`}
  </div>`;
}
