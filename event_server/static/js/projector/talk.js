/** A talk: the time, whose turn it is, a question; the last minute in colour and words, never flashing. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { t } from "../i18n.js";
import { promptAt } from "../phone/prompts.js";
import { TimerRing } from "../ring.js";
import { Head, Panel } from "./parts.js";
import { rich } from "./rich.js";
import { clockOf } from "./standing.js";
import { LAST_MINUTE_MS, speaking } from "./turns.js";

/** Characters of a text that leaves room for a panel below it. */
const MOST_AT_A_GLANCE = 80;

export function Talk({ wall, view }) {
  const now = wall.live.now.value;
  const clock = clockOf(view, { now, since: wall.since(view) });
  const turn = speaking(view, now);
  const isLast = clock && clock.remaining <= LAST_MINUTE_MS;
  return html`<div class=${`wall wall-split ${isLast ? "wall-last" : ""}`}>
    ${clock && html`<${Ring} view=${view} clock=${clock} turn=${turn} now=${now} />`}
    <div class="wall-words">
      <${Head} view=${view} />
      <${Words} clock=${clock} turn=${turn} now=${now} />
      <${Panel} view=${view} title=${t("A question for you both")}>${promptAt(wall.prompts.value, { number: view.prompt })}<//>
    </div>
  </div>`;
}

function Ring({ view, clock, turn, now }) {
  const digits = minutesAndSeconds(clock.remaining);
  const className = digits.length > 4 ? "ring-long" : "";
  const time = { startsAt: clock.startsAt, endsAt: clock.endsAt, now: clock.at, turnsAt: view.turns ?? [], mine: 1 };
  return html`<${TimerRing} ...${time} className=${className} before=${t("time left")} digits=${digits}
    label=${label(turn, now)} />`;
}

function label(turn, now) {
  return turn?.swapAt ? t("turns change in %(time)s", { time: minutesAndSeconds(turn.swapAt - now) }) : " ";
}

function Words({ clock, turn, now }) {
  const [title, text] = words(clock, turn, now);
  return html`<${Two} title=${title} text=${text} />`;
}

function words(clock, turn, now) {
  if (!clock?.remaining) return [t("Time is over"), t("Finish the sentence, and thank each other.")];
  if (now < clock.startsAt) return [t("Ready?"), t("Seat A speaks first.")];
  if (clock.remaining <= LAST_MINUTE_MS) {
    return [t("Last minute"), turn && t("Seat %(letter)s: come to the end.", { letter: turn.seat })];
  }
  if (!turn) return [t("Talk to each other"), t("Everybody gets the same time.")];
  const word = html`<span class="wall-spark">${t("listen")}</span>`;
  const rest = turn.isFirst
    ? t("Seat %(letter)s: %(word)s, then it is your turn.", { letter: turn.listening })
    : t("Seat %(letter)s: %(word)s.", { letter: turn.listening });
  return [t("Seat %(letter)s speaks", { letter: turn.seat }), rich(rest, { word })];
}

/** A heading and a line below it. */
export function Two({ title, text }) {
  const isLong = text && text.length > MOST_AT_A_GLANCE;
  return html`<div class="wall-main" role="status">
    <h1 class="wall-state">${title}</h1>
    ${text && html`<p class=${`wall-soft ${isLong ? "wall-long" : ""}`}>${text}</p>`}
  </div>`;
}
