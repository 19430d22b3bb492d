/** Between two talks: choices, a break, a pause. The ring says how long still. */
import { html } from "../../vendor/preact.js";
import { clockTime, minutesAndSeconds, number } from "../format.js";
import { language, t } from "../i18n.js";
import { EmptyRing, TimerRing } from "../ring.js";
import { beadCount } from "../ring_geometry.js";
import { privacyWords } from "../phone/words.js";
import { Head, Panel } from "./parts.js";
import { clockOf } from "./standing.js";
import { Two } from "./talk.js";
import { roomTurns } from "./turns.js";

export function Feedback({ wall, view }) {
  // Whoever reads the longer sentence already holds a phone that asks; both would not fit on a wall.
  const text = view.learns_tonight ? privacyWords(view) : `${t("Answer on your phone.")} ${privacyWords(view)}`;
  return html`<${Between} wall=${wall} view=${view} label=${t("to go")}
    title=${t("Who would you like to see again?")} text=${text}
    panel=${t("Answers so far")} figure=${view.answered !== undefined && percent(view.answered)} />`;
}

export function Break({ wall, view }) {
  const form = { language: language(), timeZone: wall.page.timezone };
  const time = view.ends_at !== undefined && clockTime(view.ends_at, form);
  const title = time ? t("Break until %(time)s", { time }) : t("Coffee break");
  return html`<${Between} wall=${wall} view=${view} label=${t("to go")} title=${title}
    text=${t("Choices stay open on your phone.")} />`;
}

export function Paused({ wall, view }) {
  return html`<${Between} wall=${wall} view=${view} label=${t("paused")} title=${t("Paused")}
    text=${t("We go on in a moment. Time stands still for everybody.")} />`;
}

function Between({ wall, view, label, title, text, panel, figure }) {
  const clock = clockOf(view, { now: wall.live.now.value, since: wall.since(view) });
  return html`<div class="wall wall-split">
    ${clock ? html`<${Ring} clock=${clock} view=${view} label=${label} />` : html`<${EmptyRing} />`}
    <div class="wall-words">
      <${Head} view=${view} />
      <${Two} title=${title} text=${text} />
      <${Panel} view=${view} title=${panel}>${figure && html`<span class="wall-figure">${figure}</span>`}<//>
    </div>
  </div>`;
}

function Ring({ clock, view, label }) {
  const turnsAt = roomTurns(view);
  const digits = minutesAndSeconds(clock.remaining);
  const words = clock.remaining || clock.isPaused ? label : t("we go on in a moment");
  return html`<${TimerRing} startsAt=${clock.startsAt} endsAt=${clock.endsAt} now=${clock.at} isPaused=${clock.isPaused}
    turnsAt=${turnsAt} count=${beadCount(turnsAt.length)} isShared digits=${digits} label=${words}
    className=${digits.length > 4 ? "ring-long" : ""} />`;
}

function percent(value) {
  return number(value / 100, { language: language(), style: "percent" });
}
