/** Icons from the sprite of Lucide drawings. Every icon stands beside a word, so readers never hear it. */
import { html } from "../vendor/preact.js";

const SPRITE = new URL("../vendor/lucide.svg", import.meta.url).pathname;

/**
 * @param {{name: string, className?: string}} props `name` as listed in frontend/icons.json
 */
export function Icon({ name, className = "" }) {
  return html`<svg class=${`icon ${className}`} aria-hidden="true" focusable="false">
    <use href=${`${SPRITE}#${name}`} />
  </svg>`;
}
