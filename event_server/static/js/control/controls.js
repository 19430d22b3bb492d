/** Below the clock: the automatic, what comes next, messages, a break, taking back, the end, and who is here. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { Key } from "./clock_card.js";
import { clockOf } from "./clockwork.js";
import { Counters } from "./counters.js";
import { nextAction, primaryAction } from "./steps.js";

export function Controls({ desk }) {
  const control = desk.control.value;
  return html`<div class="card controls">
    <${Automatic} desk=${desk} />
    <${Next} desk=${desk} />
    ${desk.allows("PostMessage") && html`<${MessageButton} desk=${desk} />`}
    <${Rare} desk=${desk} control=${control} />
    <${Counters} control=${control} />
  </div>`;
}

function Automatic({ desk }) {
  const control = desk.control.value;
  const toggle = (event) => desk.steer({ type: "SetAutomatic", on: event.currentTarget.checked });
  if (["wrap_up", "closed"].includes(control.phase)) return null;
  return html`<label class="switch">
    <input type="checkbox" role="switch" checked=${control.automatic ?? false} onChange=${toggle}
      disabled=${!desk.allows("SetAutomatic")} />
    <span>${t("Goes on by itself")}<br /><span class="soft"><${Ahead} desk=${desk} /></span></span>
  </label>`;
}

/** "Choices in 4:12, then round 4", or that everything waits for a person. */
function Ahead({ desk }) {
  const control = desk.control.value;
  const clock = clockOf(control, desk.now.value);
  if (!control.automatic) return t("Each step waits for you");
  if (!clock) return t("From the first call on");
  if (clock.isPaused) return t("Not while the clock stands");
  const time = minutesAndSeconds(clock.remaining);
  const round = control.round + 1;
  const isLast = control.round >= control.rounds;
  const words = {
    call: () => t("Talk in %(time)s", { time }),
    talk: () => {
      if (isLast) return t("Choices in %(time)s, then goodbyes", { time });
      return t("Choices in %(time)s, then round %(round)s", { time, round });
    },
    feedback: () => (isLast ? t("Goodbyes in %(time)s", { time }) : t("Next in %(time)s", { time })),
    break: () => t("Round %(round)s in %(time)s", { time, round }),
  };
  return words[control.phase]?.() ?? "";
}

/** What comes next, where the light button is something else. */
function Next({ desk }) {
  const control = desk.control.value;
  const next = nextAction(control);
  if (!next || next.type === primaryAction(control, desk.now.value)?.type) return null;
  return html`<button class="btn" onClick=${() => desk.act(next)}>
    <${Icon} name=${next.icon} />${next.label}<${Key} of="N" />
  </button>`;
}

function MessageButton({ desk }) {
  const open = () => (desk.panel.value = { kind: "message", to: "all" });
  return html`<button class="btn" onClick=${open}>
    <${Icon} name="send" />${t("Message to the room")}<${Key} of="M" />
  </button>`;
}

/** Rarely needed, hence small: one row of words. */
function Rare({ desk, control }) {
  const rare = [
    ["CancelCall", "undo-2", t("Take the call back"), () => desk.steer({ type: "CancelCall" })],
    ["StartBreak", "coffee", t("Coffee break"), () => (desk.panel.value = { kind: "break" })],
    ["FinishEvent", "skip-forward", t("Finish the evening"), () => desk.act(finishing())],
    ["CloseEvent", "lock", t("Close the event"), () => desk.act({ type: "CloseEvent", asks: true })],
  ];
  const isNext = nextAction(control)?.type;
  const shown = rare.filter(([type]) => type !== isNext && desk.allows(type) && isMeant(type, control));
  const history = () => (desk.panel.value = { kind: "history" });
  const help = () => (desk.panel.value = { kind: "keys" });
  return html`<div class="controls-rare">
    ${shown.map(
      ([type, icon, words, run]) =>
        html`<button key=${type} class="btn btn-small btn-text" onClick=${run}><${Icon} name=${icon} />${words}</button>`,
    )}
    <button class="btn btn-small btn-text narrow-only" onClick=${history}>
      <${Icon} name="history" />${t("History")}
    </button>
    <button class="btn btn-small btn-text wide-only" onClick=${help}>
      <${Icon} name="circle-question-mark" />${t("Keys")}
    </button>
  </div>`;
}

function finishing() {
  return { type: "FinishEvent", asks: true };
}

/** Closing an event that has not begun belongs to its settings, not beside the clock. */
function isMeant(type, { phase }) {
  return type !== "CloseEvent" || phase === "wrap_up";
}
