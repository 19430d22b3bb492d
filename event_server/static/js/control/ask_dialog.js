/** Before what cannot be undone: what will happen, in sentences, and two clear buttons. */
import { html } from "../../vendor/preact.js";
import { Icon } from "../icons.js";
import { t, tn } from "../i18n.js";
import { PanelHead } from "./panel_head.js";
import { action } from "./steps.js";

export function AskDialog({ desk, panel, close }) {
  const control = desk.control.value;
  const { type, icon, label } = action(panel.action.type, control);
  const go = () => {
    desk.steer({ type });
    close();
  };
  return html`
    <${PanelHead} title=${QUESTIONS[type]()} close=${close} />
    <ul class="proofs">
      ${consequences(type, control).map((text) => html`<li key=${text}><${Icon} name="info" /><span>${text}</span></li>`)}
    </ul>
    ${desk.allows(type)
      ? html`<button class="btn btn-filled" onClick=${go}><${Icon} name=${icon} />${label}</button>`
      : html`<p class="soft">${t("That is not possible any more: the evening has moved on.")}</p>`}
    <button class="btn" onClick=${close} autofocus>${t("Not now")}</button>`;
}

const QUESTIONS = {
  FinishEvent: () => t("Finish the evening?"),
  RevealContacts: () => t("Show the contacts?"),
  CloseEvent: () => t("Close the event?"),
};

/** @returns {string[]} what will happen, in the order in which people will notice */
export function consequences(type, control) {
  return { FinishEvent: finishing, RevealContacts: revealing, CloseEvent: closing }[type](control);
}

function finishing({ phase, round, rounds }) {
  const left = rounds - round + (phase === "call" ? 1 : 0);
  return [
    ...(phase === "call" ? [t("The call of round %(round)s is taken back.", { round })] : []),
    ...(phase === "talk" ? [t("The talk of round %(round)s ends now, and counts.", { round })] : []),
    ...(left > 0 ? [tn("%(n)s round is not held.", "%(n)s rounds are not held.", left)] : []),
    t("Choices stay open until the contacts are shown; after some minutes that happens by itself."),
    t("This cannot be undone."),
  ];
}

function revealing() {
  return [
    t("Everybody sees now who chose them too, with the contacts both agreed to share."),
    t("Choices can no longer be changed."),
    t("This cannot be undone."),
  ];
}

function closing({ revealed }) {
  return [
    ...(revealed ? [] : [t("The contacts are shown first.")]),
    t("Phones show their contacts and a goodbye; nobody can join or choose any more."),
    t("The results stay here for you."),
    t("This cannot be undone."),
  ];
}
