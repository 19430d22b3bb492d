/** The projector: what the whole room may read. No controls; a click allows sound. */
import { html, render } from "../vendor/preact.js";
import { openWall } from "./projector/wall.js";
import { Screen } from "./projector/screen.js";

const block = (id) => JSON.parse(document.getElementById(id).textContent);

const wall = openWall({ page: block("page"), view: block("view") });
render(html`<${Screen} wall=${wall} />`, document.getElementById("app"));
wall.start();
