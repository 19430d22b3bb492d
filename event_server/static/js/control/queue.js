/** What needs a look, most urgent first, each with one tap that mends it and one that lets it be. */
import { html, signal } from "../../vendor/preact.js";
import { minutesAndSeconds } from "../format.js";
import { Icon } from "../icons.js";
import { t } from "../i18n.js";
import { attentionItems } from "./attention.js";

/** On a phone, where the room must stay in sight. */
const FEW = 1;
const showsAll = signal(false);

export function Queue({ desk }) {
  const [control, room] = [desk.control.value, desk.room.value];
  const aside = desk.aside.value;
  const items = attentionItems(room.attention ?? [], { control, room }).filter(({ key }) => !aside.has(key));
  return html`
    <div class="section-head">
      <h2>${t("To look at")} <span>${items.length || ""}</span></h2>
      <button class="link-action wide-only" onClick=${() => (desk.panel.value = { kind: "history" })}>
        <${Icon} name="history" />${t("History")}
      </button>
      ${items.length > FEW && html`<${All} count=${items.length} />`}
    </div>
    ${items.map((item, i) => {
      const isFar = i >= FEW && !showsAll.value;
      return html`<${Item} key=${item.key} item=${item} desk=${desk} isFar=${isFar} />`;
    })}
    ${!items.length && html`<p class="card soft calm"><${Icon} name="check" /> ${t("All is well.")}</p>`}
  `;
}

function All({ count }) {
  const words = showsAll.value ? t("Fewer") : t("All %(n)s", { n: count });
  const toggle = () => (showsAll.value = !showsAll.value);
  return html`<button class="link-action narrow-only" aria-expanded=${String(showsAll.value)} onClick=${toggle}>
    ${words}
  </button>`;
}

function Item({ item, desk, isFar }) {
  const { tone, icon, title, text, fix, later, table } = item;
  const open = () => (desk.panel.value = { kind: "table", number: table });
  const tableWords = t("Table %(table)s", { table });
  const isByHand = table > 0 && !fix?.command?.tables;
  return html`<article class=${`attention attention-${tone} ${isFar ? "is-far" : ""}`}>
    <span class="attention-icon"><${Icon} name=${icon} /></span>
    <h3>${title}</h3>
    <${Age} since=${item.since} now=${desk.now} />
    <p>${text}</p>
    <div class="buttons">
      <${Fix} fix=${fix} desk=${desk} item=${item} />
      ${isByHand && html`<button class="btn btn-small" onClick=${open}>${tableWords}</button>`}
      ${later && html`<button class="btn btn-small" onClick=${() => desk.putAside(item.key)}>${later}</button>`}
    </div>
  </article>`;
}

function Fix({ fix, desk }) {
  if (fix?.command && desk.allows(fix.command.type)) {
    return html`<button class="btn btn-small btn-filled" onClick=${() => desk.send(fix.command)}>${fix.label}</button>`;
  }
  const href = fix?.link && desk.page.urls?.[fix.link];
  return href ? html`<a class="btn btn-small" href=${href}>${fix.label}</a>` : null;
}

function Age({ since, now }) {
  return html`<time>${since ? minutesAndSeconds(Math.max(0, now.value - since)) : ""}</time>`;
}
