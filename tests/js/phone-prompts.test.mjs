import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setCatalog } from "../../event_server/static/js/i18n.js";
import { ladder, loadPrompts, promptAt } from "../../event_server/static/js/phone/prompts.js";
import { FakeBrowser, FakeStorage, settle } from "./browser_double.mjs";

setCatalog({});

const LANGUAGES = ["it", "en"];
const KINDS = ["help", "both_care", "both_want", "other_fields"];
const LEVELS = ["opening", "closer", "deeper"];
const file = (language) =>
  JSON.parse(readFileSync(new URL(`../../event_server/static/prompts/${language}.json`, import.meta.url), "utf8"));
const SMALL = {
  about: { both_care: ["Why “{tag}”?"], both_want: ["Why {tag}?"] },
  opening: ["o0?", "o1?"],
  closer: ["c0?", "c1?"],
  deeper: ["d0?", "d1?", "d2?"],
};
const care = (tag) => ({ kind: "both_care", tag });

test("each language has questions on every level, each once, short enough for a phone", () => {
  for (const deck of LANGUAGES.map(file)) {
    const about = KINDS.flatMap((kind) => deck.about[kind]);
    const others = LEVELS.flatMap((level) => deck[level]);
    assert.ok(KINDS.every((kind) => deck.about[kind].length >= 5));
    assert.ok(LEVELS.every((level) => deck[level].length >= 20));
    assert.ok(about.every((question) => question.split("{tag}").length === 2));
    assert.ok(others.every((question) => !question.includes("{")));
    assert.equal(new Set([...about, ...others]).size, about.length + others.length);
    for (const question of [...about, ...others]) {
      assert.match(question, /\?$/);
      assert.ok(question.length <= 90, question);
    }
  }
});

test("the same number is the same question in every language", () => {
  const sizes = (deck) => [...KINDS.map((kind) => deck.about[kind]), ...LEVELS.map((level) => deck[level])].map(({ length }) => length);
  const [first, ...others] = LANGUAGES.map((language) => sizes(file(language)));
  for (const other of others) assert.deepEqual(other, first);
});

test("each further question climbs one level and stays at the deepest", () => {
  assert.deepEqual(ladder(SMALL, { number: 1 }).slice(0, 5), ["o1?", "c1?", "d1?", "d2?", "d0?"]);
  assert.deepEqual(ladder(SMALL, { number: 0, opening: care("orti") }).slice(0, 3), ["Why “orti”?", "c0?", "d0?"]);
});

test("no question comes twice before all have come once, whatever the table", () => {
  for (const deck of [SMALL, file("it")]) {
    const all = LEVELS.flatMap((level) => deck[level]);
    for (const number of [0, 1, 31, 7 * 31 + 12]) {
      for (const opening of [undefined, care("orti")]) {
        const asked = Array.from({ length: all.length + Number(Boolean(opening)) }, (_, i) => promptAt(deck, { number, opening, asked: i }));
        assert.equal(new Set(asked).size, asked.length);
        assert.deepEqual(asked.filter((question) => all.includes(question)).toSorted(), all.toSorted());
        assert.equal(promptAt(deck, { number, opening, asked: asked.length }), asked[0], "then from the beginning");
      }
    }
  }
});

test("a question that an organizer wrote on two levels is asked once", () => {
  const deck = { ...SMALL, closer: ["o1?"], deeper: ["d0?", "o1?"] };
  assert.deepEqual(ladder(deck, { number: 1 }), ["o1?", "d0?", "o0?"]);
});

test("the tag stands in the question as it is, a goal in words", () => {
  assert.equal(promptAt(SMALL, { opening: care("$& “{tag}” $'") }), "Why “$& “{tag}” $'”?");
  assert.equal(promptAt(SMALL, { opening: { kind: "both_want", tag: "learn" } }), "Why learn something new?");
});

test("where a level is empty the next one begins; without any deck there is no question rather than an error", () => {
  assert.equal(promptAt(SMALL, { number: 0, opening: { kind: "help", tag: "orti" } }), "o0?");
  assert.deepEqual(ladder({ opening: ["o?"], deeper: ["d?"] }, {}), ["o?", "d?"]);
  assert.equal(promptAt({}, { number: 7 }), "");
  assert.equal(promptAt(null, { number: 7 }), "");
});

test("all phones of a table begin with the same question, and go on alike", () => {
  const table = { number: 65, opening: care("orti") };
  assert.deepEqual(ladder(file("it"), table), ladder(file("it"), { ...table }));
  assert.notEqual(promptAt(file("it"), table), promptAt(file("it"), { ...table, number: 66 }));
});

function page({ storage = new FakeStorage(), answer } = {}) {
  const browser = new FakeBrowser();
  if (answer) browser.answer = answer;
  const load = (url = "/deck/1.json") => loadPrompts(url, { name: "prova.ada.it", storage, environment: browser });
  return { browser, storage, load };
}

const gives = (deck) => async () => ({ ok: true, json: async () => deck });

test("the deck is fetched once; the next page has it without a network", async () => {
  const { browser, storage, load } = page({ answer: gives(SMALL) });
  const deck = load();
  assert.equal(deck.value, null);
  await settle();
  assert.deepEqual(deck.value, SMALL);
  const offline = page({ storage });
  assert.deepEqual(offline.load().value, SMALL);
  await settle();
  assert.deepEqual([browser.requests.length, offline.browser.requests.length], [1, 0]);
});

test("a deck that was changed meanwhile takes the place of the kept one, as soon as it can be had", async () => {
  const { storage, load } = page({ answer: gives(SMALL) });
  load();
  await settle();
  const other = { ...SMALL, opening: ["new?"] };
  const later = page({ storage });
  const deck = later.load("/deck/2.json");
  assert.deepEqual(deck.value, SMALL, "better the old questions than none");
  await settle();
  later.browser.answer = gives(other);
  later.browser.pass(3000);
  await settle();
  assert.deepEqual(deck.value, other);
  assert.deepEqual(page({ storage }).load("/deck/2.json").value, other);
});

test("a network that stays away is asked four times, and what cannot be kept does no harm", async () => {
  const { browser, storage, load } = page();
  storage.isFull = true;
  const deck = load();
  for (const pause of [3000, 10_000, 30_000, 600_000]) {
    await settle();
    browser.pass(pause);
  }
  assert.equal(browser.requests.length, 4);
  browser.answer = gives(SMALL);
  const again = load();
  await settle();
  assert.deepEqual([deck.value, again.value], [null, SMALL]);
});

test("a damaged copy counts as none", async () => {
  const { storage, load } = page({ answer: gives(SMALL) });
  storage.setItem("girotondo.questions.prova.ada.it", "{");
  const deck = load();
  await settle();
  assert.deepEqual(deck.value, SMALL);
});
