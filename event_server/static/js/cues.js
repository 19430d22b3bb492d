/**
 * Sound, vibration and a screen that stays on: each can be switched off, each is remembered, none is relied upon.
 *
 * Phones allow sound only after a tap: call `unlock()` directly in the tap's handler, not after an await. Sounds are
 * played by an oscillator, so there is nothing to load.
 */
import { signal } from "../vendor/preact.js";

/** For each cue: notes as [frequency in Hz, start, length], and the vibration pattern; both in milliseconds. */
const CUES = {
  move: { notes: [[523, 0, 180], [659, 200, 180], [784, 400, 420]], shake: [400, 120, 400] },
  start: { notes: [[784, 0, 350]], shake: [300] },
  swap: { notes: [[659, 0, 160], [784, 220, 260]], shake: [120, 100, 120] },
  minute: { notes: [[523, 0, 200]], shake: [80] },
  seconds: { notes: [[523, 0, 90], [523, 160, 90]], shake: [60, 60, 60] },
  end: { notes: [[784, 0, 200], [523, 240, 500]], shake: [500] },
};
const LOUDNESS = 0.25;
const STORED = "girotondo.cues";

/** @typedef {{sound: boolean, vibration: boolean, awake: boolean}} Switches */

export class Cues {
  /** What the person wants. */
  switches = signal({ sound: true, vibration: true, awake: true });
  /** Whether sound has been allowed by a tap, and whether the screen is kept on just now. */
  isUnlocked = signal(false);
  isAwake = signal(false);
  #audio;
  #lock;

  constructor() {
    try {
      this.switches.value = { ...this.switches.value, ...JSON.parse(localStorage.getItem(STORED) ?? "{}") };
    } catch {
      // Nothing remembered, or nothing may be: the defaults hold.
    }
    document.addEventListener("visibilitychange", () => this.#stayAwake());
  }

  /** Switches one cue on or off; also from a tap, so it may unlock. */
  set(name, isOn) {
    this.switches.value = { ...this.switches.value, [name]: isOn };
    try {
      localStorage.setItem(STORED, JSON.stringify(this.switches.value));
    } catch {
      // Not remembered then; it still holds for this page.
    }
    this.unlock();
  }

  /** Must run inside the handler of a tap. Safe to call at every tap. */
  unlock() {
    const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
    if (Context && this.switches.value.sound) {
      this.#audio ??= new Context();
      this.#audio.resume?.().then(() => (this.isUnlocked.value = true), () => {});
    }
    this.#stayAwake();
  }

  /** @param {keyof typeof CUES} name */
  give(name) {
    const { notes, shake } = CUES[name];
    const { sound, vibration } = this.switches.value;
    if (sound && this.#audio?.state === "running") notes.forEach((note) => this.#play(note));
    // Before the first tap browsers refuse it, and say so in the console.
    if (vibration && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(shake);
  }

  #play([frequency, start_ms, length_ms]) {
    const from = this.#audio.currentTime + start_ms / 1000;
    const until = from + length_ms / 1000;
    const tone = new OscillatorNode(this.#audio, { type: "triangle", frequency });
    const volume = new GainNode(this.#audio, { gain: 0 });
    // A ramp at both ends, or the loudspeaker clicks.
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
    volume.gain.linearRampToValueAtTime(0, until);
    tone.connect(volume).connect(this.#audio.destination);
    tone.start(from);
    tone.stop(until);
  }

  /** The lock falls whenever the page is hidden, and may be refused to save the battery. */
  async #stayAwake() {
    if (document.visibilityState !== "visible") return;
    if (!this.switches.value.awake) {
      await this.#lock?.release();
      return;
    }
    if (this.#lock && !this.#lock.released) return;
    try {
      this.#lock = await navigator.wakeLock?.request("screen");
      this.isAwake.value = Boolean(this.#lock);
      this.#lock?.addEventListener("release", () => (this.isAwake.value = false));
    } catch {
      this.isAwake.value = false;
    }
  }
}
