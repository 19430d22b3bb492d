/**
 * What was sent and may not yet be in the view: first it waits in the outbox, then, accepted, for the next view.
 *
 * Without the second step a choice would spring back for the blink between the two messages.
 */
import { signal } from "../../vendor/preact.js";

export class Sent {
  #live;
  /** By key: {command, text}. */
  #newest = signal({});

  /** @param {object} live of live.js */
  constructor(live) {
    this.#live = live;
  }

  /** Keeps and sends; a newer command with the same key takes the place of an older one. */
  send(command, { key, text }) {
    this.#newest.value = { ...this.#newest.peek(), [key]: { command, text } };
    this.#live.command(command, { key, text });
  }

  /** What stands above the view under `key`: {command, text}, or undefined. */
  newest(key) {
    return this.waiting(key) ?? this.#newest.value[key];
  }

  /** What the server has not confirmed yet. */
  waiting(key) {
    const { outbox } = this.#live;
    // The signal is read first, so that whoever asks hears of every change.
    return outbox.waiting.value > 0 ? outbox.entries().find((entry) => entry.key === key) : undefined;
  }

  /** A new view holds all that was accepted before it; what still waits stays on top. */
  viewed() {
    this.#keep((key) => this.waiting(key));
  }

  /** What the server refused never was. */
  refused(key) {
    this.#keep((other) => other !== key);
  }

  #keep(isKept) {
    this.#newest.value = Object.fromEntries(Object.entries(this.#newest.peek()).filter(([key]) => isKept(key)));
  }
}
