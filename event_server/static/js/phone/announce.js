/** What is heard and felt: cues at the moments of a talk, sentences for screen readers, the page's title, the focus. */
import { effect, html, signal, untracked, useLayoutEffect } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { dueMoment, moments, newSpeaker, titleStep } from "./time.js";
import { firstName, goToTable, pageTitle } from "./words.js";
import { screenKey } from "./screen.js";

/** Follows the phone for as long as the page lives. Returns what the live regions say. */
export function announce(phone) {
  const spoken = { status: signal(""), alert: signal("") };
  let heardUntil = phone.now.peek();
  effect(() => {
    const now = phone.now.value;
    const due = untracked(() => dueMoment(moments(phone.view.value), heardUntil, now));
    heardUntil = Math.max(heardUntil, now);
    if (due) untracked(() => give(phone, due, spoken));
  });
  effect(() => {
    const [view, screen] = [phone.view.value, phone.screen.value];
    untracked(() => arrived(phone, { view, screen }, spoken));
  });
  let former;
  effect(() => {
    const view = phone.view.value;
    const now = Math.max(phone.now.peek(), view.now);
    const who = newSpeaker(former, view, now);
    former = view;
    if (who === undefined) return;
    heardUntil = now;
    untracked(() => give(phone, { cue: "swap", who }, spoken));
  });
  keepFocus(phone);
  let step;
  effect(() => {
    const view = phone.view.value;
    const next = `${screenKey(view, phone.screen.value)}/${titleStep(view, phone.now.value)}`;
    if (next !== step) document.title = pageTitle(view, phone.now.peek(), phone.page);
    step = next;
  });
  return spoken;
}

/** The regions that readers listen to; the digits of timers are never among them. */
export function Spoken({ spoken }) {
  return html`<div class="visually-hidden" role="status">${spoken.status.value}</div>
    <div class="visually-hidden" role="alert">${spoken.alert.value}</div>`;
}

/** A new screen takes the focus to its heading, unless somebody is typing or has a sheet open. */
export function useHeadingFocus(phone) {
  const key = screenKey(phone.view.value, phone.screen.value);
  useLayoutEffect(() => {
    const active = document.activeElement;
    const isBusy = active?.matches("textarea, input:not([type=radio])") || active?.closest("dialog");
    if (isBusy || !phone.hasShown) {
      phone.hasShown = true;
      return;
    }
    document.querySelector("h1")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [key]);
}

/** Pressed buttons may vanish with what they did: the focus then goes to the heading, not to nowhere. */
function keepFocus(phone) {
  let last = null;
  document.addEventListener("focusin", ({ target }) => (last = target));
  effect(() => {
    if (phone.now.value && last && !last.isConnected && document.activeElement === document.body) {
      last = null;
      document.querySelector("h1")?.focus({ preventScroll: true });
    }
  });
}

function give(phone, { cue, who }, spoken) {
  phone.cues.give(cue);
  if (cue === "end") phone.endHeard = phone.view.value.round;
  spoken.status.value = sentence(phone.view.value, { cue, who });
}

function sentence(view, { cue, who }) {
  const name = firstName(view.partners?.find(({ id }) => id === who)?.name ?? "");
  switch (cue) {
    case "start":
    case "swap":
      if (!who) return t("Talk to each other");
      return who === view.me.id ? t("Now you speak") : t("Now listen: %(name)s speaks", { name });
    case "minute":
      return t("One minute to the end");
    case "seconds":
      return t("Ten seconds to the end");
    default:
      return t("Time's up");
  }
}

/** A new table is alerted once; a talk that an organizer ends early ends as audibly as by the clock. */
function arrived(phone, { view, screen }, spoken) {
  const key = screenKey(view, screen);
  const before = phone.shownKey;
  phone.shownKey = key;
  if (before === undefined || before === key) return;
  const hasMoved = view.table && before.split(".")[2] !== key.split(".")[2];
  if (screen === "call" || (hasMoved && screen === "talk")) {
    phone.cues.give("move");
    spoken.alert.value = goToTable(view.table);
  } else if (before.startsWith("talk") && screen !== "talk" && phone.endHeard !== view.round) {
    phone.endHeard = view.round;
    phone.cues.give("end");
  }
}
