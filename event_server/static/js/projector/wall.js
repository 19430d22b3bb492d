/** The state of the projector: the view, since when its phase is seen, sound, the pointer, and the slow shift. */
import { effect, signal } from "../../vendor/preact.js";
import { Cues } from "../cues.js";
import { language } from "../i18n.js";
import { goLive } from "../live.js";
import { loadPrompts } from "../phone/prompts.js";
import { cuesBetween } from "./turns.js";

const SHIFT_MS = 60_000;
const SHIFTS = 4;
const POINTER_MS = 3000;
const NARROW = "(max-aspect-ratio: 3/2)";

/** @param {{page: object, view: object}} first the data blocks of the page */
export function openWall({ page, view }) {
  const live = goLive({
    url: new URL(page.socket, location.href).href.replace(/^http/, "ws"),
    pollUrl: page.poll,
    name: page.name,
    view,
  });
  return new Wall(page, live);
}

class Wall {
  cues = new Cues();
  isNarrow = signal(matchMedia(NARROW).matches);
  /** The pointer shows while it is moved. */
  isPointed = signal(false);
  /** Which of the places the picture stands at, against burnt-in lamps. */
  shift = signal(0);
  #seen = { phase: "", since: 0 };
  #heardUntil;
  #pointer;

  constructor(page, live) {
    this.page = page;
    this.live = live;
    this.prompts = loadPrompts(page.prompts, { name: `${page.name}.${language()}` });
  }

  /** When this screen first saw the phase of `view`. */
  since(view) {
    const phase = `${view.phase}.${view.round}`;
    if (phase !== this.#seen.phase) this.#seen = { phase, since: this.live.now.peek() };
    return this.#seen.since;
  }

  start() {
    document.body.className = "wall-page";
    matchMedia(NARROW).addEventListener("change", ({ matches }) => (this.isNarrow.value = matches));
    setInterval(() => (this.shift.value = (this.shift.peek() + 1) % SHIFTS), SHIFT_MS);
    addEventListener("pointermove", () => this.#point());
    // Browsers allow sound only after a click or a key: any will do.
    ["click", "keydown"].forEach((type) => addEventListener(type, () => this.cues.unlock()));
    // Keeps the screen on at once; sound stays silent until then.
    this.cues.unlock();
    effect(() => this.#listen(this.live.view.value, this.live.now.value));
    this.live.start();
  }

  #point() {
    this.isPointed.value = true;
    clearTimeout(this.#pointer);
    this.#pointer = setTimeout(() => (this.isPointed.value = false), POINTER_MS);
  }

  #listen(view, now) {
    const before = this.#heardUntil ?? now;
    this.#heardUntil = now;
    if (view.phase === "call" && this.#phaseHeard && this.#phaseHeard !== "call") this.cues.give("move");
    this.#phaseHeard = view.phase;
    cuesBetween(view, { before, now }).forEach((cue) => this.cues.give(cue));
  }

  #phaseHeard = "";
}
