import assert from "node:assert/strict";
import { test } from "node:test";
import { nextAction, pauseAction, phaseTitle, primaryAction, steps } from "../../event_server/static/js/control/steps.js";
import { view } from "./control_views.mjs";

const primary = (name, changes = {}) => {
  const control = { ...view(`control-${name}`), ...changes };
  return primaryAction(control, control.now)?.type ?? null;
};

test("the light button follows the evening from the doors to the close", () => {
  const evening = ["draft", "lobby", "call", "talk", "feedback", "break", "feedback-last", "wrap-up", "revealed", "closed"];
  assert.deepEqual(evening.map((name) => primary(name)), [
    ...["OpenLobby", "CallToTables", "StartRound", "Pause", "CallToTables", "CallToTables", "FinishEvent"],
    ...["RevealContacts", "CloseEvent", null],
  ]);
});

test("a clock that stands wants to go on, whatever comes next", () => {
  assert.equal(primary("talk-paused"), "Resume");
  assert.equal(nextAction(view("control-talk-paused")).type, "EndRound");
  assert.equal(pauseAction(view("control-talk-paused")).type, "Resume");
  assert.equal(pauseAction(view("control-talk")).type, "Pause");
  assert.equal(pauseAction(view("control-lobby")), null);
});

test("after an interruption no time is left to go on with", () => {
  assert.equal(primary("talk-interrupted"), "EndRound");
  assert.equal(pauseAction(view("control-talk-interrupted")), null);
});

test("when the time of a talk is over, its end is the light button", () => {
  const control = view("control-talk");
  assert.equal(primaryAction(control, control.ends_at + 1).type, "EndRound");
});

test("what a role may not do is no button", () => {
  const control = view("control-talk");
  const helper = { ...control, allowed: ["ChangeTable", "AnswerHelp"] };
  assert.equal(primaryAction(helper, helper.now), null);
  assert.equal(pauseAction(helper), null);
});

test("what cannot be undone asks first, and nothing else does", () => {
  const asking = ["draft", "lobby", "call", "talk", "feedback", "feedback-last", "wrap-up", "revealed"]
    .map((name) => nextAction(view(`control-${name}`)))
    .filter(({ asks }) => asks)
    .map(({ type }) => type);
  assert.deepEqual(asking, ["FinishEvent", "RevealContacts", "CloseEvent"]);
});

test("the next call names the round it calls", () => {
  assert.equal(nextAction(view("control-feedback")).label, "Call round 4 to the tables");
  assert.equal(nextAction(view("control-lobby")).label, "Call round 1 to the tables");
});

test("four steps in every phase, at most one of them now", () => {
  for (const name of ["draft", "lobby", "call", "talk", "feedback", "break", "wrap-up", "revealed", "closed"]) {
    const shown = steps(view(`control-${name}`));
    assert.equal(shown.length, 4, name);
    assert.equal(shown.filter(({ state }) => state === "now").length, name === "closed" ? 0 : 1, name);
  }
  assert.deepEqual(steps(view("control-talk")).map(({ name, state }) => [name, state]), [
    ["Call", "done"],
    ["Talking", "now"],
    ["Choices", "later"],
    ["Round 4", "later"],
  ]);
  assert.equal(steps(view("control-feedback-last")).at(-1).name, "Goodbyes");
});

test("a pause and an interruption are told apart", () => {
  const titles = ["talk", "talk-paused", "talk-interrupted"].map((name) => phaseTitle(view(`control-${name}`)));
  assert.deepEqual(titles, ["Talking", "Paused", "Interrupted"]);
});
