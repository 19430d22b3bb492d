import assert from "node:assert/strict";
import { test } from "node:test";

let hasBeenTapped = false;
const shaken = [];
globalThis.document = { visibilityState: "visible", addEventListener: () => {} };
Object.defineProperty(globalThis, "navigator", {
  value: {
    vibrate: (pattern) => shaken.push(pattern),
    get userActivation() {
      return { hasBeenActive: hasBeenTapped };
    },
  },
});
const { Cues } = await import("../../event_server/static/js/cues.js");

test("a phone shakes only after its first tap, where browsers allow it, and only if that is wanted", () => {
  const cues = new Cues();
  cues.give("swap");
  assert.equal(shaken.length, 0);
  hasBeenTapped = true;
  cues.give("swap");
  assert.equal(shaken.length, 1);
  cues.set("vibration", false);
  cues.give("swap");
  assert.equal(shaken.length, 1);
});
