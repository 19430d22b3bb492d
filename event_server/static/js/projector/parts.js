/** What several pictures of the wall share: the head, the panel at the bottom, a QR code. */
import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { EveningRing } from "../ring.js";

const DONE = new Set(["feedback", "break", "wrap_up", "closed"]);

/** "Round 3 of 8" and the evening ring. */
export function Head({ view }) {
  const { round = 0, rounds, phase, title } = view;
  const isDone = DONE.has(phase);
  return html`<header class="wall-head wall-soft">
    <span>${round ? t("Round %(round)s of %(rounds)s", { round, rounds }) : title}</span>
    <${EveningRing} rounds=${rounds} current=${isDone ? 0 : round} done=${isDone ? round : undefined} />
  </header>`;
}

/** The panel below: a message of the organizers if there is one, else what the picture has to say. */
export function Panel({ view, title, children }) {
  if (view.message) {
    return html`<div class="wall-panel wall-panel-message" role="status">
      <small>${t("From the organizers")}</small>${view.message.text}
    </div>`;
  }
  return children ? html`<div class="wall-panel"><small>${title}</small>${children}</div>` : null;
}

/** @param {{qr: {size: number, d: string}, label: string, isSmall?: boolean}} props */
export function Qr({ qr, label, isSmall }) {
  return html`<div class=${`wall-qr ${isSmall ? "wall-qr-small" : ""}`}>
    <svg viewBox=${`0 0 ${qr.size} ${qr.size}`} role="img" aria-label=${label} shape-rendering="crispEdges">
      <path d=${qr.d} fill="currentColor" />
    </svg>
  </div>`;
}
