/** All people met so far, still to be answered about; folded away while something else is to be done. */
import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { AnswerList } from "./answer_list.js";
import { eachOnce } from "./answers.js";

/** @param {{phone: object, people: object[], title: string, isOpen?: boolean}} props */
export function People({ phone, people: all, title, isOpen = false }) {
  if (all.length === 0) return null;
  const people = eachOnce(all, (met) => phone.answers.about(met).progress !== "none");
  const cards = html`<${AnswerList} phone=${phone} people=${people} hasRound />`;
  if (isOpen) return html`<h2 class="label">${title}</h2>${cards}`;
  const open = people.filter((met) => phone.answers.about(met).progress === "none").length;
  const count = open ? t("%(n)s without an answer", { n: open }) : people.length;
  return html`<details class="fold">
    <summary>${title} <span class="soft">${count}</span></summary>
    <div class="fold-content">${cards}</div>
  </details>`;
}
