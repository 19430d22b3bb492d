/** Rings of beads, drawn as inline SVG with classes (rings.css). Digits say the time; readers never hear the beads. */
import { html } from "../vendor/preact.js";
import * as geometry from "./ring_geometry.js";

/**
 * Any ring: beads, their hands, and whatever stands in the middle.
 *
 * @param {{beads: geometry.Bead[], className?: string, offset?: number, radius?: number, largest?: number,
 *   sag?: number, isThin?: boolean, isPaused?: boolean, outside?: {x: number, y: number}, gapAt?: number,
 *   children?: unknown}} props
 */
export function Ring({ className = "", children, ...drawing }) {
  return html`<div class=${`ring ${className}`}>
    <svg class="ring-drawing" viewBox="-100 -100 200 200" aria-hidden="true">${Beads(drawing)}</svg>
    ${children && html`<div class="ring-words">${children}</div>`}
  </div>`;
}

/**
 * The timer of a round.
 *
 * @param {{now: number, startsAt: number, endsAt: number, turnsAt?: number[], mine?: number, isShared?: boolean,
 *   count?: number, digits: string, label: string, before?: string, isPaused?: boolean, className?: string}} props
 *   `label` stands under the digits, `before` over them; `mine` is the viewer's place among the turns, `isShared`: the
 *   timer is everybody's
 */
export function TimerRing({ digits, label, before, isPaused, className, ...time }) {
  return html`<${Ring} beads=${geometry.timerBeads(time)} isPaused=${isPaused} className=${className}>
    ${before && html`<span class="ring-label">${before}</span>`}
    <time class="ring-digits" role="timer">${digits}</time>
    ${label && html`<span class="ring-label">${label}</span>`}
  <//>`;
}

/** Who is here: one bead per person expected. `me` is the viewer's place in the order of arrival, or the newest. */
export function RoomRing({ expected, arrived, me, className = "ring-room", children }) {
  return html`<${Ring} beads=${geometry.roomBeads({ expected, arrived, me })} className=${className}>${children}<//>`;
}

/** Sitting out: your dot stands one step outside, the gap waits for you. */
export function SitOutRing({ count = 20, gapAt = 4, radius = 80, children }) {
  const beads = Array.from({ length: count }, (_, i) => (i === gapAt ? "past" : "full"));
  const outside = geometry.stepOut(geometry.beadCentres(count, { radius })[gapAt]);
  const drawing = { beads, radius, largest: 7.6, gapAt, outside };
  return html`<${Ring} className="ring-sit-out" ...${drawing}>${children}<//>`;
}

/** The end of the evening: one bead per round, full where both said yes. `mutual` holds round numbers from 1. */
export function WrapUpRing({ rounds, mutual, children }) {
  const beads = Array.from({ length: rounds }, (_, i) => (mutual.includes(i + 1) ? "full" : "hollow"));
  return html`<${Ring} className="ring-wrap-up" beads=${beads} isThin sag=${0.06}>${children}<//>`;
}

/** Nobody yet: hollow beads that hold hands. */
export function EmptyRing({ count = 12 }) {
  return html`<${Ring} beads=${Array.from({ length: count }, () => "hollow")} isThin sag=${0.06} />`;
}

/** The evening ring of the top bar: the mark without hands. */
export function EveningRing({ rounds, current, done }) {
  const beads = geometry.eveningBeads({ rounds, current, done });
  return html`<svg class="evening" viewBox="-100 -100 200 200" aria-hidden="true">
    ${Beads({ beads, offset: 0, radius: 76, largest: 19, hasHands: false })}
  </svg>`;
}

/** The mark: eight dots, eight hands, one yellow dot. */
export function Mark({ className = "" }) {
  const centres = geometry.beadCentres(8, { radius: 78, offset: 0 });
  const holds = centres.map(() => true);
  return html`<svg class=${`mark ${className}`} viewBox="-100 -100 200 200" aria-hidden="true">
    <path class="hands" d=${geometry.handsPath(centres, holds, { sag: 0.17 })} />
    ${centres.map(
      ({ x, y }, i) => html`<circle class=${i === 1 ? "spark" : "dot"} cx=${x} cy=${y} r=${i === 1 ? 20 : 20.5} />`,
    )}
  </svg>`;
}

function Beads({ beads, offset, radius, largest, sag, isPaused, isThin, gapAt, outside, hasHands = true }) {
  const centres = geometry.beadCentres(beads.length, { radius, offset });
  const sizes = geometry.beadSizes(beads.length, { radius, largest, isThin });
  const holds = beads.map((bead) => bead !== "past");
  const hands = hasHands && geometry.handsPath(centres, holds, { sag, reach: sizes.full * 0.97 });
  return html`
    ${hands && html`<path class="hands" stroke-width=${sizes.line} d=${hands} />`}
    ${beads.map((bead, i) => i !== gapAt && drawBead(bead, { ...centres[i], sizes, isPaused }))}
    ${outside && drawBead("now", { ...outside, sizes })}
  `;
}

function drawBead(bead, { x, y, sizes, isPaused }) {
  const outline = bead === "hollow" || bead === "now" ? sizes.line : 0;
  const bars = bead === "now" && isPaused && pauseBars(x, y, sizes.now);
  return html`
    <circle class=${`bead bead-${bead}`} cx=${x} cy=${y} r=${sizes[bead]} stroke-width=${outline} />
    ${bars && html`<path class="pause-bars" stroke-width=${sizes.now / 4} d=${bars} />`}
  `;
}

function pauseBars(x, y, r) {
  return [-r / 4, r / 4].map((dx) => `M${x + dx} ${y - r / 3}v${(2 * r) / 3}`).join("");
}
