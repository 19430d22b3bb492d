import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { extension, peopleToAnswer, screenKey, screenOf } from "../../event_server/static/js/phone/screen.js";

const FOLDER = new URL("../fixtures/views/", import.meta.url);
const view = (name) => JSON.parse(readFileSync(new URL(`phone-${name}.json`, FOLDER), "utf8"));

/** Every view that the server's own code made, and the screen it calls for. */
const EXPECTED = {
  draft: "draft",
  check_in: "check_in",
  check_in_at_the_desk: "check_in",
  lobby: "lobby",
  call: "call",
  call_arrived: "call",
  call_stay: "call",
  call_moved: "call",
  call_paused: "call",
  talk_first_half: "talk",
  talk_second_half: "talk",
  talk_announced: "talk",
  talk_paused: "talk",
  talk_message: "talk",
  talk_trio: "talk",
  call_five: "call",
  call_ten: "call",
  talk_five: "talk",
  talk_five_speaking: "talk",
  talk_five_one_gone: "talk",
  talk_five_one_gone_paused: "talk",
  talk_ten: "talk",
  feedback_four: "feedback",
  feedback_five_some: "feedback",
  feedback_ten: "feedback",
  break_five: "break",
  wrap_up_five: "wrap_up",
  feedback: "feedback",
  feedback_answered: "feedback",
  feedback_learns_tonight: "feedback",
  sit_out_call: "sit_out",
  sit_out: "sit_out",
  break: "break",
  resting: "resting",
  left: "left",
  wrap_up: "wrap_up",
  contacts: "contacts",
  contacts_none: "contacts",
  contacts_hidden: "contacts",
  closed: "contacts",
};

test("every view has its screen", () => {
  const files = readdirSync(FOLDER).filter((file) => file.startsWith("phone-"));
  const found = files.map((file) => file.slice("phone-".length, -".json".length));
  assert.deepEqual(found.toSorted(), Object.keys(EXPECTED).toSorted());
  for (const [name, screen] of Object.entries(EXPECTED)) assert.equal(screenOf(view(name)), screen, name);
});

test("an event closed before its contacts were shown says so", () => {
  assert.equal(screenOf({ ...view("closed"), revealed: undefined }), "closed");
});

test("who comes late checks in whatever the room is doing", () => {
  const late = { ...view("check_in"), phase: "talk" };
  assert.equal(screenOf(late), "check_in");
});

test("without a network the end of a talk is seen by the clock, with one it is the server's word", () => {
  const talk = view("talk_first_half");
  const after = talk.ends_at + 3001;
  assert.equal(screenOf(talk, { now: after, isLive: false }), "feedback");
  assert.equal(screenOf(talk, { now: after, isLive: true }), "talk");
  assert.equal(screenOf(talk, { now: talk.ends_at + 2000, isLive: false }), "talk");
  assert.equal(screenOf(view("talk_paused"), { now: after, isLive: false }), "talk");
});

test("who sits here can be answered about after a talk that ended without a network, once", () => {
  const talk = view("talk_first_half");
  assert.deepEqual(peopleToAnswer(talk), [
    { id: "cleo", name: "Cleo Finta", headline: "Orti di quartiere", round: 3 },
  ]);
  const answered = { id: "cleo", name: "Cleo Finta", round: 3, again: "yes" };
  assert.deepEqual(peopleToAnswer({ ...talk, met: [answered] }), [answered]);
  assert.deepEqual(peopleToAnswer(view("feedback")).map(({ id }) => id), ["cleo", "bo", "dario"]);
});

test("another table is another screen, the same table with less time is not", () => {
  const [before, moved] = [view("call"), view("call_moved")];
  assert.notEqual(screenKey(before, "call"), screenKey(moved, "call"));
  assert.equal(screenKey(before, "call"), screenKey({ ...before, ends_at: before.ends_at + 60_000 }, "call"));
});

test("a minute added is told; a new phase, a pause and its end are not", () => {
  const talk = view("talk_first_half");
  assert.equal(extension(talk, { ...talk, ends_at: talk.ends_at + 60_000 }), 60_000);
  assert.equal(extension(talk, talk), 0);
  assert.equal(extension(null, talk), 0);
  assert.equal(extension(view("call"), talk), 0);
  assert.equal(extension(talk, view("talk_paused")), 0);
  assert.equal(extension(view("talk_paused"), { ...talk, ends_at: talk.ends_at + 30_000 }), 0);
});
