/** What the live connection needs of a browser, in one place, so that tests can give it something else. */

/** Events after which a phone may have slept, moved to another network, or come back to the page. */
const WAKE_EVENTS = [
  ["document", "visibilitychange"],
  ["window", "pageshow"],
  ["window", "online"],
  ["window", "focus"],
];

export const BROWSER = {
  openSocket: (url) => new WebSocket(url),
  fetch: (...request) => globalThis.fetch(...request),
  setTimeout: (...timer) => globalThis.setTimeout(...timer),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
  now: () => Date.now(),
  random: () => Math.random(),
  isHidden: () => document.visibilityState === "hidden",

  /** Calls `listener` with the event's name; returns a function that stops it. */
  onWake(listener) {
    const listen = ({ type }) => listener(type);
    const each = (change) =>
      WAKE_EVENTS.forEach(([target, type]) => globalThis[target][change](type, listen));
    each("addEventListener");
    return () => each("removeEventListener");
  },
};
