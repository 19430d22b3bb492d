/** The organizer's live dashboard. The first views come with the page, so the room shows before any socket opens. */
import { html, render } from "../vendor/preact.js";
import { App } from "./control/app.js";
import { listenForKeys } from "./control/keys.js";
import { openDesk } from "./control/open_desk.js";

const block = (id) => JSON.parse(document.getElementById(id).textContent);

const desk = openDesk({ page: block("page"), control: block("control"), room: block("room") });
render(html`<${App} desk=${desk} />`, document.getElementById("app"));
listenForKeys(desk);
desk.live.start();
