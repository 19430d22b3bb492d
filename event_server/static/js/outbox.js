/**
 * Commands that the server has not confirmed yet, kept in localStorage so that a closed tab loses nothing.
 *
 * An entry leaves only when the server accepts or refuses it. Sending twice is harmless: the id stays the same. A new
 * entry with the same key replaces the older one, so that a choice changed five times without a network is sent once.
 */
import { signal } from "../vendor/preact.js";

/** @typedef {{id: string, key: string, command: object, expect?: number, text?: string}} Entry */

export class Outbox {
  /** How many commands wait for the server's word. */
  waiting = signal(0);
  #name;
  #storage;
  #memory = [];
  #newId;

  /** @param {{name: string, storage?: Storage, newId?: () => string}} options `name` tells events and people apart */
  constructor({ name, storage = safeStorage(), newId = randomId }) {
    this.#name = `girotondo.outbox.${name}`;
    this.#storage = storage;
    this.#newId = newId;
    this.refresh();
  }

  /** @returns {Entry[]} oldest first */
  entries() {
    try {
      const stored = JSON.parse(this.#storage?.getItem(this.#name) ?? "null");
      if (Array.isArray(stored)) return stored;
    } catch {
      // A damaged or forbidden storage leaves us with what this tab remembers.
    }
    return this.#memory;
  }

  /**
   * Keeps a command until the server has confirmed it.
   *
   * @param {object} command
   * @param {{key?: string, expect?: number, text?: string}} [options] one entry a key; without a key the entry stands
   *   alone; `text` travels beside the command and is no part of the journal
   * @returns {Entry}
   */
  add(command, { key, expect, text } = {}) {
    const id = this.#newId();
    const entry = { id, key: key ?? id, command, ...given({ expect, text }) };
    this.#save([...this.entries().filter((one) => one.key !== entry.key), entry]);
    return entry;
  }

  /** Drops what the server accepted or refused; returns the entry, or undefined if it was replaced meanwhile. */
  settle(id) {
    const entries = this.entries();
    const entry = entries.find((one) => one.id === id);
    if (entry) this.#save(entries.filter((one) => one.id !== id));
    return entry;
  }

  /** The command that waits under `key`: what the screen shows until the server's view has it. */
  pending(key) {
    return this.entries().find((entry) => entry.key === key)?.command;
  }

  /** After a restore or an erasure on the server, what was kept here no longer holds. */
  clear() {
    this.#save([]);
  }

  /** Reads the count again: another tab may have sent or added something. */
  refresh() {
    this.waiting.value = this.entries().length;
  }

  #save(entries) {
    this.#memory = entries;
    try {
      this.#storage?.setItem(this.#name, JSON.stringify(entries));
    } catch {
      // Full or forbidden: the tab's memory has it, which is all this device can do. Stale rows must not outlive it.
      this.#storage = undefined;
    }
    this.waiting.value = entries.length;
  }
}

/** The wire form of an entry. */
export function commandMessage({ id, command, expect, text }) {
  return { t: "command", id, command, ...given({ expect, text }) };
}

function given(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** 128 random bits; `crypto.randomUUID` is missing on plain http, which a LAN may well be. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Private windows may throw at the mere sight of localStorage. */
function safeStorage() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
