/**
 * Commands that steer, one after the other.
 *
 * Each carries the control version that its sender saw. Somebody who taps "+1 min" three times means three minutes, so
 * what waits is made only when the one before was answered and its effect was seen. If the evening has moved on to
 * another phase meanwhile, what waits was meant for a room that is no more, and falls.
 */

/** Commands that carry the control version; the others are harmless whatever happened meanwhile. */
export const STEERING = new Set([
  ...["SetAutomatic", "OpenLobby", "CallToTables", "CancelCall", "StartRound", "ExtendRound", "Pause", "Resume"],
  ...["EndRound", "StartBreak", "FinishEvent", "RevealContacts", "CloseEvent", "ChangeTable"],
]);

/** Accepted without an effect, as pausing what stands: no newer view will come. */
const NO_NEWS_MS = 800;

export class Steering {
  #send;
  #timers;
  #queue = [];
  #sent = null;
  #control;

  /** @param {{control: object, send: (command: object, expect: number) => string, timers?: object}} options `send`
   *    returns the id under which the answer will come */
  constructor({ control, send, timers = globalThis }) {
    this.#control = control;
    this.#send = send;
    this.#timers = timers;
  }

  /** @param {(control: object) => object | null} make gives the command for the newest view, or null for none */
  steer(make) {
    this.#queue.push({ make, seen: place(this.#control) });
    this.#next();
  }

  /** A newer control view. */
  update(control) {
    this.#control = control;
    const isSeen = this.#sent?.isAccepted && control.expect !== this.#sent.expect;
    if (isSeen) this.#done();
    else this.#next();
  }

  accepted(id) {
    if (id !== this.#sent?.id) return;
    this.#sent.isAccepted = true;
    if (this.#control.expect !== this.#sent.expect) this.#done();
    else this.#sent.timer = this.#timers.setTimeout(() => this.#done(), NO_NEWS_MS);
  }

  /** One was refused: what was to follow no longer holds. */
  refused(id) {
    if (id !== this.#sent?.id) return;
    this.#queue = [];
    this.#done();
  }

  #done() {
    this.#timers.clearTimeout(this.#sent?.timer);
    this.#sent = null;
    this.#next();
  }

  #next() {
    while (!this.#sent && this.#queue.length) {
      const { make, seen } = this.#queue.shift();
      const command = seen === place(this.#control) ? make(this.#control) : null;
      if (!command) continue;
      const expect = this.#control.expect;
      this.#sent = { id: this.#send(command, expect), expect };
    }
  }
}

function place({ phase, round }) {
  return `${phase}.${round}`;
}
