/** A talk: the time, whose turn it is, a question; the last minute in colour and words, never flashing. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { t } from "../i18n.js";
import { promptAt } from "../phone/prompts.js";
import { TimerRing } from "../ring.js";
import { beadCount } from "../ring_geometry.js";
import { Head, Panel } from "./parts.js";
import { rich } from "./rich.js";
import { SeatRows } from "./seat_rows.js";
import { clockOf } from "./standing.js";
import { LAST_MINUTE_MS, roomTurns, seatsNow, speaking, speakingBySize } from "./turns.js";

/** Characters of a text that leaves room for a panel below it. */
const MOST_AT_A_GLANCE = 80;

export function Talk({ wall, view }) {
  const now = wall.live.now.value;
  const clock = clockOf(view, { now, since: wall.since(view) });
  const isPairs = (view.seats ?? 2) === 2;
  const turn = speaking(view, now);
  const sizes = speakingBySize(view, now);
  const isLast = clock && clock.remaining <= LAST_MINUTE_MS;
  const question = isPairs ? t("A question for you both") : t("A question for the table");
  return html`<div class=${`wall wall-split ${isLast ? "wall-last" : ""}`}>
    ${clock && html`<${Ring} view=${view} clock=${clock} swapAt=${sizes.length === 1 && turn?.swapAt} now=${now} />`}
    <div class="wall-words">
      <${Head} view=${view} />
      ${isPairs
        ? html`<${Words} clock=${clock} turn=${turn} now=${now} />`
        : html`<${GroupWords} clock=${clock} sizes=${sizes} now=${now} />`}
      <${Panel} view=${view} title=${question}>${promptAt(wall.prompts.value, { number: view.prompt })}<//>
    </div>
  </div>`;
}

function Ring({ view, clock, swapAt, now }) {
  const digits = minutesAndSeconds(clock.remaining);
  const className = digits.length > 4 ? "ring-long" : "";
  const turnsAt = roomTurns(view);
  const time = { startsAt: clock.startsAt, endsAt: clock.endsAt, now: clock.at, turnsAt, isShared: true };
  const label = swapAt ? t("turns change in %(time)s", { time: minutesAndSeconds(swapAt - now) }) : " ";
  return html`<${TimerRing} ...${time} count=${beadCount(turnsAt.length)} className=${className}
    before=${t("time left")} digits=${digits} label=${label} />`;
}

function Words({ clock, turn, now }) {
  const [title, text] = words(clock, turn, now);
  return html`<${Two} title=${title} text=${text} />`;
}

/**
 * Before, between and after the turns, at tables of any size; null while somebody's turn runs and another follows.
 *
 * @param {{remaining: number, startsAt: number} | null} clock
 * @param {{seats?: string, isClosing: boolean, now: number}} turn `isClosing`: nobody speaks after who speaks now
 */
export function wordsAround(clock, { seats, isClosing, now }) {
  if (!clock?.remaining) return [t("Time is over"), t("Finish the sentence, and thank each other.")];
  if (now < clock.startsAt) return [t("Ready?"), t("Seat A speaks first.")];
  if (clock.remaining <= LAST_MINUTE_MS && isClosing) {
    return [t("Last minute"), seats && t("Seat %(letter)s: come to the end.", { letter: seats })];
  }
  return seats ? null : [t("Talk to each other"), t("Everybody gets the same time.")];
}

function words(clock, turn, now) {
  const around = wordsAround(clock, { seats: turn?.seat, isClosing: !turn?.swapAt, now });
  if (around) return around;
  const word = html`<span class="wall-spark">${t("listen")}</span>`;
  const rest = turn.isFirst
    ? t("Seat %(letter)s: %(word)s, then it is your turn.", { letter: turn.listening })
    : t("Seat %(letter)s: %(word)s.", { letter: turn.listening });
  return [t("Seat %(letter)s speaks", { letter: turn.seat }), rich(rest, { word })];
}

/** Tables of more than two: whose turn it is among how many seats, for each size of table. */
function GroupWords({ clock, sizes, now }) {
  const seats = seatsNow(sizes);
  const around = wordsAround(clock, { seats, isClosing: sizes.every(({ swapAt }) => !swapAt), now });
  if (around) return html`<${Two} title=${around[0]} text=${around[1]} />`;
  return html`<div class="wall-main" role="status">
    <h1 class="wall-state">${groupTitle(clock, sizes, seats)}</h1>
    <${SeatRows} sizes=${sizes} now=${now} />
  </div>`;
}

/** One seat if it is the same at tables of every size; the last minute is told in words too, not by colour alone. */
export function groupTitle(clock, sizes, seats) {
  if (clock.remaining <= LAST_MINUTE_MS) return t("Last minute");
  const isOne = sizes.every(({ seat }) => seat === sizes[0].seat);
  return isOne ? t("Seat %(letter)s speaks", { letter: seats }) : t("One voice at a time");
}

/** A heading and a line below it. */
export function Two({ title, text }) {
  const isLong = text && text.length > MOST_AT_A_GLANCE;
  return html`<div class="wall-main" role="status">
    <h1 class="wall-state">${title}</h1>
    ${text && html`<p class=${`wall-soft ${isLong ? "wall-long" : ""}`}>${text}</p>`}
  </div>`;
}
