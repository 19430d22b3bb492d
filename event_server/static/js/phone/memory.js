/**
 * Small things this device remembers about one person at one event: what was acknowledged, which hint was read.
 *
 * `ep` is the event's epoch. When it changes (a restore, an erasure), all that was kept here no longer holds.
 */
import { signal } from "../../vendor/preact.js";

const PREFIX = "girotondo.phone.";

export class Memory {
  /** Whether another epoch had left things here; they are gone now. */
  hasForgotten;
  #name;
  #storage;
  #kept;

  /** @param {{name: string, ep: string, storage?: Storage}} options `name` tells apart events and people */
  constructor({ name, ep, storage = safeStorage() }) {
    this.#name = PREFIX + name;
    this.#storage = storage;
    this.#kept = signal(this.#load());
    this.hasForgotten = this.follow(ep);
  }

  /** What was kept under `key`; read in a component, it is followed. */
  get(key) {
    return this.#kept.value[key];
  }

  set(key, value) {
    this.#save({ ...this.#kept.peek(), [key]: value });
  }

  /** Starts anew where `ep` is another than the one that was kept. Returns whether it did. */
  follow(ep) {
    const isOther = this.#kept.peek().ep !== ep;
    const hadOne = this.#kept.peek().ep !== undefined;
    if (isOther) this.#save({ ep });
    return isOther && hadOne;
  }

  #load() {
    try {
      const kept = JSON.parse(this.#storage?.getItem(this.#name) ?? "{}");
      return kept && typeof kept === "object" ? kept : {};
    } catch {
      return {};
    }
  }

  #save(kept) {
    this.#kept.value = kept;
    try {
      this.#storage?.setItem(this.#name, JSON.stringify(kept));
    } catch {
      // Full or forbidden: this tab remembers, which is all this device can do.
    }
  }
}

/** Private windows may throw at the mere sight of localStorage. */
export function safeStorage() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
