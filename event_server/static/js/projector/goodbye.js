/** The end: the evening in numbers, and nothing about anybody in particular. */
import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { RoomRing } from "../ring.js";
import { Head, Panel } from "./parts.js";
import { Two } from "./talk.js";

/** Fewer beads would not make a ring. */
const FEWEST = 8;

export function Goodbye({ view }) {
  const { people = 0, conversations = 0 } = view.totals ?? {};
  // Everybody who met somebody, hand in hand.
  const ring = { expected: Math.max(people, FEWEST), arrived: Math.max(people, FEWEST) };
  return html`<div class="wall wall-split">
    <${RoomRing} ...${ring} className=${conversations > 999 ? "ring-long" : ""}>
      <span class="ring-digits">${conversations}</span>
      <span class="ring-label">${met(view, conversations)}</span>
    <//>
    <div class="wall-words">
      <${Head} view=${view} />
      <${Two} title=${t("Thank you!")} text=${nextStep(view)} />
      <${Panel} view=${view} title=${t("Together this evening")}>${sums(view.totals)}<//>
    </div>
  </div>`;
}

/** At tables of two everybody who met had a conversation; at larger ones many share one. */
function met({ seats = 2 }, count) {
  return seats > 2 ? tn("encounter", "encounters", count) : tn("conversation", "conversations", count);
}

function nextStep({ phase, revealed }) {
  if (phase === "closed") return t("Your contacts stay on your phone's page.");
  if (revealed) return t("Your contacts are on your phone now.");
  return t("A last look at your choices: soon the mutual contacts appear on your phone.");
}

/** "43 people, 61 mutual choices" */
function sums(totals) {
  if (!totals) return null;
  const parts = [tn("%(n)s person", "%(n)s people", totals.people ?? 0)];
  if (totals.mutual !== undefined) parts.push(tn("%(n)s mutual choice", "%(n)s mutual choices", totals.mutual));
  return parts.join(", ");
}
