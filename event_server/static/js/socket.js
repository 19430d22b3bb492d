/**
 * One connection to the event, kept alive: hello, silence, sleep, close codes, jitter, and polling where sockets fail.
 *
 * It carries messages and says how it is (`state`); what they mean is live.js.
 *
 *   connecting -> live -> reconnecting -> live …     reconnecting -> polling (3 failed tries) -> live
 *   any -> ended (4001 no login, 4002 another device took over, 4003 the event is over)
 */
import { signal } from "../vendor/preact.js";
import { FINAL_CODES, retryDelay } from "./backoff.js";
import { BROWSER } from "./environment.js";
import { Poll } from "./poll.js";

export const SILENCE_MS = 45_000;
const PROBE_MS = 30_000;
const CONNECT_MS = 15_000;
const SLEPT_MS = 5000;
const TRIES_BEFORE_POLLING = 3;
/** What shows that the event speaks to this screen: dashboards get their view in sections. */
const VIEWS = new Set(["view", "control"]);

export class LiveSocket {
  /** "connecting" | "live" | "reconnecting" | "polling" | "ended" */
  state = signal("connecting");
  /** Why it ended: "no_login" | "replaced" | "event_over" | null. */
  ended = signal(null);
  #options;
  #on;
  #socket = null;
  #tries = 0;
  #window;
  #timers = {};
  #heardAt = 0;
  #hiddenAt = null;
  #poll;

  /**
   * @param {{url: string, pollUrl?: string, hello: () => object, onMessage: (message: object) => void,
   *   onOpen?: () => void, onPolled?: () => void, probe?: () => object, environment?: typeof BROWSER}} options `hello` and `probe` make the
   *   first message and the one that asks whether the line still stands
   */
  constructor(options) {
    this.#options = options;
    this.#on = options.environment ?? BROWSER;
    this.#poll = options.pollUrl && new Poll(options.pollUrl, { onMessage: options.onMessage, environment: this.#on });
    this.#on.onWake((type) => this.#wake(type));
  }

  /** Connects now, dropping whatever socket there was. Also what "use this device" does after 4002. */
  open() {
    this.#drop();
    this.ended.value = null;
    if (this.state.value !== "connecting" && this.state.value !== "polling") this.state.value = "reconnecting";
    this.#heardAt = this.#on.now();
    const socket = this.#on.openSocket(this.#options.url);
    this.#socket = socket;
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = ({ data }) => this.#received(socket, data);
    socket.onclose = ({ code }) => this.#closed(socket, code);
    this.#later("silence", CONNECT_MS, () => this.#closed(socket));
  }

  /** Sends if the line stands; what must not get lost goes through the outbox. */
  send(message) {
    const stands = this.#socket?.readyState === 1;
    if (stands) this.#socket.send(JSON.stringify(message));
    return stands;
  }

  #opened(socket) {
    if (socket !== this.#socket) return;
    this.send(this.#options.hello());
    this.#options.onOpen?.();
    this.#listen();
  }

  #received(socket, data) {
    if (socket !== this.#socket) return;
    this.#tries = 0;
    this.#listen();
    this.#poll?.stop();
    const message = JSON.parse(data);
    if (message.t === "bye") this.#window = message.retry_ms;
    if (VIEWS.has(message.t)) this.state.value = "live";
    this.#options.onMessage(message);
  }

  /** Silence is asked about once, then taken for an answer; the server's own pings are invisible to scripts. */
  #listen() {
    this.#heardAt = this.#on.now();
    this.#later("probe", PROBE_MS, () => this.send(this.#options.probe?.() ?? { t: "ping", client: 0 }));
    this.#later("silence", SILENCE_MS, () => this.#on.isHidden() || this.#closed(this.#socket));
  }

  #closed(socket, code) {
    if (socket !== this.#socket) return;
    this.#drop();
    if (code in FINAL_CODES) return this.#end(FINAL_CODES[code]);
    this.#tries += 1;
    const delay = retryDelay({ tries: this.#tries, code, window: this.#window, random: this.#on.random });
    this.#window = undefined;
    this.#later("retry", delay, () => this.open());
    if (this.state.value !== "polling") this.state.value = "reconnecting";
    if (this.#tries >= TRIES_BEFORE_POLLING) this.#fallBack();
  }

  #fallBack() {
    this.#poll?.start(() => {
      if (this.state.value === "reconnecting") this.state.value = "polling";
      this.#options.onPolled?.();
    }, () => {
      if (this.state.value === "polling") this.state.value = "reconnecting";
    });
  }

  #end(reason) {
    this.#poll?.stop();
    this.ended.value = reason;
    this.state.value = "ended";
  }

  /** A phone in a pocket often sends no close: after sleep the old socket is dead whatever it says. */
  #wake(type) {
    if (this.#on.isHidden()) {
      this.#hiddenAt ??= this.#on.now();
      return;
    }
    const slept = this.#hiddenAt !== null && this.#on.now() - this.#hiddenAt > SLEPT_MS;
    this.#hiddenAt = null;
    const silent = this.#on.now() - this.#heardAt > SILENCE_MS;
    const cameBack = type === "online" && this.state.value !== "live";
    if (this.state.value !== "ended" && (slept || silent || cameBack)) this.open();
  }

  #later(name, delay, action) {
    this.#on.clearTimeout(this.#timers[name]);
    this.#timers[name] = this.#on.setTimeout(action, delay);
  }

  #drop() {
    Object.values(this.#timers).forEach((timer) => this.#on.clearTimeout(timer));
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}
