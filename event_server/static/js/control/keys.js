/** Keyboard shortcuts: off in fields and dialogs, and off altogether if somebody wants them off (WCAG 2.1.4). */
import { signal } from "../../vendor/preact.js";
import { nextAction, pauseAction } from "./steps.js";

const STORED = "girotondo.keys";
const FIELDS = "input, select, textarea, [contenteditable], dialog";
/** The space bar already means something on these. */
const PRESSABLE = "button, a, summary, label";

/** Whether shortcuts are wanted; remembered on this device. */
export const areOn = signal(remembered());

export function switchKeys(isOn) {
  areOn.value = isOn;
  try {
    localStorage.setItem(STORED, String(isOn));
  } catch {
    // Not remembered then; it still holds for this page.
  }
}

/**
 * What a key means here and now.
 *
 * @param {{key: string, target: {closest: (selector: string) => unknown}, ctrlKey?: boolean, altKey?: boolean,
 *   metaKey?: boolean, repeat?: boolean}} event
 * @returns {"pause" | "next" | "more" | "less" | "message" | "help" | null}
 */
export function meaning(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.target?.closest?.(FIELDS)) return null;
  if (event.key === " ") return event.target?.closest?.(PRESSABLE) ? null : "pause";
  return { n: "next", "+": "more", "-": "less", "−": "less", m: "message", "?": "help" }[event.key.toLowerCase()] ?? null;
}

/** Listens for shortcuts until the page goes. */
export function listenForKeys(desk) {
  // Whoever clicked "+1 min" and then presses the space bar means the pause, not one more minute. A key that pressed
  // the button (detail 0) leaves the focus where it is.
  document.addEventListener("click", ({ detail, target }) => detail && target.closest?.("button")?.blur());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !desk.panel.peek()) return void desk.toasts.undoLast();
    const wanted = areOn.peek() ? meaning(event) : null;
    if (!wanted) return;
    event.preventDefault();
    DEEDS[wanted](desk);
  });
}

const DEEDS = {
  pause: (desk) => withAction(desk, pauseAction(desk.control.peek())),
  next: (desk) => withAction(desk, nextAction(desk.control.peek()), { isHasty: true }),
  more: (desk) => desk.control.peek().allowed.includes("ExtendRound") && desk.extend(1),
  less: (desk) => desk.control.peek().allowed.includes("ExtendRound") && desk.extend(-1),
  message: (desk) => {
    if (desk.control.peek().allowed.includes("PostMessage")) desk.panel.value = { kind: "message", to: "all" };
  },
  help: (desk) => (desk.panel.value = { kind: "keys" }),
};

function withAction(desk, action, how) {
  if (action) desk.act(action, how);
}

function remembered() {
  try {
    return globalThis.localStorage?.getItem(STORED) !== "false";
  } catch {
    return true;
  }
}
