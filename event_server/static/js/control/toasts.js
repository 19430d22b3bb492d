/** Short notices at the bottom: what was done and how to take it back, or what is about to be done. */
import { signal } from "../../vendor/preact.js";

const STAY_MS = 10_000;
const MOST = 3;

/** @typedef {{id: number, key?: string, text: string, undo?: () => void, until?: number, isAlarm?: boolean}} Toast */

export class Toasts {
  /** @type {import("../../vendor/preact.js").Signal<Toast[]>} oldest first */
  shown = signal([]);
  #timers;
  #last = 0;

  constructor(timers = globalThis) {
    this.#timers = timers;
  }

  /** @param {{text: string, undo?: () => void, isAlarm?: boolean}} toast */
  show(toast) {
    const id = this.#add(toast);
    this.#timers.setTimeout(() => this.close(id), STAY_MS);
  }

  /** Runs something after `delay` unless it is undone; only one of a key at a time. */
  countdown({ key, text, delay, run }) {
    if (this.shown.peek().some((toast) => toast.key === key)) return;
    const timer = this.#timers.setTimeout(() => {
      this.close(id);
      run();
    }, delay);
    const id = this.#add({ key, text, delay, undo: () => this.#timers.clearTimeout(timer) });
  }

  /** The newest that can be undone, for the Escape key. */
  undoLast() {
    const toast = this.shown.peek().findLast((one) => one.key);
    if (toast) this.undo(toast);
    return Boolean(toast);
  }

  undo(toast) {
    toast.undo();
    this.close(toast.id);
  }

  close(id) {
    this.shown.value = this.shown.peek().filter((toast) => toast.id !== id);
  }

  #add(toast) {
    this.#last += 1;
    const before = this.shown.peek();
    // What is about to happen stays in sight whatever else is said.
    const oldest = before.length < MOST ? null : before.find((one) => !one.key);
    this.shown.value = [...before.filter((one) => one !== oldest), { id: this.#last, ...toast }];
    return this.#last;
  }
}
