/** The views that the domain makes (tests/staff_views.py), for tests of dashboard and projector. */
import { readFileSync } from "node:fs";

const FOLDER = new URL("../fixtures/views/", import.meta.url);

/** @param {string} name such as "control-talk" */
export function view(name) {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8"));
}
