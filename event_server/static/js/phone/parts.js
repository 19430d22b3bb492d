/** The small parts that several phone screens are made of. */
import { html } from "../../vendor/preact.js";
import { initials, isoDuration, minutesAndSeconds } from "../format.js";
import { Icon } from "../icons.js";
import { remaining } from "./time.js";

/** Initials in a double ring, the name, and one line of substance. */
export function Person({ name, before, children }) {
  return html`<div class="person">
    <span class="avatar" aria-hidden="true">${initials(name)}</span>
    <div class="person-words">
      ${before && html`<span class="soft">${before}</span>`}
      <div class="person-name"><bdi>${name}</bdi></div>
      ${children && html`<p>${children}</p>`}
    </div>
  </div>`;
}

/** Tint, icon and a sentence; `tone` is "ok", "warn", "bad" or nothing. */
export function Banner({ icon, tone, role, children }) {
  return html`<div class=${`banner ${tone ? `banner-${tone}` : ""}`} role=${role}>
    <${Icon} name=${icon} />${children}
  </div>`;
}

/** A tip: icon, a bold lead, a soft line. */
export function Tip({ icon, lead, children }) {
  return html`<div class="note note-row">
    <${Icon} name=${icon} />
    <p><b>${lead}</b>${children && html`<br /><span class="soft">${children}</span>`}</p>
  </div>`;
}

/** What is left of the phase, as digits that count by themselves. */
export function TimeLeft({ phone, className }) {
  const left = remaining(phone.view.value, phone.now.value) ?? 0;
  return html`<time class=${className} role="timer" datetime=${isoDuration(left)}>${minutesAndSeconds(left)}</time>`;
}

/** The one action of a screen. */
export function Primary({ icon, onClick, href, children, ...rest }) {
  const content = html`${icon && html`<${Icon} name=${icon} />`}<span>${children}</span>`;
  if (href) return html`<a class="btn btn-primary" href=${href} ...${rest}>${content}</a>`;
  return html`<button type="button" class="btn btn-primary" onClick=${onClick} ...${rest}>${content}</button>`;
}

/** An action in words under the main one, or within a card. */
export function TextAction({ icon, onClick, className = "btn btn-text", children, ...rest }) {
  return html`<button type="button" class=${className} onClick=${onClick} ...${rest}>
    ${icon && html`<${Icon} name=${icon} />`}${children}
  </button>`;
}

/** The badge code, big enough to be read at the desk. */
export function Code({ code, label }) {
  return html`<div>
    <span class="soft">${label}</span>
    <div class="code-big" translate="no">${code}</div>
  </div>`;
}
