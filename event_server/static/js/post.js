/** Commands by POST, one after another, where the network lets no socket through; the answers are a socket's. */
import { commandMessage } from "./outbox.js";

/**
 * @param {string} url
 * @param {{outbox: import("./outbox.js").Outbox, environment: object, onAnswer: (message: object) => void}} options
 * @returns {() => Promise<void>} sends what waits; harmless to call again while it is at work
 */
export function poster(url, { outbox, environment, onAnswer }) {
  let atWork = false;
  return async function post() {
    if (atWork) return;
    atWork = true;
    try {
      for (const entry of outbox.entries()) {
        const response = await environment.fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          credentials: "same-origin",
          body: JSON.stringify(commandMessage(entry)),
        });
        if (!response.ok) return;
        onAnswer(await response.json());
      }
    } catch {
      // No network: what waits goes with the next poll that gets through.
    } finally {
      atWork = false;
    }
  };
}
