/** Who is here, in figures; every count has its noun. */
import { html } from "../../vendor/preact.js";
import { t } from "../i18n.js";

export function Counters({ control }) {
  return html`<dl class="counters">
    ${counts(control).map(([name, figure, of]) => html`<${Counter} name=${name} figure=${figure} of=${of} />`)}
  </dl>`;
}

/**
 * @param {object} control the control view
 * @returns {[string, number, number | undefined][]} noun, figure, and of how many
 */
export function counts({ counts: people, answers, phase }) {
  const rows = [
    [t("Here"), people.present, people.listed],
    [t("Phones online"), people.online, people.present],
  ];
  if (phase === "call" || phase === "talk") rows.push([t("At the table"), people.at_table, people.seated]);
  if (answers) rows.push([t("Choices made"), answers.done, answers.possible]);
  if (people.resting) rows.push([t("Resting"), people.resting]);
  if (people.left) rows.push([t("Gone home"), people.left]);
  return rows;
}

function Counter({ name, figure, of }) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${figure}${of !== undefined && html`<span class="soft"> / ${of}</span>`}</dd>
  </div>`;
}
