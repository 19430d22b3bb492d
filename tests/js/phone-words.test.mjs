import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setCatalog } from "../../event_server/static/js/i18n.js";
import { ledgerLines } from "../../event_server/static/js/phone/ledger.js";
import { company, goalWords, privacyWords, reason, reasonInShort } from "../../event_server/static/js/phone/words.js";

setCatalog({ language: "en" });

const view = (name) => JSON.parse(readFileSync(new URL(`../fixtures/views/phone-${name}.json`, import.meta.url), "utf8"));

test("each fact is phrased for its reader", () => {
  const told = (kind, tag) => reason({ kind, tag }, "Bo");
  assert.equal(told("they_help", "grants"), "You look for “grants”: Bo can help.");
  assert.equal(told("you_help", "grants"), "Bo looks for “grants”: you can help.");
  assert.equal(told("both_care", "music"), "“music” matters to you and to Bo.");
  assert.equal(told("both_want", "learn"), "You and Bo want the same thing: to learn something new.");
  assert.equal(told("other_fields", "school"), "Bo works in another field: school.");
});

test("below a name a fact does without it", () => {
  const told = (kind, tag) => reasonInShort({ kind, tag });
  assert.equal(told("they_help", "grants"), "Can help you with “grants”");
  assert.equal(told("you_help", "grants"), "Looks for “grants”: you can help");
  assert.equal(told("both_care", "music"), "In common: “music”");
  assert.equal(told("both_want", "learn"), "Same goal: to learn something new");
  assert.equal(told("other_fields", "school"), "Another field: school");
});

test("a company of up to three is named, of more people two are and the others counted", () => {
  const people = ["Bo Uno", "Cleo Due", "Dino Tre", "Fay Quattro"].map((name) => ({ name }));
  assert.equal(company([]), "");
  assert.equal(company(people.slice(0, 1)), "with Bo Uno");
  assert.equal(company(people.slice(0, 3)), "with Bo, Cleo, and Dino");
  assert.equal(company(people), "with Bo, Cleo, and 2 others");
});

test("a goal that this page does not know yet is shown as it came", () => {
  assert.equal(goalWords("juggle"), "juggle");
});

test("answers that move tonight's pairings are never only said to be shared", () => {
  assert.equal(privacyWords({}), "Only mutual choices are shared.");
  assert.match(privacyWords({ learns_tonight: true }), /^Only mutual choices are shared\. Tonight's answers also move/);
});

test("the ledger of a lobby names what one could give and find, and for how many", () => {
  assert.deepEqual(ledgerLines(view("lobby").ledger), ["You could help with 1 thing: “contabilità” for 2 people.", "You could find help with 1 thing: “avviare un orto” from 1 person."]);
});

test("what was done is told after a meeting, and only that the two met", () => {
  const lines = ledgerLines(view("feedback").ledger);
  assert.ok(lines.includes("Tonight you met who can help with “avviare un orto”."));
});

test("there is always something sensible to read", () => {
  for (const ledger of [{}, { blank: true }]) {
    const lines = ledgerLines(ledger);
    assert.equal(lines.length, 1);
    assert.match(lines[0], /\w/);
  }
});

test("of many things three are named and the others counted", () => {
  const give = ["a", "b", "c"].map((tag) => ({ tag, people: 1 }));
  assert.match(ledgerLines({ give, gives: 5 })[0], /^You could help with 5 things: .*“c” for 1 person,? and 2 more\.$/);
});
