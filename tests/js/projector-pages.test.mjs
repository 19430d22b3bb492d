import assert from "node:assert/strict";
import { test } from "node:test";
import * as pages from "../../event_server/static/js/projector/pages.js";
import { rich } from "../../event_server/static/js/projector/rich.js";
import { view } from "./control_views.mjs";

const names = Array.from({ length: 43 }, (_, i) => ({ name: `${String.fromCharCode(65 + Math.floor(i / 2))}na ${i}`, table: 1 }));
const page = (now, size = pages.NAMES_WIDE) => pages.namePage(names, { size, since: 1000, now: 1000 + now });

test("43 names are two pages at 16:9 and three at 4:3", () => {
  assert.deepEqual([page(0).pages, page(0, pages.NAMES_NARROW).pages], [2, 3]);
});

test("pages take turns every twelve seconds and lose nobody", () => {
  const shown = [0, 12_000, 24_000].map((now) => page(now));
  assert.deepEqual(shown.map((one) => one.page), [1, 2, 1]);
  assert.deepEqual([...shown[0].names, ...shown[1].names], names);
});

test("a page says which letters it holds and when it changes", () => {
  assert.deepEqual([page(0).letters, page(12_000).letters], ["A–L", "M–V"]);
  assert.deepEqual([page(0).turnsIn, page(3000).turnsIn, page(11_999).turnsIn], [12, 9, 1]);
});

test("everybody's page comes up before the start, if somebody can still read it", () => {
  const shown = (until, now) => pages.namePage(names, { size: 8, since: 0, until, now });
  const seen = Array.from({ length: 48 }, (_, second) => shown(48_000, second * 1000).page);
  assert.deepEqual([...new Set(seen)], [1, 2, 3, 4, 5, 6]);
  assert.equal(shown(48_000, 0).turnsIn, 8);
  assert.equal(shown(10_000, 0).turnsIn, 6);
  assert.equal(shown(undefined, 0).turnsIn, 12);
});

test("accents do not make letters of their own", () => {
  assert.equal(pages.letterRange([{ name: "Èlia Prova" }, { name: "Ezio Finto" }]), "E");
  assert.equal(pages.letterRange([]), "");
});

test("a screen whose clock is a little behind shows the first page", () => {
  assert.deepEqual([page(-50).page, page(-50).turnsIn], [1, 12]);
});

test("the names of a call are all on its pages, with the table or without one", () => {
  const call = view("projector-call");
  const shown = pages.namePage(call.names, { size: pages.NAMES_WIDE, since: 0, now: 0 });
  assert.equal(shown.names.length, call.names.length);
  assert.equal(shown.letters, "A–I");
});

test("a sentence keeps the translator's order around its parts", () => {
  assert.deepEqual(rich("%(word)s, seat B: %(other)s.", { word: 1 }), ["", 1, ", seat B: ", "%(other)s", "."]);
});
