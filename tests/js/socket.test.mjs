import assert from "node:assert/strict";
import { test } from "node:test";
import { retryDelay } from "../../event_server/static/js/backoff.js";
import { LiveSocket } from "../../event_server/static/js/socket.js";
import { FakeBrowser, settle } from "./browser_double.mjs";

const VIEW = { t: "view", phase: "talk", now: 1000, ep: "e1" };

function connected({ pollUrl } = {}) {
  const browser = new FakeBrowser();
  const messages = [];
  const link = new LiveSocket({
    url: "ws://event.test/live",
    pollUrl,
    hello: () => ({ t: "hello", protocol: 1, language: "it" }),
    probe: () => ({ t: "ping", client: 7 }),
    onMessage: (message) => messages.push(message),
    environment: browser,
  });
  link.open();
  return { browser, link, messages };
}

function live(options) {
  const all = connected(options);
  all.browser.socket.accept();
  all.browser.socket.say(VIEW);
  return all;
}

test("says hello first, and is live only once a view has come", () => {
  const { browser, link, messages } = connected();
  assert.equal(link.state.value, "connecting");
  browser.socket.accept();
  assert.deepEqual(browser.socket.sent, [{ t: "hello", protocol: 1, language: "it" }]);
  assert.equal(link.state.value, "connecting");
  browser.socket.say(VIEW);
  assert.equal(link.state.value, "live");
  assert.deepEqual(messages, [VIEW]);
});

test("the first try after a loss comes within two seconds", () => {
  const { browser, link } = live();
  browser.socket.fail();
  assert.equal(link.state.value, "reconnecting");
  browser.pass(2000);
  assert.equal(browser.sockets.length, 2);
});

test("a socket that never opens is given up", () => {
  const { browser } = connected();
  browser.pass(15_000);
  assert.equal(browser.sockets[0].readyState, 3);
  browser.pass(2000);
  assert.equal(browser.sockets.length, 2);
});

test("silence is asked about once, then the line is dead", () => {
  const { browser, link } = live();
  const first = browser.socket;
  browser.pass(30_000);
  assert.deepEqual(first.sent.at(-1), { t: "ping", client: 7 });
  assert.equal(link.state.value, "live");
  browser.pass(15_000);
  assert.equal(link.state.value, "reconnecting");
  assert.equal(first.readyState, 3);
});

test("an answer to the question keeps the line", () => {
  const { browser, link } = live();
  for (let minute = 0; minute < 5; minute += 1) {
    browser.pass(31_000);
    browser.socket.say({ t: "pong", client: 7, server: 1 });
  }
  assert.equal(link.state.value, "live");
  assert.equal(browser.sockets.length, 1);
});

for (const [code, reason] of [[4001, "no_login"], [4002, "replaced"], [4003, "event_over"]]) {
  test(`close code ${code} ends it: ${reason}, no further try`, () => {
    const { browser, link } = live();
    browser.socket.fail(code);
    browser.pass(600_000);
    browser.wake("focus");
    assert.equal(link.state.value, "ended");
    assert.equal(link.ended.value, reason);
    assert.equal(browser.sockets.length, 1);
  });
}

test("a replaced device can take its place back", () => {
  const { browser, link } = live();
  browser.socket.fail(4002);
  link.open();
  browser.socket.accept();
  browser.socket.say(VIEW);
  assert.equal(link.state.value, "live");
  assert.equal(link.ended.value, null);
});

test("a restart is waited for as long as the server asks", () => {
  const { browser } = live();
  browser.socket.say({ t: "bye", retry_ms: [4000, 6000] });
  browser.socket.fail(1012);
  browser.pass(4999);
  assert.equal(browser.sockets.length, 1);
  browser.pass(1);
  assert.equal(browser.sockets.length, 2);
});

test("a phone that slept drops its socket, even one that looks open", () => {
  const { browser } = live();
  const before = browser.socket;
  browser.hide();
  browser.time += 6000; // timers stand still in sleep
  browser.show();
  assert.equal(before.readyState, 3);
  assert.equal(browser.sockets.length, 2);
  browser.wake("pageshow");
  browser.wake("focus");
  assert.equal(browser.sockets.length, 2);
});

test("a short look elsewhere costs no connection", () => {
  const { browser } = live();
  browser.hide();
  browser.time += 4000;
  browser.show();
  assert.equal(browser.sockets.length, 1);
});

test("the network's return is used at once", () => {
  const { browser } = live();
  browser.socket.fail();
  browser.wake("online");
  assert.equal(browser.sockets.length, 2);
});

test("what a dropped socket still says is not heard", () => {
  const { browser, link, messages } = live();
  const old = browser.socket;
  link.open();
  old.say({ ...VIEW, phase: "lobby" });
  old.fail(4002);
  assert.deepEqual(messages, [VIEW]);
  assert.notEqual(link.state.value, "ended");
});

test("after three failed tries the view is polled with its ETag until a socket lives", async () => {
  const { browser, link, messages } = connected({ pollUrl: "/view" });
  const answers = [
    { ok: true, status: 200, headers: new Headers({ etag: '"a"' }), json: async () => ({ phase: "call" }) },
    { ok: false, status: 304, headers: new Headers() },
  ];
  browser.answer = async () => answers.shift() ?? { ok: false, status: 503, headers: new Headers() };
  for (let tries = 0; tries < 3; tries += 1) {
    browser.socket.fail();
    if (tries < 2) browser.pass(20_000);
  }
  await settle();
  assert.equal(link.state.value, "polling");
  assert.deepEqual(messages, [{ t: "view", phase: "call" }]);
  browser.pass(10_000);
  await settle();
  assert.equal(browser.requests[1].headers["if-none-match"], '"a"');
  assert.equal(messages.length, 1);
  browser.socket.accept();
  browser.socket.say(VIEW);
  assert.equal(link.state.value, "live");
  const asked = browser.requests.length;
  browser.pass(29_000);
  await settle();
  assert.equal(browser.requests.length, asked);
});

test("a poll that answers after the socket came is too old to show", async () => {
  const { browser, messages } = connected({ pollUrl: "/view" });
  let respond;
  browser.answer = () => new Promise((resolve) => (respond = resolve));
  for (let tries = 0; tries < 3; tries += 1) {
    browser.socket.fail();
    browser.pass(20_000);
  }
  browser.socket.accept();
  browser.socket.say(VIEW);
  respond({ ok: true, status: 200, headers: new Headers(), json: async () => ({ phase: "old" }) });
  await settle();
  assert.deepEqual(messages, [VIEW]);
});

test("delays double up to twenty seconds and spread over the whole window", () => {
  const longest = [1, 2, 3, 4, 5, 9].map((tries) => retryDelay({ tries, random: () => 1 }));
  assert.deepEqual(longest, [2000, 4000, 8000, 16_000, 20_000, 20_000]);
  assert.equal(retryDelay({ tries: 4, random: () => 0 }), 0);
  assert.ok(retryDelay({ tries: 1, code: 1008, random: () => 0 }) >= 15_000);
});

test("sending without a line says so", () => {
  const { browser, link } = live();
  assert.equal(link.send({ t: "ping" }), true);
  browser.socket.fail();
  assert.equal(link.send({ t: "ping" }), false);
});
