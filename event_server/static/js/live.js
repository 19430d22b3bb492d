/**
 * What a live screen holds: the newest view, the server's time, the connection, and commands on their way.
 *
 *   const live = goLive(pageSetup());
 *   live.view.value.phase; live.now.value; live.connection.value; live.command({ type: "Arrive" }, { key: "arrive" });
 */
import { signal } from "../vendor/preact.js";
import { between } from "./backoff.js";
import { ServerClock, pingDelay } from "./clock.js";
import { BROWSER } from "./environment.js";
import { language } from "./i18n.js";
import { Outbox, commandMessage } from "./outbox.js";
import { poster } from "./post.js";
import { LiveSocket } from "./socket.js";

const PROTOCOL = 1;
const TICK_MS = 250;
const RETRY_MS = [3000, 8000];

/** The JSON data block of the page: {"url", "poll_url", "post_url", "name", "view"}. */
export function pageSetup(id = "live") {
  const setup = JSON.parse(document.getElementById(id).textContent);
  const url = new URL(setup.url, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return { url: url.href, pollUrl: setup.poll_url, postUrl: setup.post_url, name: setup.name, view: setup.view };
}

/**
 * @param {{url: string, pollUrl?: string, postUrl?: string, name: string, view?: object, environment?: object, storage?: Storage,
 *   clock?: ServerClock, onRefused?: (refusal: {code: string, detail: object, entry: object}) => void,
 *   onAccepted?: (answer: {id: string, entry: object}) => void, onOther?: (message: object) => void}} setup `name` tells apart what different people keep on one device
 */
export function goLive({ url, pollUrl, postUrl, name, view, environment, storage, clock = new ServerClock(), ...hooks }) {
  const outbox = new Outbox({ name, ...(storage && { storage }) });
  if (view) clock.anchor(view.now);
  const live = { view: signal(view), now: signal(clock.now()), outbox, clock };
  const socket = new LiveSocket({
    url,
    pollUrl,
    environment,
    hello: () => ({ t: "hello", protocol: PROTOCOL, language: language() }),
    probe: () => ({ t: "ping", client: clock.stamp() }),
    onOpen: () => {
      clock.restart();
      flush();
      measure();
    },
    onPolled: () => postUrl && post(),
    onMessage: (message) => receive(message, { live, hooks, retry }),
  });
  const timers = environment ?? BROWSER;
  const post = poster(postUrl, { outbox, environment: timers, onAnswer: (answer) => receive(answer, { live, hooks, retry }) });
  const flush = () => outbox.entries().forEach((entry) => socket.send(commandMessage(entry)));
  let retrying;
  // A server whose disk is full says so for every command: they wait together and go together.
  const retry = () => (retrying ??= timers.setTimeout(() => {
    retrying = undefined;
    flush();
  }, between(RETRY_MS, timers.random)));
  const measure = pacer(clock, socket, timers);
  return Object.assign(live, {
    connection: socket.state,
    ended: socket.ended,
    reopen: () => socket.open(),
    start: () => start({ live, socket, measure, environment: timers }),
    command(command, options) {
      const entry = outbox.add(command, options);
      socket.send(commandMessage(entry));
      return entry;
    },
  });
}

function receive(message, { live, hooks, retry }) {
  const { view, clock, outbox } = live;
  switch (message.t) {
    case "view":
      clock.anchor(message.now);
      // A new epoch means a restore or an erasure: what this device kept no longer holds.
      if (view.value?.ep && message.ep && view.value.ep !== message.ep) outbox.clear();
      view.value = message;
      return;
    case "pong":
      clock.sample(message.client, message.server);
      return;
    case "accepted":
      settled(hooks.onAccepted, { id: message.id }, outbox);
      return;
    case "refused":
      // Nothing was wrong with the command: it stays, and goes again when the disk may have room.
      if (message.code === "not_stored") retry();
      else settled(hooks.onRefused, { id: message.id, code: message.code, detail: message.detail }, outbox);
      return;
    case "control":
      clock.anchor(message.now);
      hooks.onOther?.(message);
      return;
    default:
      // Newer servers may say more than this page knows.
      hooks.onOther?.(message);
  }
}

/** The entry leaves the outbox whether or not anybody asked to hear of it. */
function settled(hook, { id, ...said }, outbox) {
  const entry = outbox.settle(id);
  hook?.({ id, ...said, entry });
}

/** Pings in a burst, then now and then; a closed socket ends the chain, the next opening begins it anew. */
function pacer(clock, socket, timers) {
  let timer;
  return function measure(sent = 1) {
    timers.clearTimeout(timer);
    if (!socket.send({ t: "ping", client: clock.stamp() })) return;
    timer = timers.setTimeout(() => measure(sent + 1), pingDelay(sent));
  };
}

function start({ live, socket, measure, environment }) {
  const tick = () => {
    if (live.clock.isDisturbed()) {
      live.clock.restart();
      measure();
    }
    live.now.value = live.clock.now();
    environment.setTimeout(tick, TICK_MS);
  };
  tick();
  socket.open();
  globalThis.addEventListener?.("storage", () => live.outbox.refresh());
  return live;
}
