/** Which picture the wall shows, and what every picture has: the dot, the hint for sound, the slow shift. */
import { html, useEffect } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { Break, Feedback, Paused } from "./between.js";
import { Goodbye } from "./goodbye.js";
import { LoudMessage, isLoud } from "./message.js";
import { Names } from "./names.js";
import { Talk } from "./talk.js";
import { Welcome } from "./welcome.js";

const PICTURES = {
  draft: Welcome,
  lobby: Welcome,
  call: Names,
  talk: Talk,
  feedback: Feedback,
  break: Break,
  wrap_up: Goodbye,
  closed: Goodbye,
};

export function Screen({ wall }) {
  const view = wall.live.view.value;
  const Picture = pictureOf(view, wall);
  useEffect(() => {
    document.title = view.title;
  }, [view.title]);
  return html`<main id="main" class=${`wall-stage wall-shift-${wall.shift.value} ${wall.isPointed.value ? "is-pointed" : ""}`}>
    <${Picture} wall=${wall} view=${view} />
    <${Dot} wall=${wall} />
    <${SoundHint} wall=${wall} view=${view} />
  </main>`;
}

/** A message stands alone for a moment, but never hides where people have to go. */
function pictureOf(view, wall) {
  if (isLoud(view, wall.live.now.value)) return LoudMessage;
  return view.paused && view.phase !== "call" ? Paused : PICTURES[view.phase];
}

/** Small enough for nobody in the room to mind, clear enough for who looks for it. */
function Dot({ wall }) {
  const isLive = wall.live.connection.value === "live";
  const words = isLive ? t("Live") : t("Reconnecting…");
  return html`<span class=${`wall-dot ${isLive ? "" : "wall-dot-off"}`} role="img" aria-label=${words}></span>`;
}

function SoundHint({ wall, view }) {
  const isEarly = view.phase === "draft" || view.phase === "lobby";
  if (wall.cues.isUnlocked.value || !(isEarly || wall.isPointed.value)) return null;
  return html`<button class="wall-hint"><${Icon} name="volume-x" />${t("Click once to allow sound")}</button>`;
}
