/** Talking: whose turn it is, the ring of the round, a question, why these people, a note nobody else reads. */
import { html } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { TimerRing } from "../ring.js";
import { beadCount } from "../ring_geometry.js";
import { TableStrip } from "../table.js";
import { Mates, isGroup } from "./mates.js";
import { Missing } from "./missing.js";
import { PrivateNote } from "./note.js";
import { Person, Primary, TextAction } from "./parts.js";
import { promptAt } from "./prompts.js";
import { Shell } from "./shell.js";
import { remaining, talkSpan, turnOf } from "./time.js";
import { Turns } from "./turns.js";
import { company, reason, substance, firstName } from "./words.js";

export function Talk({ phone }) {
  const { table, partners = [] } = phone.view.value;
  const asked = timesAsked(phone);
  const isAlone = partners.length === 0;
  const { who } = turnOf(phone.view.value, phone.now.value);
  const isMine = !isAlone && who === phone.view.value.me.id;
  const top = html`<${TableStrip} table=${table.number} seat=${table.seat} company=${company(partners)} />
    <${Heading} isMine=${isMine} isAlone=${isAlone} isOpen=${!who} isPaused=${Boolean(phone.view.value.paused)} />
    <${RoundRing} phone=${phone} /><${Turns} phone=${phone} />`;
  const actions = html`<${Primary} icon="shuffle" onClick=${() => ask(phone, asked + 1)}>${t("Another question")}<//>`;
  return html`<${Shell} phone=${phone} ground=${isMine ? "hero-speak" : ""} top=${top} actions=${actions}>
    <${Question} phone=${phone} asked=${asked} />
    ${isGroup(partners) ? html`<${Mates} phone=${phone} />` : html`<${Company} phone=${phone} partners=${partners} />`}
    <div class="row">
      <${TextAction} className="link-action" icon="life-buoy" onClick=${() => (phone.sheet.value = "help")}>
        ${t("Report a problem quietly")}
      <//>
    </div>
  <//>`;
}

function Heading({ isMine, isAlone, isOpen, isPaused }) {
  if (isPaused) return html`<h1 class="state" tabindex="-1"><${Icon} name="pause" />${t("Time stands still")}</h1>`;
  if (isAlone) return html`<h1 class="state" tabindex="-1"><${Icon} name="hourglass" />${t("One moment")}</h1>`;
  if (isOpen) return html`<h1 class="state" tabindex="-1"><${Icon} name="users" />${t("Talk to each other")}</h1>`;
  return isMine
    ? html`<h1 class="state" tabindex="-1"><${Icon} name="mic" />${t("Now you speak")}</h1>`
    : html`<h1 class="state" tabindex="-1"><${Icon} name="ear" />${t("Now listen")}</h1>`;
}

function RoundRing({ phone }) {
  const view = phone.view.value;
  const left = remaining(view, phone.now.value) ?? 0;
  const turns = view.turns ?? [];
  const { mine } = turnOf(view, phone.now.value);
  const label = view.paused ? t("Paused") : left ? t("to the end") : t("time's up");
  return html`<${TimerRing} ...${talkSpan(view, phone.now.value)} turnsAt=${turns.map(({ at }) => at)} mine=${mine}
    count=${beadCount(turns.length)} isPaused=${Boolean(view.paused)}
    digits=${minutesAndSeconds(left)} label=${label} />`;
}

/** How often this phone asked for another question in this round. */
function timesAsked(phone) {
  const { round, times } = phone.memory.get("asked") ?? {};
  return round === phone.view.value.round ? times : 0;
}

function ask(phone, times) {
  phone.memory.set("asked", { round: phone.view.value.round, times });
}

/** The same opening for all at the table; further ones are chosen here, without any network. */
function Question({ phone, asked }) {
  const { prompt: number, opening } = phone.view.value;
  const prompt = promptAt(phone.prompts.value, { number, opening, asked });
  return prompt && html`<p class="prompt" aria-live=${asked ? "polite" : "off"}>${prompt}</p>`;
}

/** One or two partners: why them, a note about each, and whether they are here. */
function Company({ phone, partners }) {
  const isOnly = partners.length === 1;
  return html`${partners.map((partner) => html`<${Why} key=${partner.id} partner=${partner} isOnly=${isOnly} />`)}
    ${partners.map((partner) => html`<${PrivateNote} key=${partner.id} phone=${phone} partner=${partner} isOnly=${isOnly} />`)}
    <${Missing} phone=${phone} />`;
}

function Why({ partner, isOnly }) {
  const name = firstName(partner.name);
  const reasons = partner.why ?? [];
  if (!reasons.length) {
    return html`<div class="card"><${Person} name=${partner.name}>${substance(partner)}<//></div>`;
  }
  const lead = isOnly ? t("Why you two.") : t("Why you and %(name)s.", { name });
  return html`<div class="note">
    <${Icon} name="sprout" />
    <p><b>${lead}</b> ${reasons.map((each) => reason(each, name)).join(" ")}</p>
  </div>`;
}
