/** The seats of a table in a row, the one whose turn it is full; a row for every size of table in the room. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { tn } from "../i18n.js";
import { SEATS } from "./turns.js";

/** Up to so many seats the letters are large. */
const MOST_LARGE = 6;

/** @param {{sizes: {seats: number, seat: string, swapAt: number | null}[], now: number}} props */
export function SeatRows({ sizes, now }) {
  const hasLabels = sizes.length > 1;
  return html`<div class="wall-seats" aria-hidden="true">
    ${sizes.map(({ seats, seat, swapAt }) => html`<div class=${`wall-seat-row ${seats > MOST_LARGE ? "is-long" : ""}`} key=${seats}>
      ${hasLabels && html`<span class="wall-seat-label">${tn("tables of %(n)s", "tables of %(n)s", seats)}</span>`}
      <span class="wall-seat-letters">
        ${[...SEATS.slice(0, seats)].map((letter) => html`<span key=${letter}
          class=${`wall-seat ${letter === seat ? "wall-seat-now" : letter < seat ? "wall-seat-past" : ""}`}>${letter}</span>`)}
      </span>
      ${hasLabels && swapAt && html`<span class="wall-seat-time">${minutesAndSeconds(swapAt - now)}</span>`}
    </div>`)}
  </div>`;
}
