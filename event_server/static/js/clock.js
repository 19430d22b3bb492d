/**
 * The server's time on this device. The server is the only clock: views carry deadlines, never "seconds left".
 *
 * Each pong gives a sample: the offset of the server's clock, blurred by at most half the round trip. The sample with
 * the shortest round trip of the last eight is believed. Small corrections are slewed, so that no digit jumps.
 *
 * `Date.now()` may be set by its owner, `performance.now()` may stop in sleep. When their difference moves, one of
 * both happened, old samples are worthless, and new ones are due.
 */

export const WINDOW = 8;
export const BURST = 5;
const BURST_PAUSE_MS = 250;
const PAUSE_MS = 60_000;
const SLEW_PER_MS = 0.05;
const STEP_MS = 250;
const DISTURBED_MS = 250;

/** Milliseconds until the next ping after `sent` of them: five in a row, then one a minute. */
export function pingDelay(sent) {
  return sent < BURST ? BURST_PAUSE_MS : PAUSE_MS;
}

const BROWSER = { wall: () => Date.now(), steady: () => performance.now() };

export class ServerClock {
  #wall;
  #steady;
  #samples = [];
  #target = 0;
  #offset = 0;
  #offsetAt;
  #drift;
  #isAnchored = false;

  /** @param {{wall: () => number, steady: () => number}} [sources] both in milliseconds */
  constructor({ wall, steady } = BROWSER) {
    this.#wall = wall;
    this.#steady = steady;
    this.#offsetAt = steady();
    this.#drift = wall() - steady();
  }

  /** Milliseconds of the server's clock, as well as they are known. */
  now() {
    this.#slew();
    return this.#wall() + this.#offset;
  }

  /** The device's own steady time, sent in a ping and echoed by its pong. */
  stamp() {
    return this.#steady();
  }

  /** A first guess from the `now` of a view in the page; samples outrank it. */
  anchor(server) {
    if (this.#samples.length || this.#isAnchored) return;
    this.#isAnchored = true;
    this.#jumpTo(server - this.#wall());
  }

  /**
   * Learns from a pong.
   *
   * @param {number} sent what `stamp()` gave when the ping left
   * @param {number} server the server's time in the pong
   */
  sample(sent, server) {
    const trip = this.#steady() - sent;
    if (!(trip >= 0)) return;
    if (this.isDisturbed()) this.restart();
    this.#slew();
    this.#samples = [...this.#samples, { trip, offset: server + trip / 2 - this.#wall() }].slice(-WINDOW);
    this.#target = this.#samples.reduce((best, one) => (one.trip < best.trip ? one : best)).offset;
    if (Math.abs(this.#target - this.#offset) > STEP_MS || this.#samples.length === 1) this.#jumpTo(this.#target);
  }

  /** Whether the device slept or its clock was set since the samples were taken. */
  isDisturbed() {
    return Math.abs(this.#wall() - this.#steady() - this.#drift) > DISTURBED_MS;
  }

  /** Forgets the samples: after a disturbance they would outvote the truth. */
  restart() {
    this.#drift = this.#wall() - this.#steady();
    this.#samples = [];
  }

  #slew() {
    const reach = Math.max(0, this.#steady() - this.#offsetAt) * SLEW_PER_MS;
    const error = this.#target - this.#offset;
    this.#offset += Math.sign(error) * Math.min(Math.abs(error), reach);
    this.#offsetAt = this.#steady();
  }

  #jumpTo(offset) {
    this.#target = offset;
    this.#offset = offset;
    this.#offsetAt = this.#steady();
  }
}
