/** Whose turn it is: the seats of a table in a row, or, for tables of several sizes, a line for each. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { t, tn } from "../i18n.js";
import { SEATS } from "./turns.js";

/** Up to so many seats the letters are large. */
const MOST_LARGE = 6;

/** Sizes of tables that have a line of their own, read from the back of a room. */
const MOST_LINES = 3;

/** @param {{sizes: {seats: number, seat: string, swapAt: number | null}[], now: number}} props */
export function SeatRows({ sizes, now }) {
  if (sizes.length === 1) return html`<${Row} ...${sizes[0]} />`;
  return html`<div class="wall-sizes" aria-hidden="true">
    ${sizes.slice(0, MOST_LINES).map((size) => html`<${Line} key=${size.seats} ...${size} now=${now} />`)}
  </div>`;
}

/** All seats, the one whose turn it is full. */
function Row({ seats, seat }) {
  return html`<div class=${`wall-seats ${seats > MOST_LARGE ? "is-long" : ""}`} aria-hidden="true">
    ${[...SEATS.slice(0, seats)].map((letter) => html`<span key=${letter}
      class=${`wall-seat ${letter === seat ? "wall-seat-now" : letter < seat ? "wall-seat-past" : ""}`}>${letter}</span>`)}
  </div>`;
}

/** "tables of 9", the seat that speaks, and how long still. */
function Line({ seats, seat, swapAt, now }) {
  return html`<span class="wall-soft">${tn("tables of %(n)s", "tables of %(n)s", seats)}</span>
    <span class="wall-seat wall-seat-now">${seat}</span>
    <span class="wall-size-time">${swapAt ? minutesAndSeconds(swapAt - now) : t("Last turn")}</span>`;
}
