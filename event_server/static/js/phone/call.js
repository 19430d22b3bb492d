/** Go to the table: its number, colour, shape and name over half the screen, who waits there, and how long still. */
import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { TableCard, TableStrip, tableIdentity } from "../table.js";
import { Expected, isGroup } from "./mates.js";
import { Person, Primary, TextAction, TimeLeft, Tip } from "./parts.js";
import { Shell } from "./shell.js";
import { remaining } from "./time.js";
import { company, substance } from "./words.js";

export function Call({ phone }) {
  const { table } = phone.view.value;
  const hasArrived = table.arrived || Boolean(phone.pending(arriveKey(phone)));
  return hasArrived ? html`<${AtTable} phone=${phone} />` : html`<${OnTheWay} phone=${phone} />`;
}

function OnTheWay({ phone }) {
  const { table } = phone.view.value;
  const top = html`<${TableCard} table=${table.number} seat=${table.seat}
    title=${table.stay ? t("Stay at table") : t("Go to table")} />`;
  const actions = html`<${Countdown} phone=${phone} />
    <${Primary} icon="hand" onClick=${() => arrive(phone)}>${t("I'm at the table")}<//>
    <${Lost} phone=${phone} />`;
  const ground = `hero-table ${tableIdentity(table.number).className}`;
  return html`<${Shell} phone=${phone} ground=${ground} top=${top} actions=${actions}>
    <${Partners} phone=${phone} />
  <//>`;
}

/** Seated: the card has shrunk to the strip, and the phone may lie on the table. */
function AtTable({ phone }) {
  const { table, partners = [] } = phone.view.value;
  const top = html`<${TableStrip} table=${table.number} seat=${table.seat} company=${company(partners)} />
    <h1 class="title title-snug" tabindex="-1">${t("You're at the table")}</h1>
    <p class="hero-text">${t("Say hello: names first.")}</p>`;
  return html`<${Shell} phone=${phone} top=${top} actions=${html`<${Countdown} phone=${phone} />`}>
    <${Partners} phone=${phone} />
    <${Tip} icon="volume-2" lead=${t("The phone may rest.")}>${t("It tells you when to speak and when to listen.")}<//>
  <//>`;
}

function Partners({ phone }) {
  const { partners = [] } = phone.view.value;
  if (isGroup(partners)) return html`<${Expected} phone=${phone} />`;
  return partners.map(
    (partner) => html`<div class="card" key=${partner.id}>
      <${Person} name=${partner.name} before=${partner.arrived ? t("Already there") : t("You will meet")}>
        ${substance(partner)}
      <//>
    </div>`,
  );
}

function Countdown({ phone }) {
  const view = phone.view.value;
  if (view.paused) return html`<div class="countdown">${t("Paused")} <${TimeLeft} phone=${phone} /></div>`;
  if (!remaining(view, phone.now.value)) {
    return html`<div class="countdown countdown-due">${t("Starting any moment")}</div>`;
  }
  return html`<div class="countdown">${t("Starts in")} <${TimeLeft} phone=${phone} /></div>`;
}

function Lost({ phone }) {
  const hasAsked = phone.view.value.me.help === "lost" || phone.pending("help")?.kind === "lost";
  if (hasAsked) {
    return html`<p class="countdown countdown-due" role="status">${t("Somebody comes to show you the way.")}</p>`;
  }
  const ask = () => phone.send({ type: "AskForHelp", kind: "lost" }, "help");
  return html`<${TextAction} icon="search" onClick=${ask}>${t("I can't find it")}<//>`;
}

function arrive(phone) {
  phone.cues.unlock();
  phone.send({ type: "ArriveAtTable", round: phone.view.value.round }, arriveKey(phone));
}

function arriveKey(phone) {
  return `arrive.${phone.view.value.round}`;
}
