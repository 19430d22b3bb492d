/** A browser under the test's control: its time, timers, sockets and wake events. Nothing here waits for real. */

export class FakeSocket {
  readyState = 0;
  sent = [];

  constructor(url) {
    this.url = url;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  /** What the network does to it. */
  accept() {
    this.readyState = 1;
    this.onopen();
  }

  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  fail(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }
}

export class FakeBrowser {
  time = 0;
  hidden = false;
  sockets = [];
  requests = [];
  answer = () => Promise.reject(new TypeError("no network"));
  #timers = [];
  #listeners = new Set();
  #nextTimer = 1;

  openSocket = (url) => {
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    return socket;
  };

  fetch = (url, request) => {
    this.requests.push({ url, ...request });
    return this.answer(url, request);
  };

  setTimeout = (action, delay) => {
    const id = this.#nextTimer++;
    this.#timers.push({ id, at: this.time + delay, action });
    return id;
  };

  clearTimeout = (id) => {
    this.#timers = this.#timers.filter((timer) => timer.id !== id);
  };

  now = () => this.time;
  random = () => 0.5;
  isHidden = () => this.hidden;

  onWake(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  wake(type) {
    this.#listeners.forEach((listener) => listener(type));
  }

  hide() {
    this.hidden = true;
    this.wake("visibilitychange");
  }

  show() {
    this.hidden = false;
    this.wake("visibilitychange");
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** Lets time pass; timers fire in their order. */
  pass(milliseconds) {
    const until = this.time + milliseconds;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.time = due.at;
      this.clearTimeout(due.id);
      due.action();
    }
    this.time = until;
  }
}

/** Lets promises that are already resolved run their course. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

export class FakeStorage {
  #items = new Map();
  isFull = false;

  getItem(name) {
    return this.#items.get(name) ?? null;
  }

  setItem(name, value) {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.#items.set(name, value);
  }
}
