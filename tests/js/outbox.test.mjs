import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, commandMessage, randomId } from "../../event_server/static/js/outbox.js";
import { FakeStorage } from "./browser_double.mjs";

function outbox(storage = new FakeStorage(), name = "evening.ada") {
  let made = 0;
  return new Outbox({ name, storage, newId: () => `id${(made += 1)}` });
}

const answer = (again) => ({ type: "GiveAnswer", round: 3, about: "k7f2", again });

test("a command waits until the server has spoken", () => {
  const box = outbox();
  const { id } = box.add({ type: "Arrive" });
  assert.equal(box.waiting.value, 1);
  assert.deepEqual(box.settle(id).command, { type: "Arrive" });
  assert.equal(box.waiting.value, 0);
  assert.deepEqual(box.entries(), []);
});

test("a choice changed without a network is kept once, the last one, in its new place", () => {
  const box = outbox();
  box.add(answer("no"), { key: "3.k7f2" });
  box.add({ type: "Arrive" });
  box.add(answer("yes"), { key: "3.k7f2" });
  assert.deepEqual(box.entries().map(({ command }) => command.type), ["Arrive", "GiveAnswer"]);
  assert.deepEqual(box.pending("3.k7f2"), answer("yes"));
});

test("a late word about a replaced command leaves its successor waiting", () => {
  const box = outbox();
  const first = box.add(answer("no"), { key: "k" });
  const second = box.add(answer("yes"), { key: "k" });
  assert.equal(box.settle(first.id), undefined);
  assert.deepEqual(box.entries().map(({ id }) => id), [second.id]);
});

test("a closed tab loses nothing, and the id stays the same", () => {
  const storage = new FakeStorage();
  const { id } = outbox(storage).add(answer("yes"), { key: "k" });
  const reopened = outbox(storage);
  assert.equal(reopened.waiting.value, 1);
  assert.equal(reopened.entries()[0].id, id);
});

test("two people on one device do not send for each other", () => {
  const storage = new FakeStorage();
  outbox(storage, "evening.ada").add({ type: "Arrive" });
  assert.equal(outbox(storage, "evening.bo").waiting.value, 0);
});

test("a full storage is borne in memory", () => {
  const storage = new FakeStorage();
  const box = outbox(storage);
  box.add({ type: "Arrive" });
  storage.isFull = true;
  const { id } = box.add(answer("yes"), { key: "k" });
  assert.equal(box.entries().length, 2);
  assert.ok(box.settle(id));
  assert.equal(box.waiting.value, 1);
});

test("no storage at all is borne too, as is a damaged one", () => {
  const box = new Outbox({ name: "x", storage: undefined });
  box.add({ type: "Arrive" });
  assert.equal(box.waiting.value, 1);
  const storage = new FakeStorage();
  storage.setItem("girotondo.outbox.evening.ada", "{broken");
  assert.equal(outbox(storage).waiting.value, 0);
});

test("on the wire: organizers expect a version, guests do not", () => {
  const box = outbox();
  assert.deepEqual(commandMessage(box.add({ type: "Arrive" })), { t: "command", id: "id1", command: { type: "Arrive" } });
  assert.deepEqual(commandMessage(box.add({ type: "StartRound" }, { expect: 12 })), {
    t: "command",
    id: "id2",
    expect: 12,
    command: { type: "StartRound" },
  });
});

test("ids are 128 random bits", () => {
  const ids = Array.from({ length: 50 }, randomId);
  assert.equal(new Set(ids).size, 50);
  ids.forEach((id) => assert.match(id, /^[0-9a-f]{32}$/));
});
