/** The end of the rounds: last choices until contacts are shown; then hands shaken, each to be kept. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { Icon } from "../icons.js";
import { t, tn } from "../i18n.js";
import { Ring } from "../ring.js";
import { Asked } from "./feedback.js";
import { OwnData } from "./help.js";
import { Banner, Person, Primary, TextAction } from "./parts.js";
import { People } from "./people.js";
import { NobodyMet } from "./rest.js";
import { peopleToAnswer } from "./screen.js";
import { Shell } from "./shell.js";

/** With fewer rounds than this, hands across the ring would strike through the number within. */
const LEAST_HANDS = 7;

/** Answers are still open. */
export function WrapUp({ phone }) {
  const people = peopleToAnswer(phone.view.value);
  return html`<${Shell} phone=${phone} top=${Asked(phone)} actions=${html`<${UntilContacts} phone=${phone} />`}>
    ${people.length === 0 && html`<${NobodyMet} />`}
    <${People} phone=${phone} people=${people} title=${t("The people you met")} isOpen />
    ${people.length > 0 && html`<p class="soft">
      ${t("Nobody sees a “no”. When the time is over, your choices stand.")}
    </p>`}
  <//>`;
}

function UntilContacts({ phone }) {
  const { reveals_at } = phone.view.value;
  const left = reveals_at ? Math.max(0, reveals_at - phone.now.value) : 0;
  if (!left) return html`<div class="countdown countdown-due">${t("Contacts appear any moment")}</div>`;
  return html`<div class="countdown">${t("Contacts in")} <time role="timer">${minutesAndSeconds(left)}</time></div>`;
}

/** Contacts where both said yes. */
export function Contacts({ phone }) {
  const { contacts = [], rounds, met_people = 0, me } = phone.view.value;
  const title = contacts.length ? handsShaken(contacts.length) : t("Thank you, %(name)s.", { name: me.first });
  const outOf = t("of %(n)s", { n: met_people });
  const mutual = new Set(contacts.map((contact) => contact.round));
  const beads = Array.from({ length: rounds }, (_, i) => (mutual.has(i + 1) ? "full" : "hollow"));
  const ring = html`<${Ring} className="ring-wrap-up" beads=${beads} isThin sag=${0.06}
    hasHands=${rounds >= LEAST_HANDS}>
    <span class="ring-digits">${contacts.length}</span><span class="ring-label">${outOf}</span>
  <//>`;
  const top = html`${contacts.length > 0 && ring}
    <h1 class="title" tabindex="-1">${title}</h1>
    <p class="hero-text">${closing(contacts.length, me.hidden)}</p>`;
  const all = contacts.length > 0 && html`<${Primary} icon="download" href=${phone.page.contacts}>
    ${tn("Save the contact", "Save the %(n)s contacts", contacts.length)}
  <//>`;
  return html`<${Shell} phone=${phone} ground="hero-speak" top=${top} actions=${all}>
    ${contacts.map((contact) => html`<${Contact} key=${contact.id} contact=${contact} page=${phone.page} />`)}
    ${contacts.length > 0 && html`<${Hiding} phone=${phone} />`}
    <${OwnData} page=${phone.page} />
  <//>`;
}

function Contact({ contact, page }) {
  const about = [contact.headline || contact.organisation, t("round %(round)s", { round: contact.round })];
  return html`<article class="card">
    <${Person} name=${contact.name}>${about.filter(Boolean).join(", ")}<//>
    ${contact.note &&
    html`<${Banner} icon="pen-line"><p><b>${t("Your note.")}</b> <bdi>${contact.note}</bdi></p><//>`}
    <${Ways} contact=${contact} />
    <div class="row row-even">
      <a class="btn btn-filled" href=${`${page.contact}${contact.id}.vcf`}><${Icon} name="user-plus" />${t("Save")}</a>
      ${contact.email &&
      html`<a class="btn" href=${`mailto:${contact.email}`}><${Icon} name="mail" />${t("Write")}</a>`}
    </div>
  </article>`;
}

function Ways({ contact }) {
  const ways = [
    contact.phone && ["phone", `tel:${contact.phone.replaceAll(/[^+\d]/g, "")}`, contact.phone],
    contact.email && ["mail", `mailto:${contact.email}`, contact.email],
    contact.link && ["link", contact.link, contact.link.replace(/^https?:\/\//, "")],
  ].filter(Boolean);
  if (!ways.length) {
    return html`<p class="soft">${t("Shared no address: you know where to find each other.")}</p>`;
  }
  return html`<ul class="ways">
    ${ways.map(([icon, href, words]) => html`<li key=${icon}>
      <a href=${href} rel="noopener noreferrer"><${Icon} name=${icon} /><bdi>${words}</bdi></a>
    </li>`)}
  </ul>`;
}

function Hiding({ phone }) {
  if (phone.pending("hide")) return null;
  return html`<div class="row">
    <${TextAction} className="link-action" onClick=${() => (phone.sheet.value = "hide")}>
      ${t("Hide my contact details")}
    <//>
  </div>`;
}

function closing(count, isHidden) {
  if (isHidden) return t("Your contact details are hidden: from everybody, and theirs from you.");
  if (!count) return t("No choice was mutual tonight. The conversations stay yours.");
  return tn("You both said yes. Now it's yours to tend.", "You said yes to each other. Now it's yours to tend.", count);
}

function handsShaken(n) {
  const words = [
    t("One hand shaken"),
    t("Two hands shaken"),
    t("Three hands shaken"),
    t("Four hands shaken"),
    t("Five hands shaken"),
  ];
  return words[n - 1] ?? tn("%(n)s hand shaken", "%(n)s hands shaken", n);
}
