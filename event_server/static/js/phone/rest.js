/** Not at a table: sitting out a round, a break, a rest of one's own choice, having left. */
import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { EmptyRing, Ring, SitOutRing } from "../ring.js";
import { Ledger } from "./ledger.js";
import { Banner, Primary, TimeLeft, Tip } from "./parts.js";
import { People } from "./people.js";
import { areDoorsOpen, peopleToAnswer } from "./screen.js";
import { Shell } from "./shell.js";
import { remaining } from "./time.js";
import { privacyWords, timeOfDay } from "./words.js";

const LONG_MS = 600_000;
const HOLLOW = Array.from({ length: 20 }, () => "hollow");

/** No table this round: why, and from when on there is one for sure. */
export function SitOut({ phone }) {
  const { sit_out, phase, paused } = phone.view.value;
  const label = paused ? t("Paused") : phase === "call" ? t("the round starts in") : t("you're back in");
  const top = html`<h1 class="title" tabindex="-1">${t("This round you get a breather")}</h1>
    <${SitOutRing}><span class="ring-label">${label}</span><${TimeLeft} phone=${phone} className="ring-digits" /><//>`;
  return html`<${Shell} phone=${phone} ground="hero-rest" top=${top} actions=${html`<${Standby} phone=${phone} />`}>
    ${sit_out && html`<${Reassurance} sitOut=${sit_out} />`}
    <div class="stack">
      <${Tip} icon="coffee" lead=${t("Something to drink")}>${t("Keep the phone with you: it calls you back.")}<//>
      <${Tip} icon="users" lead=${t("A word with the hosts")}>${t("They know who might interest you.")}<//>
    </div>
    <${Ledger} phone=${phone} />
    <${People} phone=${phone} people=${peopleToAnswer(phone.view.value)} title=${t("The people you met")} />
  <//>`;
}

function Reassurance({ sitOut }) {
  const { back_in, present } = sitOut;
  const promise = back_in && t("You're in for round %(round)s.", { round: back_in });
  return html`<${Banner} icon="shield-check" tone="ok"><p>
    ${promise && html`<b>${promise}</b> `}
    ${whyOut(sitOut.reason, present)}
  </p><//>`;
}

function whyOut(reason, present) {
  switch (reason) {
    case "odd":
      return t(
        "There are %(n)s of us: in pairs one stays out, never the same person twice before everybody has.",
        { n: present },
      );
    case "late":
      return t("You came when the tables were set. You are among the first at the next round.");
    case "tables":
      return t("There are more of us than seats. Whoever rests now comes first at the next round.");
    case "no_seat":
      return t("No free seat was right for you this time. You are among the first at the next round.");
    case "nobody":
      return t("You have met everybody who could sit with you in this round.");
    default:
      return t("Something changed at the tables. You are among the first at the next round.");
  }
}

/** Whether a free seat may call this person after all. */
function Standby({ phone }) {
  const isOn = phone.pending("standby")?.on ?? phone.view.value.me.standby ?? true;
  const change = ({ currentTarget }) => phone.send({ type: "SetStandby", on: currentTarget.checked }, "standby");
  return html`<label class="switch">
    <input type="checkbox" role="switch" checked=${isOn} onChange=${change} />
    ${t("If a seat gets free, call me")}
  </label>`;
}

/** A break for all. */
export function Break({ phone }) {
  const view = phone.view.value;
  const left = remaining(view, phone.now.value);
  const until = view.ends_at && t("until %(time)s", { time: timeOfDay(view.ends_at, phone.page) });
  const top = html`<h1 class="title" tabindex="-1">${t("A break for all")}</h1>
    <${Ring} className="ring-sit-out" beads=${HOLLOW} radius=${80} largest=${7.6}>
      <${TimeLeft} phone=${phone} className=${`ring-digits ${left >= LONG_MS ? "ring-digits-long" : ""}`} />
      <span class="ring-label">${view.paused ? t("Paused") : left ? until : t("we go on any moment")}</span>
    <//>`;
  const people = peopleToAnswer(view);
  return html`<${Shell} phone=${phone} ground="hero-rest" top=${top}>
    <${Tip} icon="coffee" lead=${t("Stretch your legs")}>${t("Your phone calls you to the next table.")}<//>
    <${Ledger} phone=${phone} />
    <${People} phone=${phone} people=${people} title=${t("Who would you like to see again?")} isOpen />
    ${people.length > 0 && html`<p class="soft">${privacyWords(view)}</p>`}
  <//>`;
}

/** Resting by choice, or gone: one tap brings back, and what was lived can still be answered. */
export function Away({ phone, hasLeft }) {
  const view = phone.view.value;
  const isSent = phone.pending("status")?.type === "Return";
  const comeBack = () => phone.send({ type: "Return" }, "status");
  const title = hasLeft ? t("Safe home, %(name)s.", { name: view.me.first }) : t("You're resting");
  const words = hasLeft
    ? t("You're out of the next rounds. Changed your mind?")
    : t("No table calls you until you come back.");
  const top = html`<h1 class="title" tabindex="-1">${title}</h1>
    <p class="hero-text">${words}</p>`;
  const actions = areDoorsOpen(view) && html`<${Primary} icon="undo-2" onClick=${comeBack} disabled=${isSent}>
    ${isSent ? t("On its way…") : t("I'm back")}
  <//>`;
  return html`<${Shell} phone=${phone} ground="hero-rest" top=${top} actions=${actions}>
    <${People} phone=${phone} people=${peopleToAnswer(view)} title=${t("Who would you like to see again?")} isOpen />
    <p class="soft">${t("Only mutual choices are shared, and your answers count even if you go.")}</p>
  <//>`;
}

/** Nobody yet, drawn. */
export function NobodyMet() {
  return html`<div class="empty"><${EmptyRing} /><p>${t("The people you meet appear here.")}</p></div>`;
}
