/** What a phone's connection looks like: a shape before it is a colour. */
import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";

const WORDS = {
  live: () => t("Online"),
  stale: () => t("Silent for 20 s"),
  offline: () => t("No network"),
  absent: () => t("Absent"),
};

export function Presence({ dot }) {
  return html`<svg class=${`presence presence-${dot}`} viewBox="0 0 12 12" aria-hidden="true">
    ${dot === "absent" ? html`<path d="M2 2l8 8M10 2l-8 8" />` : html`<circle cx="6" cy="6" r="5" />`}
    ${dot === "stale" && html`<path d="M6 1a5 5 0 0 1 0 10z" />`}
  </svg>`;
}

export function dotWord(dot) {
  return WORDS[dot]?.() ?? dot;
}

export function Legend() {
  return html`<div class="legend">
    ${Object.keys(WORDS).map((dot) => html`<span key=${dot}><${Presence} dot=${dot} />${dotWord(dot)}</span>`)}
  </div>`;
}
