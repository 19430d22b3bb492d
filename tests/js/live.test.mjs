import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerClock } from "../../event_server/static/js/clock.js";
import { goLive } from "../../event_server/static/js/live.js";
import { FakeBrowser, FakeStorage } from "./browser_double.mjs";

const VIEW = { t: "view", phase: "feedback", now: 500_000, ep: "e1" };

function screen(hooks = {}) {
  const browser = new FakeBrowser();
  const clock = new ServerClock({ wall: browser.now, steady: browser.now });
  const storage = new FakeStorage();
  const live = goLive({ url: "ws://event.test/live", name: "ada", view: VIEW, environment: browser, storage, clock, ...hooks });
  live.start();
  return { browser, live };
}

const commands = (socket) => socket.sent.filter(({ t }) => t === "command");

test("the embedded view shows, and time runs, before any socket opens", () => {
  const { browser, live } = screen();
  assert.equal(live.view.value.phase, "feedback");
  browser.pass(3000);
  assert.equal(live.now.value, 503_000);
});

test("a command without a network is sent after reconnecting, with the same id, until it is accepted", () => {
  const { browser, live } = screen();
  const { id } = live.command({ type: "GiveAnswer", again: "yes" }, { key: "3.k7f2" });
  browser.socket.accept();
  assert.deepEqual(commands(browser.socket).map((message) => message.id), [id]);
  browser.socket.fail();
  browser.pass(2000);
  browser.socket.accept();
  assert.deepEqual(commands(browser.socket).map((message) => message.id), [id]);
  browser.socket.say({ t: "accepted", id });
  assert.equal(live.outbox.waiting.value, 0);
  browser.socket.fail();
  browser.pass(2000);
  browser.socket.accept();
  assert.deepEqual(commands(browser.socket), []);
});

test("a refusal says what was refused and why, once", () => {
  const refusals = [];
  const { browser, live } = screen({ onRefused: (refusal) => refusals.push(refusal) });
  browser.socket.accept();
  const { id } = live.command({ type: "GiveAnswer" });
  browser.socket.say({ t: "refused", id, code: "answers_closed", detail: "" });
  assert.equal(refusals[0].code, "answers_closed");
  assert.equal(refusals[0].entry.command.type, "GiveAnswer");
  assert.equal(live.outbox.waiting.value, 0);
});

test("what could not be stored stays, and is sent again with the same id", () => {
  const refusals = [];
  const { browser, live } = screen({ onRefused: (refusal) => refusals.push(refusal) });
  browser.socket.accept();
  const { id } = live.command({ type: "SaveNote" }, { text: "Il vivaio" });
  browser.socket.say({ t: "refused", id, code: "not_stored", detail: {} });
  assert.equal(live.outbox.waiting.value, 1);
  browser.pass(8000);
  assert.deepEqual(commands(browser.socket).map((message) => [message.id, message.text]), [[id, "Il vivaio"], [id, "Il vivaio"]]);
  browser.socket.say({ t: "accepted", id });
  assert.equal(live.outbox.waiting.value, 0);
  assert.deepEqual(refusals, []);
});

test("after a restore the outbox is dropped", () => {
  const { browser, live } = screen();
  live.command({ type: "Arrive" });
  browser.socket.accept();
  browser.socket.say({ ...VIEW, ep: "e2" });
  assert.equal(live.outbox.waiting.value, 0);
  assert.equal(live.view.value.ep, "e2");
});

test("the clock is measured five times after connecting, then once a minute", () => {
  const { browser } = screen();
  browser.socket.accept();
  const pings = () => browser.socket.sent.filter(({ t }) => t === "ping").length;
  browser.pass(5000);
  assert.equal(pings(), 5);
  browser.socket.say({ t: "pong", client: browser.now(), server: 500_000 });
  browser.pass(20_000);
  assert.equal(pings(), 5);
});

test("unknown messages are left to the screen", () => {
  const others = [];
  const { browser } = screen({ onOther: (message) => others.push(message.t) });
  browser.socket.accept();
  browser.socket.say({ t: "from_the_future" });
  assert.deepEqual(others, ["from_the_future"]);
});

test("where no socket lives, commands go by POST with the polls, once, and leave when they are accepted", async () => {
  const { browser, live } = screen({ pollUrl: "/view", postUrl: "/commands" });
  const { id } = live.command({ type: "CheckIn" }, { key: "here" });
  const posted = [];
  browser.fetch = async (url, request) => {
    if (url === "/view") return { ok: false, status: 304, headers: { get: () => null } };
    posted.push(JSON.parse(request.body));
    return { ok: true, json: async () => ({ t: "accepted", id }) };
  };
  for (let failed = 0; failed < 3; failed += 1) {
    browser.socket.fail();
    browser.pass(20_000);
  }
  for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
  assert.deepEqual(posted.map((sent) => [sent.id, sent.command.type]), [[id, "CheckIn"]]);
  assert.equal(live.outbox.waiting.value, 0);
});
