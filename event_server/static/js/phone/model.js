/** What all phone screens share: the live connection, what is on its way, what this device remembers, its cues. */
import { computed, effect, signal, untracked } from "../../vendor/preact.js";
import { Answers } from "./answers.js";
import { extension, screenOf } from "./screen.js";
import { Sent } from "./sent.js";

const OFFLINE_AFTER_MS = 4000;
const FLASH_MS = 4000;
const SLOW_AFTER_MS = 2000;

/** Commands about a moment that has passed: nothing anybody could do about their refusal. */
const SILENT = new Set(["ArriveAtTable", "SetStandby"]);

/**
 * @param {{live: object, page: object, memory: object, cues: object}} parts `page` is the data block of the page:
 *   title, timezone, addresses, prompts, languages
 */
export function phoneModel({ live, page, memory, cues }) {
  const lostAt = signal(live.now.peek());
  const waitsSince = signal(null);
  const sent = new Sent(live);
  const isConnected = computed(() => live.connection.value === "live" || live.connection.value === "polling");
  const phone = {
    live,
    page,
    memory,
    cues,
    sent,
    answers: new Answers(sent),
    view: live.view,
    now: live.now,
    flash: signal(null),
    refusal: signal(null),
    sheet: signal(null),
    isConnected,
    /** Milliseconds without a network, 0 while there is one or for a hiccup. */
    offline: computed(() => {
      const lost = isConnected.value ? 0 : live.now.value - lostAt.value;
      return lost > OFFLINE_AFTER_MS ? Math.floor(lost / 1000) * 1000 : 0;
    }),
    screen: computed(() => screenOf(live.view.value, { now: live.now.value, isLive: isConnected.value })),
    /** How many commands wait so long that it is worth a word. */
    waiting: computed(() => {
      const isSlow = waitsSince.value !== null && live.now.value - waitsSince.value > SLOW_AFTER_MS;
      return isSlow ? live.outbox.waiting.value : 0;
    }),
    send: (command, key) => sent.send(command, { key }),
    /** The command under `key` that the view does not know yet. */
    pending: (key) => sent.newest(key)?.command,
    refused: ({ code, entry }) => refused(phone, { code, entry }),
  };
  effect(() => {
    lostAt.value = isConnected.value ? null : live.now.peek();
  });
  const hasWaiting = computed(() => live.outbox.waiting.value > 0);
  effect(() => {
    waitsSince.value = hasWaiting.value ? live.now.peek() : null;
  });
  let before = null;
  effect(() => {
    const view = live.view.value;
    untracked(() => follow(phone, before, view));
    before = view;
  });
  return phone;
}

function follow(phone, before, view) {
  if (phone.memory.follow(view.ep)) phone.sheet.value = null;
  const added = extension(before, view);
  phone.sent.viewed();
  if (before?.phase !== view.phase) phone.flash.value = null;
  if (!added) return;
  const flash = { added };
  phone.flash.value = flash;
  setTimeout(() => phone.flash.value === flash && (phone.flash.value = null), FLASH_MS);
}

function refused(phone, { code, entry }) {
  phone.sent.refused(entry?.key);
  if (entry && !SILENT.has(entry.command.type)) phone.refusal.value = { code };
}
