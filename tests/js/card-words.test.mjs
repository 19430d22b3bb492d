import assert from "node:assert/strict";
import { test } from "node:test";
import { isSame, offered, parted, plain, wordsOf } from "../../event_server/static/js/pages/words.js";

const option = (value, dataset = {}) => ({ value, dataset });
const OPTIONS = [
  option("giardinaggio", { theme: "Natura", also: "gardening" }),
  option("orti urbani", { also: "orto urbano,urban gardening" }),
  option("caffè", { theme: "Cibo", also: "coffee" }),
  option("cucina di stagione", { also: "seasonal cooking" }),
];
const WORDS = wordsOf(OPTIONS);

test("words are parted at commas, semicolons and line ends, each kept once as it was first written", () => {
  assert.deepEqual(parted(" Orti ,musica;\n  teatro  di strada, orti,,"), ["Orti", "musica", "teatro di strada"]);
  assert.deepEqual(parted(""), []);
});

test("words are compared without case, accents and punctuation, but C++ is not C", () => {
  assert.equal(plain("  L’Arte  dell'ASCOLTO! "), "l arte dell ascolto");
  assert.ok(isSame("Caffè", "CAFFE"));
  assert.ok(!isSame("C++", "C"));
  assert.ok(!isSame("★", "☆"), "signs without letters are compared as they are");
});

test("the theme stands on the first word of each group", () => {
  assert.deepEqual(WORDS.map(({ theme }) => theme), ["Natura", "Natura", "Cibo", "Cibo"]);
});

test("the beginning of a name comes before a later word, a name before another spelling", () => {
  assert.deepEqual(offered(WORDS, "ur", [], 6), ["orti urbani"]);
  assert.deepEqual(offered(WORDS, "gard", [], 6), ["giardinaggio", "orti urbani"]);
  assert.deepEqual(offered(WORDS, "c", [], 6), ["caffè", "cucina di stagione"]);
  assert.deepEqual(offered(WORDS, "caffe", [], 6), ["caffè"]);
});

test("nothing typed offers nothing, and what is there already is not offered again", () => {
  assert.deepEqual(offered(WORDS, "  ", [], 6), []);
  assert.deepEqual(offered(WORDS, "orti", ["Orti Urbani"], 6), []);
  assert.equal(offered(WORDS, "o", [], 1).length, 1);
});
