import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { extended } from "../../event_server/static/js/control/clockwork.js";
import { Steering } from "../../event_server/static/js/control/steering.js";
import { view } from "./control_views.mjs";

const talk = view("control-talk");

function line() {
  const sent = [];
  const timers = { setTimeout: mock.fn(() => 1), clearTimeout: mock.fn() };
  const send = (command, expect) => {
    sent.push({ command, expect });
    return `id${sent.length}`;
  };
  return { sent, timers, steering: new Steering({ control: talk, send, timers }) };
}

const addMinute = (control) => ({ type: "ExtendRound", ends_at: extended(control, talk.now, 1) });

test("three taps on +1 min are three minutes, one after the other", () => {
  const { sent, steering } = line();
  for (let tap = 0; tap < 3; tap += 1) steering.steer(addMinute);
  let control = talk;
  for (let step = 1; step <= 3; step += 1) {
    assert.equal(sent.length, step);
    assert.equal(sent.at(-1).expect, talk.expect + step - 1);
    steering.accepted(`id${step}`);
    control = { ...control, expect: control.expect + 1, ends_at: sent.at(-1).command.ends_at };
    steering.update(control);
  }
  assert.equal(control.ends_at, talk.ends_at + 180_000);
});

test("the newer view may come before the answer", () => {
  const { sent, steering } = line();
  steering.steer(addMinute);
  steering.steer(addMinute);
  steering.update({ ...talk, expect: talk.expect + 1 });
  assert.equal(sent.length, 1);
  steering.accepted("id1");
  assert.deepEqual(sent.map(({ expect }) => expect), [talk.expect, talk.expect + 1]);
});

test("a refusal drops what was to follow", () => {
  const { sent, steering } = line();
  steering.steer(addMinute);
  steering.steer(addMinute);
  steering.refused("id1");
  steering.update({ ...talk, expect: talk.expect + 1 });
  assert.equal(sent.length, 1);
  steering.steer(addMinute);
  assert.equal(sent.at(-1).expect, talk.expect + 1);
});

test("what was meant for a talk is not done to the feedback after it", () => {
  const { sent, steering } = line();
  steering.steer(addMinute);
  steering.steer(() => ({ type: "EndRound" }));
  steering.accepted("id1");
  steering.update({ ...view("control-feedback"), expect: talk.expect + 1 });
  assert.deepEqual(sent.map(({ command }) => command.type), ["ExtendRound"]);
});

test("a command without an effect does not hold up the next for ever", () => {
  const { sent, steering, timers } = line();
  steering.steer(() => ({ type: "Pause" }));
  steering.steer(addMinute);
  steering.accepted("id1");
  assert.equal(sent.length, 1);
  timers.setTimeout.mock.calls[0].arguments[0]();
  assert.equal(sent.length, 2);
});

test("a command that makes no sense any more is not sent", () => {
  const { sent, steering } = line();
  steering.steer(() => null);
  assert.deepEqual(sent, []);
});
