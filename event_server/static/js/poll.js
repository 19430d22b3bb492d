/** The view by plain GET every few seconds, for rooms whose network lets no socket through. */
import { between } from "./backoff.js";

const PAUSE_MS = [5000, 10_000];

export class Poll {
  #url;
  #onMessage;
  #on;
  #etag = null;
  #timer;
  #run = 0;

  /** @param {string} url
   *  @param {{onMessage: (view: object) => void, environment: object}} options */
  constructor(url, { onMessage, environment }) {
    this.#url = url;
    this.#onMessage = onMessage;
    this.#on = environment;
  }

  /** Begins, or goes on; `onAnswer` after each answer, changed or not, `onFailure` after each try without one. */
  start(onAnswer, onFailure) {
    if (this.#run % 2) return;
    this.#run += 1;
    this.#ask(this.#run, { onAnswer, onFailure });
  }

  stop() {
    this.#run += this.#run % 2;
    this.#on.clearTimeout(this.#timer);
  }

  /** An odd run is going; an answer that comes after its end is too old to show. */
  async #ask(run, on) {
    try {
      const headers = { accept: "application/json", ...(this.#etag && { "if-none-match": this.#etag }) };
      const response = await this.#on.fetch(this.#url, { headers, cache: "no-store", credentials: "same-origin" });
      if (!response.ok && response.status !== 304) throw new Error(`poll: ${response.status}`);
      const view = response.ok ? await response.json() : null;
      if (run !== this.#run) return;
      if (view) this.#etag = response.headers.get("etag");
      if (view) this.#onMessage({ t: "view", ...view });
      on.onAnswer();
    } catch {
      // No network at all: the next round of asking will tell.
      if (run === this.#run) on.onFailure();
    }
    if (run !== this.#run) return;
    this.#timer = this.#on.setTimeout(() => this.#ask(run, on), between(PAUSE_MS, this.#on.random));
  }
}
