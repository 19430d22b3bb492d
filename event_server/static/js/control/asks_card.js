/** What people here look for and nobody here offers: for the host to call out, or to send to all phones. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t, tn } from "../i18n.js";

/** More than these are folded away: what is wanted most is called out first. */
const MOST_OPEN = 6;

export function AsksCard({ desk }) {
  const { asks = [] } = desk.room.value;
  if (!asks.length) return null;
  const rest = asks.slice(MOST_OPEN);
  return html`<section class="card asks-card" aria-labelledby="asks-title">
    <h2 id="asks-title">${t("Asks nobody here can answer")}</h2>
    <${Rows} desk=${desk} asks=${asks.slice(0, MOST_OPEN)} />
    ${rest.length > 0 && html`<details>
      <summary class="link-action">${tn("%(n)s more", "%(n)s more", rest.length)}</summary>
      <${Rows} desk=${desk} asks=${rest} />
    </details>`}
  </section>`;
}

function Rows({ desk, asks }) {
  return html`<ul class="open-asks">${asks.map((ask) => html`<${Row} key=${ask.tag} desk=${desk} ask=${ask} />`)}</ul>`;
}

function Row({ desk, ask }) {
  const call = () => (desk.panel.value = { kind: "message", to: "all", text: askWords(ask) });
  return html`<li>
    <span><b><bdi>${ask.tag}</bdi></b><br /><span class="soft">${tn("%(n)s person", "%(n)s people", ask.people)}</span></span>
    ${desk.allows("PostMessage") && html`<button class="btn btn-small" onClick=${call} aria-haspopup="dialog">
      <${Icon} name="megaphone" />${t("Call it out")}<span class="visually-hidden">: ${ask.tag}</span>
    </button>`}
  </li>`;
}

/** What phones and the big screen will read, unless the host writes it better. */
export function askWords({ tag, people }) {
  return tn(
    "Somebody here looks for “%(tag)s”. Can you help? Tell the hosts.",
    "%(n)s people here look for “%(tag)s”. Can you help? Tell the hosts.",
    people,
    { tag },
  );
}
