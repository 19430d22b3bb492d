/** Somebody is not at the table: said quietly, in one tap, and taken back in another. */
import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { Banner, TextAction } from "./parts.js";
import { firstName } from "./words.js";

export function Missing({ phone }) {
  const { partners = [], round, met = [] } = phone.view.value;
  if (partners.length === 0) return html`<${Alone} phone=${phone} />`;
  return partners.map((partner) => {
    const known = met.find(({ id, round: its }) => id === partner.id && its === round);
    return html`<${OneMissing} key=${partner.id} phone=${phone} person=${{ ...partner, round, ...known }} />`;
  });
}

export function OneMissing({ phone, person }) {
  const name = firstName(person.name);
  const { isMissing } = phone.answers.about(person);
  const report = (isAway) => () => phone.answers.report(person, isAway);
  const words = isMissing
    ? t("The organizers know that %(name)s is missing.", { name })
    : t("%(name)s is not here", { name });
  if (!isMissing) {
    return html`<div class="row">
      <${TextAction} className="link-action" icon="user-x" onClick=${report(true)}>${words}<//>
    </div>`;
  }
  return html`<${Banner} icon="user-x" tone="warn" role="status">
    <p><b>${words}</b> ${t("Stay here: they look after you.")}</p>
    <${TextAction} className="btn banner-dismiss" onClick=${report(false)}>${t("Here now")}<//>
  <//>`;
}

function Alone({ phone }) {
  const hasAsked = phone.view.value.me.help === "alone" || phone.pending("help")?.kind === "alone";
  const ask = () => phone.send({ type: "AskForHelp", kind: "alone" }, "help");
  return html`<${Banner} icon="user-x" tone="warn">
    <p><b>${t("Nobody else is at this table.")}</b>
      ${" "}${hasAsked ? t("The organizers know. Stay here.") : t("Tell the organizers: they look after you.")}</p>
    ${!hasAsked && html`<${TextAction} className="btn banner-dismiss" onClick=${ask}>${t("Tell them")}<//>`}
  <//>`;
}
