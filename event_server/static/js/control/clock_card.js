/** The clock card: phase, ring, digits, four steps, one light button, and the minutes. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { EveningRing, RoomRing, TimerRing } from "../ring.js";
import { beadCount } from "../ring_geometry.js";
import { canShorten, clockOf } from "./clockwork.js";
import { areOn } from "./keys.js";
import { phaseTitle, primaryAction, steps } from "./steps.js";

const DONE_PHASES = new Set(["feedback", "break", "wrap_up", "closed"]);

export function ClockCard({ desk }) {
  const control = desk.control.value;
  return html`<div class="clock-card">
    <div class="clock-head">
      <div>
        <h1 class="clock-title" tabindex="-1">${phaseTitle(control)}</h1>
        <p>${roundLine(control)}</p>
      </div>
      <${Evening} control=${control} />
    </div>
    <${Face} desk=${desk} />
    <${Steps} control=${control} />
    <${Primary} desk=${desk} />
    <${Minutes} desk=${desk} />
  </div>`;
}

/** "Round 3 of 8", or what the evening is called before it begins. */
export function roundLine({ round, rounds, title }) {
  return round ? t("Round %(round)s of %(rounds)s", { round, rounds }) : title;
}

function Evening({ control }) {
  const isDone = DONE_PHASES.has(control.phase);
  const current = isDone ? 0 : control.round;
  return html`<${EveningRing} rounds=${control.rounds} current=${current} done=${isDone ? control.round : undefined} />`;
}

/** The ring: of time where there is a clock, of people where there is none. */
function Face({ desk }) {
  const control = desk.control.value;
  const clock = clockOf(control, desk.now.value);
  if (!clock) return html`<${Arrivals} control=${control} />`;
  const { startsAt, endsAt, at, turnsAt, isPaused } = clock;
  return html`<${TimerRing} ...${{ startsAt, endsAt, now: at, turnsAt, isPaused }} isShared
      count=${beadCount(turnsAt.length)} digits=${minutesAndSeconds(clock.remaining)} label=${faceLabel(control, clock)} />
    <p class="clock-next">${nextLine(control, clock)}</p>`;
}

function Arrivals({ control }) {
  const { present, listed } = control.counts;
  return html`<${RoomRing} expected=${listed} arrived=${present} me=${present - 1} className="">
      <span class="ring-digits">${present}</span>
      <span class="ring-label">${t("of %(n)s here", { n: listed })}</span>
    <//>
    <p class="clock-next">${control.phase === "lobby" ? t("The clock starts with the first call") : " "}</p>`;
}

function faceLabel(control, clock) {
  if (clock.isPaused) return control.paused.interrupted ? t("interrupted") : t("paused");
  if (clock.isOver) return t("time is over");
  return control.phase === "call" ? t("to the start") : t("to the end");
}

function nextLine(control, clock) {
  if (clock.isPaused) return t("Time stands still for everybody");
  if (clock.at < clock.startsAt) return t("Starts in %(time)s", { time: minutesAndSeconds(clock.startsAt - clock.at) });
  const swapAt = clock.turnsAt.find((at) => at > clock.at);
  if (swapAt) return t("Turns change in %(time)s", { time: minutesAndSeconds(swapAt - clock.at) });
  if (clock.isOver && !control.automatic) return t("Waiting for you");
  if (control.phase !== "talk" || clock.turnsAt.length < 2) return " ";
  return clock.turnsAt.length > 2 ? t("Last turn") : t("Second turn");
}

function Steps({ control }) {
  return html`<ol class="phases">
    ${steps(control).map(({ name, state }) => {
      const current = state === "now" ? "step" : undefined;
      return html`<li class=${state === "done" ? "is-done" : ""} aria-current=${current}>${name}</li>`;
    })}
  </ol>`;
}

function Primary({ desk }) {
  // Only the passing of the end matters here, not each quarter of a second.
  const action = primaryAction(desk.control.value, desk.now.value);
  if (!action) return null;
  return html`<button class="btn btn-light" onClick=${() => desk.act(action)}>
    <${Icon} name=${action.icon} />${action.label}<${Key} of=${keyOf(action)} />
  </button>`;
}

function keyOf({ type }) {
  return type === "Pause" || type === "Resume" ? t("Space") : "N";
}

/** The key of a button, as long as shortcuts are wanted. */
export function Key({ of }) {
  return areOn.value ? html` <kbd aria-hidden="true">${of}</kbd>` : null;
}

function Minutes({ desk }) {
  if (!desk.allows("ExtendRound")) return null;
  const isShort = !canShorten(desk.control.value, desk.now.value);
  const button = (minutes, words, isOff) =>
    html`<button class="btn" disabled=${isOff} onClick=${() => desk.extend(minutes)}>${words}</button>`;
  return html`<div class="clock-minutes">
    ${button(-1, t("−1 min"), isShort)}${button(1, t("+1 min"))}${button(5, t("+5 min"))}
  </div>`;
}
