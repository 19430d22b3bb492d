import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { meaning } from "../../event_server/static/js/control/keys.js";
import { Toasts } from "../../event_server/static/js/control/toasts.js";

const on = (tag) => ({ closest: (selector) => (selector.split(", ").includes(tag) ? {} : null) });
const press = (key, more = {}) => meaning({ key, target: on("body"), ...more });

test("each key has its meaning", () => {
  const meanings = [" ", "n", "N", "+", "-", "m", "?", "x"].map((key) => press(key));
  assert.deepEqual(meanings, ["pause", "next", "next", "more", "less", "message", "help", null]);
});

test("keys do nothing while somebody writes or a dialog is open", () => {
  for (const tag of ["input", "select", "textarea", "[contenteditable]", "dialog"]) {
    assert.equal(press("n", { target: on(tag) }), null, tag);
  }
});

test("keys leave the browser's own alone", () => {
  assert.equal(press("n", { ctrlKey: true }), null);
  assert.equal(press("+", { metaKey: true }), null);
  assert.equal(press("n", { repeat: true }), null);
  assert.equal(press(" ", { target: on("button") }), null, "the space bar presses the button it stands on");
  assert.equal(press("n", { target: on("button") }), "next");
});

function toasts() {
  const timers = { setTimeout: mock.fn(() => 7), clearTimeout: mock.fn() };
  return { timers, list: new Toasts(timers), fire: (n) => timers.setTimeout.mock.calls[n].arguments[0]() };
}

test("what is about to happen happens once, after its time", () => {
  const { list, fire } = toasts();
  const run = mock.fn();
  for (let press = 0; press < 2; press += 1) list.countdown({ key: "EndRound", text: "", delay: 5000, run });
  assert.equal(list.shown.value.length, 1);
  fire(0);
  assert.equal(run.mock.callCount(), 1);
  assert.deepEqual(list.shown.value, []);
});

test("undone in time, nothing happens", () => {
  const { list, timers } = toasts();
  list.countdown({ key: "EndRound", text: "", delay: 5000, run: assert.fail });
  assert.equal(list.undoLast(), true);
  assert.deepEqual(timers.clearTimeout.mock.calls[0].arguments, [7]);
  assert.deepEqual(list.shown.value, []);
  assert.equal(list.undoLast(), false);
});

test("what is about to happen is never pushed out of sight", () => {
  const { list } = toasts();
  list.countdown({ key: "EndRound", text: "soon", delay: 5000, run: () => {} });
  ["a", "b", "c"].forEach((text) => list.show({ text }));
  assert.deepEqual(list.shown.value.map(({ text }) => text), ["soon", "b", "c"]);
});
