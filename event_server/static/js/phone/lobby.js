/** Before the first round: not yet open, not yet checked in, and waiting in the room. */
import { html, signal, useEffect } from "../../vendor/preact.js";
import { minutesUntil } from "../format.js";
import { Icon } from "../icons.js";
import { language, t, tn } from "../i18n.js";
import { Ring } from "../ring.js";
import { roomBeads } from "../ring_geometry.js";
import { Ledger } from "./ledger.js";
import { Banner, Code, Primary, Tip } from "./parts.js";
import { Shell } from "./shell.js";
import { timeOfDay } from "./words.js";

/** With fewer people than this, hands across the ring would strike through the time within. */
const LEAST_HANDS = 7;

/** Whether the test was heard once; then the screen says what to do where it was not. */
const isTested = signal(false);

/** Before the doors open. */
export function Draft({ phone }) {
  const { me, doors_at } = phone.view.value;
  const greeting = t("See you soon, %(name)s.", { name: me.first });
  const top = html`<h1 class="title" tabindex="-1">${greeting}</h1>
    <p class="hero-text"><b>${phone.page.title}</b>${doors_at && html`<br />${when(doors_at, phone.page)}`}</p>`;
  const actions = html`<${Primary} icon="pen-line" href=${phone.page.card}>${t("Fill in my card")}<//>`;
  return html`<${Shell} phone=${phone} top=${top} actions=${actions}>
    <${Steps} />
    <div class="card"><${Code} code=${me.code} label=${t("Your code")} /></div>
    <p class="soft">${t("Keep this page: it becomes your evening, table by table.")}</p>
  <//>`;
}

/** The doors are open, this person is not checked in. */
export function CheckInFirst({ phone }) {
  const { me, self_check_in = true, phase } = phone.view.value;
  const isLate = phase !== "lobby";
  const greeting = t("Hello, %(name)s.", { name: me.first });
  const howTo = self_check_in
    ? t("When you arrive, tap “I'm here”.")
    : t("Show this code at the desk: there you check in.");
  const top = html`<h1 class="title" tabindex="-1">${greeting}</h1>
    <p class="hero-text">${howTo}</p>
    ${!self_check_in && html`<div class="code-huge" translate="no">${me.code}</div>`}`;
  const isSent = phone.pending("status")?.type === "CheckIn";
  const checkIn = () => {
    phone.cues.unlock();
    phone.send({ type: "CheckIn" }, "status");
  };
  const actions = self_check_in
    ? html`<${Primary} icon="hand" onClick=${checkIn} disabled=${isSent}>
        ${isSent ? t("On its way…") : t("I'm here")}
      <//>`
    : html`<${CueTest} phone=${phone} />`;
  return html`<${Shell} phone=${phone} top=${top} actions=${actions}>
    ${isLate && html`<${Banner} icon="clock"><p>${t("The evening has begun: you join at the next round.")}</p><//>`}
    <${CueTip} /><${Steps} />${self_check_in && html`<${CodeCard} phone=${phone} />`}
  <//>`;
}

/** Checked in, waiting for the first call. */
export function Lobby({ phone }) {
  const { me, present = 1, expected = present } = phone.view.value;
  // Whoever sees the room for the first time is its newest bead, and stays that bead.
  const place = phone.memory.get("place") ?? present - 1;
  useEffect(() => phone.memory.set("place", place), []);
  const greeting = t("You're in, %(name)s.", { name: me.first });
  const top = html`<h1 class="title" tabindex="-1">${greeting}</h1>
    <${Ring} className="ring-room" beads=${roomBeads({ expected, arrived: present, me: place })}
      hasHands=${expected >= LEAST_HANDS}><${Start} phone=${phone} /><//>
    <p class="hero-text">
      <b>${tn("There is %(n)s of us.", "There are %(n)s of us.", present)}</b> ${t("The yellow dot is you.")}
    </p>`;
  return html`<${Shell} phone=${phone} top=${top} actions=${html`<${CueTest} phone=${phone} />`}>
    <${CueTip} /><${Steps} /><${Ledger} phone=${phone} /><${CodeCard} phone=${phone} />
  <//>`;
}

function Start({ phone }) {
  const { doors_at } = phone.view.value;
  const minutes = doors_at ? minutesUntil(doors_at, phone.now.value) : 0;
  if (!minutes) return html`<span class="ring-label">${t("We start as soon as the host says so")}</span>`;
  return html`<span class="ring-label">${t("We start at")}</span>
    <time class="ring-digits ring-digits-long">${timeOfDay(doors_at, phone.page)}</time>
    ${minutes < 60 && html`<span class="ring-label">${tn("in %(n)s minute", "in %(n)s minutes", minutes)}</span>`}`;
}

function Steps() {
  const steps = [
    ["map-pin", t("Go to the table")],
    ["messages-square", t("Talk and listen")],
    ["heart-handshake", t("Choose who to see again")],
  ];
  return html`<ol class="path">
    ${steps.map(([icon, words]) => html`<li><span class="path-icon"><${Icon} name=${icon} /></span>${words}</li>`)}
  </ol>`;
}

function CodeCard({ phone }) {
  return html`<div class="card"><div class="row">
    <${Code} code=${phone.view.value.me.code} label=${t("Your code")} />
    <a class="btn" href=${phone.page.card}><${Icon} name="pen-line" />${t("My card")}</a>
  </div></div>`;
}

/** Phones give sound only after a tap, so the test is also what allows it. */
function CueTest({ phone }) {
  const test = () => {
    phone.cues.unlock();
    setTimeout(() => phone.cues.give("move"), 60);
    isTested.value = true;
  };
  return html`<${Primary} icon="volume-2" onClick=${test}>${t("Test sound and vibration")}<//>`;
}

function CueTip() {
  return isTested.value && html`<div role="status"><${Tip} icon="volume-2" lead=${t("This is how tables call.")}>
    ${t("Heard nothing? Turn silent mode off and the volume up.")}
  <//></div>`;
}

function when(at, { timezone }) {
  const day = { weekday: "long", day: "numeric", month: "long", timeZone: timezone };
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(language(), { ...day, ...time }).format(at);
}
