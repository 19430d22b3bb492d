import assert from "node:assert/strict";
import { test } from "node:test";
import * as format from "../../event_server/static/js/format.js";
import { setCatalog, t, tn } from "../../event_server/static/js/i18n.js";

test("minutes and seconds are rounded up, so that 0:00 means over", () => {
  const cases = [[252_000, "4:12"], [251_001, "4:12"], [1, "0:01"], [0, "0:00"], [-5000, "0:00"], [3_600_000, "1:00:00"]];
  cases.forEach(([ms, text]) => assert.equal(format.minutesAndSeconds(ms), text));
});

test("clock times have 24 hours in every language, in the event's zone", () => {
  const at = Date.UTC(2030, 4, 2, 17, 30);
  assert.equal(format.clockTime(at, { language: "it", timeZone: "Europe/Rome" }), "19:30");
  assert.equal(format.clockTime(at, { language: "en", timeZone: "Europe/Rome" }), "19:30");
  assert.equal(format.clockTime(Date.UTC(2030, 0, 1), { language: "en", timeZone: "UTC" }), "00:00");
});

test("durations for machines, minutes for people", () => {
  assert.equal(format.isoDuration(252_000), "PT4M12S");
  assert.equal(format.minutesUntil(361_000, 1000), 6);
  assert.equal(format.minutesUntil(0, 1000), 0);
});

test("numbers and lists follow the language", () => {
  assert.equal(format.number(12_840, { language: "it" }), "12.840");
  assert.equal(format.number(0.986, { language: "it", style: "percent", minimumFractionDigits: 1 }), "98,6%");
  assert.equal(format.list(["Ada", "Bo", "Cleo"], "it"), "Ada, Bo e Cleo");
});

test("initials are at most two graphemes", () => {
  const cases = [["Cleo Finta", "CF"], ["bo", "B"], ["Ada de la Prova", "AP"], ["  E\u0301lio  Prova ", "E\u0301P"], ["", ""]];
  cases.forEach(([name, letters]) => assert.equal(format.initials(name), letters));
});

test("messages are translated, filled in, and fall back to English", () => {
  setCatalog({ messages: { "Seat %(letter)s": "Posto %(letter)s", Empty: "" } });
  assert.equal(t("Seat %(letter)s", { letter: "B" }), "Posto B");
  assert.equal(t("Not there %(x)s", { x: 1 }), "Not there 1");
  assert.equal(t("Empty"), "Empty");
  assert.equal(t("%(missing)s stays", {}), "%(missing)s stays");
});

test("plural forms come from the server's table", () => {
  // Polish: one; few for 2-4 but not 12-14; many.
  const polish = (n) => (n === 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? 1 : 2);
  const plural_forms = Array.from({ length: 200 }, (_, n) => polish(n));
  setCatalog({ plural_forms, messages: { "%(n)s round": ["%(n)s runda", "%(n)s rundy", "%(n)s rund"] } });
  const rounds = (n) => tn("%(n)s round", "%(n)s rounds", n);
  assert.deepEqual([1, 3, 5, 13, 22, 222, 1013].map(rounds), [
    "1 runda", "3 rundy", "5 rund", "13 rund", "22 rundy", "222 rundy", "1013 rund",
  ]);
  setCatalog({});
  assert.deepEqual([0, 1, 2].map(rounds), ["0 rounds", "1 round", "2 rounds"]);
});
