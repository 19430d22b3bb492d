/** The top bar: where one can go, the time now and at the end, how the line stands, who is at work. */
import { html } from "../../vendor/preact.js";
import { clockTime, initials } from "../format.js";
import { Icon } from "../icons.js";
import { language, t, tn } from "../i18n.js";
import { Mark } from "../ring.js";
import { drift, projectedEnd } from "./clockwork.js";

const RECENT_MS = 30 * 60_000;

export function DeskBar({ desk }) {
  const { urls = {} } = desk.page;
  return html`<header class="deskbar">
    <a class="wordmark" href=${urls.start ?? "/"}><${Mark} /><span>Girotondo</span></a>
    <b class="deskbar-here" aria-hidden="true">${t("Control desk")}</b>
    <nav class="desknav" aria-label=${t("Event")}><${Links} urls=${urls} /></nav>
    <${Line} desk=${desk} />
    <${Clock} desk=${desk} />
    <${Organizers} desk=${desk} />
  </header>`;
}

/** Where one can go: in the bar, and at the end of the page on a phone. */
export function Links({ urls = {} }) {
  const links = [
    [urls.control, "radio", t("Control desk"), true],
    [urls.plan, "table-2", t("Plan")],
    [urls.people, "users", t("People")],
    [urls.results, "heart-handshake", t("Results")],
    [urls.projector, "monitor", t("Screen")],
    [urls.settings, "settings", t("Settings")],
  ];
  return links.filter(([href]) => href).map(Link);
}

function Link([href, icon, words, isHere]) {
  const current = isHere ? "page" : undefined;
  return html`<a key=${href} href=${href} aria-current=${current}><${Icon} name=${icon} />${words}</a>`;
}

/** Quiet while all is well. */
function Line({ desk }) {
  const connection = desk.live.connection.value;
  const waiting = desk.live.outbox.waiting.value;
  if (connection === "live" && !waiting) return html`<span class="visually-hidden">${t("Live")}</span>`;
  const words = {
    connecting: t("Connecting…"),
    live: tn("Sending %(n)s command…", "Sending %(n)s commands…", waiting),
    reconnecting: t("Reconnecting…"),
    polling: t("Slow line: a few seconds late"),
    ended: t("Not connected"),
  };
  const isCalm = connection === "live" || connection === "connecting";
  return html`<span class=${`pill ${isCalm ? "" : "pill-warn"}`} role="status">
    <${Icon} name=${isCalm ? "wifi" : "wifi-off"} />${words[connection]}
  </span>`;
}

function Clock({ desk }) {
  const control = desk.control.value;
  const now = desk.now.value;
  const form = { language: language(), timeZone: desk.page.timezone };
  const end = projectedEnd(control, now);
  const late = drift(control, now);
  return html`<div class="deskclock">
    <b>${clockTime(now, form)}</b> ${end !== null && html`<${End} time=${clockTime(end, form)} late=${late} />`}
    ${late !== null && html`<span class="deskclock-more"><br />${lateness(late)}</span>`}
  </div>`;
}

function End({ time, late }) {
  const [long, short] = [t("ends about %(time)s", { time }), t("ends %(time)s", { time })];
  return html`<span class="deskclock-word">${long}</span>
    <span class="deskclock-short">${short}${late ? ` (${signed(late)})` : ""}</span>`;
}

/** @param {number} minutes after the plan */
export function lateness(minutes) {
  if (!minutes) return t("as planned");
  return minutes > 0
    ? tn("%(n)s minute after the plan", "%(n)s minutes after the plan", minutes)
    : tn("%(n)s minute before the plan", "%(n)s minutes before the plan", -minutes);
}

function signed(minutes) {
  return minutes > 0 ? `+${minutes}` : `−${-minutes}`;
}

/** Who steered lately: the viewer first. */
function Organizers({ desk }) {
  const since = desk.control.value.now - RECENT_MS;
  const others = (desk.control.value.history ?? []).filter(({ at, by }) => by && at >= since).map(({ by }) => by);
  const names = [...new Set([desk.page.organizer, ...others])].filter(Boolean).slice(0, 3);
  return html`<span class="avatars">
    ${names.map((name) => html`<span key=${name} class="avatar avatar-small" title=${name}>${initials(name)}</span>`)}
  </span>`;
}
