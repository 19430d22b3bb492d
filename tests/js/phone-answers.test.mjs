import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../event_server/static/js/outbox.js";
import { Answers, answerKey, eachOnce, toggled } from "../../event_server/static/js/phone/answers.js";
import { Memory } from "../../event_server/static/js/phone/memory.js";
import { Sent } from "../../event_server/static/js/phone/sent.js";
import { FakeStorage } from "./browser_double.mjs";

const CLEO = { id: "cleo", round: 3, name: "Cleo Finta" };
const NOTHING = { again: null, rating: null, heard: null };

function phone() {
  const outbox = new Outbox({ name: "prova.ada", storage: new FakeStorage() });
  const live = { outbox, command: (command, options) => outbox.add(command, options) };
  const sent = new Sent(live);
  return { outbox, sent, answers: new Answers(sent) };
}

test("nobody is chosen at the start", () => {
  const { answers } = phone();
  assert.deepEqual(answers.about(CLEO), { answer: NOTHING, note: "", isMissing: false, progress: "none" });
});

test("a choice shows at once, waits, and is saved when the server has it", () => {
  const { outbox, sent, answers } = phone();
  answers.give(CLEO, { ...NOTHING, again: "yes" });
  assert.equal(answers.about(CLEO).answer.again, "yes");
  assert.equal(answers.about(CLEO).progress, "waiting");
  outbox.settle(outbox.entries()[0].id);
  assert.equal(answers.about(CLEO).progress, "saved");
  assert.equal(answers.about(CLEO).answer.again, "yes", "it does not spring back before the view comes");
  sent.viewed();
  assert.equal(answers.about({ ...CLEO, again: "yes" }).progress, "saved");
});

test("what still waits stays above any view; what was accepted gives way to the next one", () => {
  const { outbox, sent, answers } = phone();
  answers.give(CLEO, { ...NOTHING, again: "no" });
  sent.viewed();
  assert.equal(answers.about({ ...CLEO, again: "yes" }).answer.again, "no");
  outbox.settle(outbox.entries()[0].id);
  sent.viewed();
  assert.equal(answers.about({ ...CLEO, again: "maybe" }).answer.again, "maybe");
});

test("five changes without a network are one command: the last", () => {
  const { outbox, answers } = phone();
  for (const again of ["yes", "no", "maybe", "yes", "no"]) answers.give(CLEO, { ...NOTHING, again });
  assert.deepEqual(
    outbox.entries().map(({ key, command }) => [key, command.again]),
    [[answerKey(CLEO), "no"]],
  );
});

test("an answer is sent whole, and says in which round and about whom", () => {
  const { outbox, answers } = phone();
  answers.give(CLEO, toggled({ again: "yes", rating: null, heard: 5 }, "rating", 4));
  assert.deepEqual(outbox.entries()[0].command, {
    type: "GiveAnswer", round: 3, about: "cleo", again: "yes", rating: 4, heard: 5,
  });
});

test("tapping what is chosen takes it back and nothing else", () => {
  const answer = { again: "yes", rating: 4, heard: null };
  assert.deepEqual(toggled(answer, "again", "yes"), { again: null, rating: 4, heard: null });
  assert.deepEqual(toggled(answer, "again", "no"), { again: "no", rating: 4, heard: null });
});

test("a refused choice never was", () => {
  const { outbox, sent, answers } = phone();
  answers.give(CLEO, { ...NOTHING, again: "yes" });
  sent.refused(outbox.settle(outbox.entries()[0].id).key);
  assert.deepEqual(answers.about(CLEO).answer, NOTHING);
});

test("answers, notes and reports about one person do not replace each other", () => {
  const { outbox, answers } = phone();
  answers.give(CLEO, { ...NOTHING, again: "yes" });
  answers.note(CLEO, "Il vivaio");
  answers.report(CLEO, true);
  assert.deepEqual(outbox.entries().map(({ command }) => command.type), ["GiveAnswer", "SaveNote", "ReportMissing"]);
  const said = answers.about(CLEO);
  assert.deepEqual([said.answer.again, said.note, said.isMissing], ["yes", "Il vivaio", true]);
});

test("a note waits with its text, so that a closed tab loses nothing", () => {
  const { outbox, answers } = phone();
  answers.note(CLEO, "Il vivaio");
  assert.equal(outbox.entries()[0].text, "Il vivaio");
});

test("what a device remembers ends with the epoch", () => {
  const storage = new FakeStorage();
  const memory = new Memory({ name: "prova.ada", ep: "e1", storage });
  memory.set("done", 3);
  assert.equal(new Memory({ name: "prova.ada", ep: "e1", storage }).get("done"), 3);
  assert.equal(new Memory({ name: "prova.bo", ep: "e1", storage }).get("done"), undefined);
  const later = new Memory({ name: "prova.ada", ep: "e2", storage });
  assert.equal(later.get("done"), undefined);
  assert.equal(later.hasForgotten, true);
  assert.equal(memory.hasForgotten, false);
});

test("a full storage keeps the memory of the tab", () => {
  const storage = new FakeStorage();
  storage.isFull = true;
  const memory = new Memory({ name: "prova.ada", ep: "e1", storage });
  memory.set("message", "m1");
  assert.equal(memory.get("message"), "m1");
});

test("somebody met again is listed once: where they were answered about, or else at the last meeting", () => {
  const [again, first, other] = [{ id: "bo", round: 3 }, { id: "bo", round: 1 }, { id: "cleo", round: 2 }];
  assert.deepEqual(eachOnce([again, other, first], () => false), [again, other]);
  assert.deepEqual(eachOnce([again, other, first], (met) => met === first), [other, first]);
  assert.deepEqual(eachOnce([again, other, first], () => true), [again, other]);
});
