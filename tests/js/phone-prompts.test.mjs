import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { promptAt } from "../../event_server/static/js/phone/prompts.js";

const LANGUAGES = ["it", "en"];
const file = (language) =>
  JSON.parse(readFileSync(new URL(`../../event_server/static/prompts/${language}.json`, import.meta.url), "utf8"));

test("each language has at least forty questions, each once, short enough for a phone", () => {
  for (const language of LANGUAGES) {
    const { opening, deeper } = file(language);
    const all = [...opening, ...deeper];
    assert.ok(all.length >= 40, `${language}: ${all.length}`);
    assert.equal(new Set(all).size, all.length);
    for (const question of all) {
      assert.match(question, /\?$/);
      assert.ok(question.length <= 90, question);
    }
  }
});

test("the same number is the same question in every language", () => {
  const [first, ...others] = LANGUAGES.map(file);
  for (const other of others) {
    assert.equal(other.opening.length, first.opening.length);
    assert.equal(other.deeper.length, first.deeper.length);
  }
});

test("a table begins with the opening of its number, then goes deeper without repeating itself", () => {
  const prompts = file("it");
  assert.equal(promptAt(prompts, 100, 0), prompts.opening[100 % prompts.opening.length]);
  const asked = Array.from({ length: prompts.deeper.length }, (_, i) => promptAt(prompts, 100, i + 1));
  assert.equal(new Set(asked).size, prompts.deeper.length);
  assert.ok(asked.every((question) => prompts.deeper.includes(question)));
});

test("without the file there is no question rather than an error", () => {
  assert.equal(promptAt(null, 7, 0), "");
});
